import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { createGrants } from '../../src/server/grants.ts';
import { aMeeting, HOUR, NOW } from '../core/fixtures.ts';
import { ADMIN_KEY, createMeeting, startHarness, temporaryStore } from './harness.ts';

const hashOf = (token: string) => createHash('sha256').update(token).digest('base64url');

describe('in a broadcast', () => {
  it('guests are told that they only watch, and hosts that they host', async () => {
    const harness = await startHarness({}, true);
    const { sessionId } = await createMeeting(harness, { broadcast: true });
    const invited = await harness.as(ADMIN_KEY)('POST', `/api/meetings/${sessionId}/invites`, {
      uid: 'anna',
      role: 'host',
    });
    const invite = new URL(invited.body.url).hash.replace('#invite=', '');
    for (const [who, role] of [
      [{ uid: 'gus', name: 'Gus' }, 'guest'],
      [{ invite }, 'host'],
    ] as const) {
      const { token } = (await harness.as(undefined)('POST', '/api/identity', who)).body;
      const as = harness.as(token);
      const expected = { broadcast: true, role };
      expect((await as('GET', `/api/meetings/${sessionId}`)).body).toMatchObject(expected);
      expect((await as('POST', `/api/meetings/${sessionId}/authorize`, {})).body).toMatchObject({ role });
      expect((await as('POST', `/api/meetings/${sessionId}/token`, {})).body).toMatchObject(expected);
    }
  });

  it.each([
    ['a host', { broadcast: true }, 'host', true],
    ['a guest', { broadcast: true }, 'guest', false],
    ['a guest of an ordinary meeting', {}, 'guest', true],
  ] as const)('%s may send: %o, %s, %s', async (_, change, role, expected) => {
    const store = await temporaryStore();
    const { meeting } = await store.create(() => ({ created: true, meeting: aMeeting(change) }), 'room-42');
    const grants = createGrants({ store, now: () => NOW });
    const identity = { uid: 'anna', name: 'anna', proof: 'claimed' } as const;
    const times = { identityIssuedAt: NOW, identityExpiresAt: NOW + HOUR };
    grants.add({ identityId: 'i1', identity, ...times, key: undefined, meeting, role });
    grants.vouch('token', 'i1');
    expect(await grants.maySend('anna', 'room-42', hashOf('token'))).toBe(expected);
    expect(await grants.maySend('anna', 'ROOM-42', hashOf('token'))).toBe(expected);
  });

  it('whoever was never let in may not send', async () => {
    const store = await temporaryStore();
    await store.create(() => ({ created: true, meeting: aMeeting({ broadcast: true }) }), 'room-42');
    const grants = createGrants({ store, now: () => NOW });
    expect(await grants.maySend('anna', 'room-42', hashOf('token'))).toBe(false);
    expect(await grants.maySend('anna', 'no-meeting-of-ours', hashOf('token'))).toBe(true);
  });
});
