import { describeAnswer, textAt } from '../doors/api.ts';
import { checkCloudDoors } from '../doors/cloud-doors.ts';
import { checkDenial, denialOf, listDenials } from '../doors/denials.ts';
import { smokeFailure } from '../phase.ts';
import { type House, type Scene, SECOND } from '../scene.ts';
import { reachInstant } from '../signals.ts';

/** Everybody who must not come in knocks, at every door. */
export function checkShutDoors({ options, runner }: Scene, house: House): Promise<void> {
  const { api, meetings, visitors } = house;
  return runner.run({
    name: 'denials',
    limitMs: 10 * SECOND,
    async work(signal) {
      const denials = listDenials(meetings, visitors);
      const [doors] = await Promise.all([
        options.backend === 'emulator'
          ? checkCloudDoors({ api, meetings, alice: visitors.alice, signal })
          : 0,
        ...denials.map(denied => checkDenial(api, denied)),
      ]);
      const knocks = denials.length + doors;
      return { value: undefined, detail: `${knocks} of ${knocks} refused, no token issued` };
    },
    explain: async () => 'the server did not answer somebody who must not come in',
  });
}

/** The meeting that has expired since it was made lets nobody in either. */
export function checkExpiry({ options, runner }: Scene, { api, meetings, visitors }: House): Promise<void> {
  return runner.run({
    name: 'expiry',
    limitMs: 10 * SECOND,
    async work() {
      const { expiring } = meetings;
      await reachInstant(expiring.expiresAt, options.now);
      await checkDenial(
        api,
        denialOf('an expired meeting', expiring, visitors.alice, 410, 'MEETING_EXPIRED'),
      );
      return { value: undefined, detail: 'an expired meeting is shut' };
    },
    explain: async () => 'the server did not answer somebody who came too late',
  });
}

/** Somebody who may come in is given a token. */
export function checkOpenDoor({ runner }: Scene, { api, meetings, visitors }: House): Promise<void> {
  return runner.run({
    name: 'token',
    limitMs: 10 * SECOND,
    async work() {
      const at = (door: string) =>
        api(`/api/meetings/${meetings.main.sessionId}/${door}`, { bearer: visitors.alice });
      const authorized = await at('authorize');
      if (authorized.status !== 200)
        throw smokeFailure(`somebody who may join was refused: ${describeAnswer(authorized)}`);
      const answer = await at('token');
      const kind = ['authToken', 'callToken'].find(name => textAt(answer, name));
      if (!kind) throw smokeFailure(`somebody who may join got no token: ${describeAnswer(answer)}`);
      return { value: undefined, detail: kind === 'authToken' ? 'an auth token' : 'a call token' };
    },
    explain: async () => 'the server did not answer somebody who may join',
  });
}
