import { describe, expect, it } from 'vitest';
import { signIdentity, signInvite, verifyIdentity } from '../../src/server/tokens.ts';
import { createMeeting, HOUR, NOON, SECRET, startHarness } from './harness.ts';

const MINUTE = 60_000;

function invite(expiresAt = NOON + HOUR, now = NOON) {
  return signInvite({
    secret: SECRET,
    uid: 'alice',
    name: 'Alice',
    role: 'host',
    sessionId: 'team-x',
    accessVersion: 3,
    expiresAt,
    now,
  });
}

/** A server with the cloud, and an identity that an emulator with its secret made. */
async function claimedElsewhere(uid: string) {
  const harness = await startHarness({ claimedUids: false });
  const { sessionId } = await createMeeting(harness, { public: true });
  const identity = { uid, name: uid, proof: 'claimed' } as const;
  const token = await signIdentity({ secret: SECRET, identity, expiresAt: NOON + MINUTE, now: NOON });
  return { as: harness.as, put: { sessionId, token } };
}

describe('POST /api/identity', () => {
  it('takes a claimed uid and a trimmed name', async () => {
    const { as } = await startHarness();
    const { status, body } = await as(undefined)('POST', '/api/identity', {
      uid: 'alice',
      name: '  Alice A. ',
    });
    expect({ status, body }).toMatchObject({
      status: 200,
      body: { user: { uid: 'alice', name: 'Alice A.' }, expiresAt: '2026-11-21T00:00:00.000Z' },
    });
    const proven = await verifyIdentity({ secret: SECRET, token: body.token, now: NOON });
    expect(proven.identity).toEqual({ uid: 'alice', name: 'Alice A.', proof: 'claimed' });
  });

  it('names who gives no name after the uid', async () => {
    const { as } = await startHarness();
    expect((await as(undefined)('POST', '/api/identity', { uid: 'bob' })).body.user).toEqual({
      uid: 'bob',
      name: 'bob',
    });
  });

  it('makes the uid itself where claimed ones are somebody’s accounts', async () => {
    const { as } = await startHarness({ claimedUids: false });
    const { body } = await as(undefined)('POST', '/api/identity', { name: 'Alice' });
    expect(body.user).toEqual({ uid: expect.stringMatching(/^guest-[a-z0-9]{21}$/), name: 'Alice' });
  });

  it('refuses a claimed uid there, with the fix', async () => {
    const { as } = await startHarness({ claimedUids: false });
    const { status, body } = await as(undefined)('POST', '/api/identity', { uid: 'alice' });
    expect({ status, code: body.code }).toEqual({ status: 400, code: 'BAD_REQUEST' });
    expect(body.error).toContain('send a name only');
  });

  it('opens nothing there to a uid that was claimed at an emulator with the same secret', async () => {
    const { as, put } = await claimedElsewhere('ceo');
    expect(await as(put.token)('POST', `/api/meetings/${put.sessionId}/token`, {})).toMatchObject({
      status: 401,
      body: { code: 'NO_IDENTITY' },
    });
    const own = await claimedElsewhere('guest-abcdefghijklmnopqrstu');
    const path = `/api/meetings/${own.put.sessionId}/authorize`;
    expect((await own.as(own.put.token)('POST', path, {})).status).toBe(200);
  });

  it('answers 403 to guests when they are switched off, and still takes invites', async () => {
    const { as } = await startHarness({ guests: false });
    expect(await as(undefined)('POST', '/api/identity', { name: 'Alice' })).toMatchObject({
      status: 403,
      body: { code: 'GUESTS_OFF' },
    });
    expect((await as(undefined)('POST', '/api/identity', { invite: await invite() })).status).toBe(200);
  });

  it('turns an invite into the identity of whom it names, until it ends', async () => {
    const { as } = await startHarness();
    const { body } = await as(undefined)('POST', '/api/identity', { invite: await invite() });
    expect(body).toMatchObject({
      user: { uid: 'alice', name: 'Alice' },
      expiresAt: '2026-11-20T13:00:00.000Z',
    });
    expect((await verifyIdentity({ secret: SECRET, token: body.token, now: NOON })).identity).toEqual({
      uid: 'alice',
      name: 'Alice',
      proof: 'invite',
      invite: { sessionId: 'team-x', role: 'host', accessVersion: 3 },
    });
  });

  it('makes an identity as old as its invite, and none of the future', async () => {
    const harness = await startHarness();
    const token = await invite(NOON + HOUR, NOON - 5_000);
    const issuedAt = async () => {
      const { body } = await harness.as(undefined)('POST', '/api/identity', { invite: token });
      return (await verifyIdentity({ secret: SECRET, token: body.token, now: NOON })).issuedAt;
    };
    expect(await issuedAt()).toBe(NOON - 5_000);
    // By another server's clock.
    harness.clock.now = NOON - 9_000;
    expect(await issuedAt()).toBe(NOON - 9_000);
  });

  it.each([
    ['an expired invite', () => invite(NOON - 1000, NOON - HOUR)],
    ['an invite of another server', async () => `${(await invite()).slice(0, -3)}AAA`],
    ['no token at all', async () => 'alice'],
    [
      'an identity instead of an invite',
      () =>
        signIdentity({
          secret: SECRET,
          identity: { uid: 'a', name: 'A', proof: 'claimed' },
          expiresAt: NOON + MINUTE,
          now: NOON,
        }),
    ],
  ])('answers 401 to %s', async (_, make) => {
    const { as } = await startHarness();
    expect(await as(undefined)('POST', '/api/identity', { invite: await make() })).toMatchObject({
      status: 401,
      body: { code: 'NO_IDENTITY' },
    });
  });

  it.each([
    ['a uid with a slash', { uid: 'a/b' }],
    ['a uid that starts with a dash', { uid: '-a' }],
    ['a uid that starts with an underscore', { uid: '_a' }],
    ['a uid of 101 characters', { uid: 'a'.repeat(101) }],
    ['an empty uid', { uid: '' }],
    ['a number for a uid', { uid: 7 }],
    ['an empty name', { name: '' }],
    ['a name of blanks', { name: '   ' }],
    ['a name of 101 characters', { name: 'ä'.repeat(101) }],
    ['a name with a line break', { name: 'Alice\nadmin' }],
    ['a name that reads backwards', { name: 'Alice\u202eecila' }],
    ['a name beside an invite', { name: 'A', invite: 'x' }],
    ['an unknown field', { uid: 'alice', role: 'host' }],
    ['a list', []],
    ['no body', undefined],
  ])('answers 400 to %s', async (_, body) => {
    const { as } = await startHarness();
    expect(await as(undefined)('POST', '/api/identity', body)).toMatchObject({
      status: 400,
      body: { code: 'BAD_REQUEST', error: expect.any(String) },
    });
  });

  it('takes a name of 100 characters beyond the basic plane', async () => {
    const { as } = await startHarness();
    expect((await as(undefined)('POST', '/api/identity', { name: '🦊'.repeat(100) })).status).toBe(200);
  });
});
