import { describeAnswer, textAt } from '../../doors/api.ts';
import { smokeFailure } from '../../phase.ts';
import { houseOf, openMeeting } from '../house-rules.ts';
import { meetInPairs, type Pair } from '../pair.ts';
import type { Stage } from '../scenario.ts';

/** A fault of the emulator, from and until when it is on (milliseconds since the epoch); until is NaN where it has no end. */
export interface Fault {
  readonly id: string;
  readonly from: number;
  readonly until: number;
}

/** Two in a meeting in which things are made to go wrong. */
export interface Trouble extends Pair {
  /** For alice, in this meeting, for the scenario's time at most; `fault` as for `POST /api/faults`. */
  add(fault: object): Promise<Fault>;
  /** Takes it back, or finds it over; gives when that was asked for, in milliseconds since the epoch. */
  end(fault: Fault): Promise<number>;
}

export async function openTrouble(stage: Stage): Promise<Trouble> {
  const { api, server } = houseOf(stage);
  const { session } = await openMeeting(stage);
  const bearer = server.adminKey;
  const end = async ({ id }: Pick<Fault, 'id'>) => {
    // What waited for it may arrive before the answer does.
    const asked = stage.scene.options.now();
    const { status } = await api(`/api/faults/${id}`, { method: 'DELETE', bearer });
    if (status !== 200 && status !== 404) throw smokeFailure(`a fault could not be taken back: ${status}`);
    return asked;
  };
  return {
    ...(await meetInPairs(stage, { session })),
    async add(fault) {
      const body = { sessionId: session.id, uid: 'alice', ...fault };
      const answer = await api('/api/faults', { bearer, body });
      if (answer.status !== 201) throw smokeFailure(`the fault was not made: ${describeAnswer(answer)}`);
      const [id = '', from = '', until = ''] = ['id', 'createdAt', 'until'].map(key => textAt(answer, key));
      stage.scene.undo(() => end({ id }));
      return { id, from: Date.parse(from), until: Date.parse(until) };
    },
    end,
  };
}
