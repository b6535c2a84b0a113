import { smokeFailure } from '../phase.ts';
import { type Api, describeAnswer, textAt } from './api.ts';

/** What goes wrong on purpose in one session of the emulator's. */
export interface Faults {
  /** `fault` as for `POST /api/faults`. */
  add(fault: object): Promise<Fault>;
}

export interface Fault {
  /** Takes it back. One that is over by itself is no failure. */
  end(): Promise<void>;
}

/** Rejects with SMOKE_FAILED where the server does not do it. */
export function createFaults(api: Api, adminKey: string, sessionId: string): Faults {
  return {
    async add(fault) {
      const answer = await api('/api/faults', { bearer: adminKey, body: { sessionId, ...fault } });
      const id = textAt(answer, 'id');
      if (answer.status !== 201 || !id)
        throw smokeFailure(`a fault could not be added: ${describeAnswer(answer)}`);
      return { end: () => remove(api, adminKey, id) };
    },
  };
}

async function remove(api: Api, adminKey: string, id: string): Promise<void> {
  const answer = await api(`/api/faults/${id}`, { method: 'DELETE', bearer: adminKey });
  if (answer.status !== 200 && answer.status !== 404)
    throw smokeFailure(`a fault could not be taken back: ${describeAnswer(answer)}`);
}
