import { describe, expect, it } from 'vitest';
import { MeetError } from '../../../src/core/errors.ts';
import { signInvite } from '../../../src/server/tokens.ts';
import { ADMIN_KEY, type Harness, NOON, SECRET, startHarness } from '../harness.ts';

const rows = ({ store }: Harness) => store.audit.find({ limit: 100 });

async function startWithRoom() {
  const harness = await startHarness({}, true);
  const admin = harness.as(ADMIN_KEY);
  const created = await admin('POST', '/api/meetings', { strategy: 'stable', id: '42', prefix: 'room' });
  const key = new URL(created.body.url).hash.slice('#key='.length);
  const { body } = await harness.as(undefined)('POST', '/api/identity', { uid: 'alice', name: 'Alice' });
  return { harness, admin, key, alice: harness.as(body.token), token: body.token as string };
}

describe('an answer leaves a row before it leaves', () => {
  it('of everybody on the way to a token', async () => {
    const { harness, alice, key } = await startWithRoom();
    expect((await alice('POST', '/api/meetings/room-42/authorize', { key })).status).toBe(200);
    expect((await alice('POST', '/api/meetings/room-42/token', { key })).status).toBe(200);
    const person = { uid: 'alice', name: 'Alice', proof: 'claimed', address: '127.0.0.1' };
    expect((await rows(harness)).reverse()).toMatchObject([
      { action: 'create', outcome: 'ok', sessionId: 'room-42', proof: 'admin', detail: 'new, access link' },
      { action: 'identity', outcome: 'ok', sessionId: null, ...person },
      { action: 'authorize', outcome: 'ok', sessionId: 'room-42', role: 'guest', ...person },
      { action: 'token', outcome: 'ok', sessionId: 'room-42', role: 'guest', ...person },
    ]);
  });

  it('but not of reading, by whatever method', async () => {
    const { harness, key, token } = await startWithRoom();
    const before = (await rows(harness)).length;
    const headers = { authorization: `Bearer ${token}`, 'meet-key': key };
    for (const method of ['GET', 'HEAD'] as const) {
      const answer = await harness.app.inject({ method, url: '/api/meetings/room-42', headers });
      expect(answer.statusCode).toBe(200);
    }
    expect(await rows(harness)).toHaveLength(before);
  });

  it('of everything its manager does', async () => {
    const { harness, admin } = await startWithRoom();
    await admin('PATCH', '/api/meetings/room-42', { title: 'Secret plans', extendBy: '1h' });
    await admin('POST', '/api/meetings/room-42/invites', { uid: 'bob', role: 'host' });
    await admin('POST', '/api/meetings/room-42/end');
    await admin('GET', '/api/meetings');
    const { body } = await admin('POST', '/api/admin/code');
    await harness.as(undefined)('POST', '/api/admin/session', { code: body.code });
    const done = (await rows(harness)).reverse().slice(2);
    expect(done).toMatchObject([
      { action: 'patch', outcome: 'ok', sessionId: 'room-42', proof: 'admin', detail: 'title, extendBy' },
      {
        action: 'invite',
        sessionId: 'room-42',
        detail: expect.stringMatching(/^for bob, host, until 2026-/),
      },
      { action: 'end', outcome: 'ok', sessionId: 'room-42', proof: 'admin' },
      { action: 'admin-code', outcome: 'ok', proof: 'admin' },
      { action: 'admin-session', outcome: 'ok' },
    ]);
  });

  it.each([
    [
      'authorize without an identity',
      'POST',
      '/api/meetings/room-42/authorize',
      undefined,
      {},
      'authorize',
      'NO_IDENTITY',
    ],
    [
      'a token for a forged identity',
      'POST',
      '/api/meetings/room-42/token',
      'forged',
      {},
      'token',
      'NO_IDENTITY',
    ],
    ['a token without the key', 'POST', '/api/meetings/room-42/token', 'alice', {}, 'token', 'NOT_ALLOWED'],
    [
      'an unknown meeting',
      'POST',
      '/api/meetings/room-43/authorize',
      'alice',
      {},
      'authorize',
      'MEETING_NOT_FOUND',
    ],
    [
      'a body that is none',
      'POST',
      '/api/meetings/room-42/token',
      'alice',
      { keys: 1 },
      'token',
      'BAD_REQUEST',
    ],
    ['facts without the key', 'GET', '/api/meetings/room-42', undefined, undefined, 'view', 'NOT_ALLOWED'],
    [
      'people without the key',
      'GET',
      '/api/meetings/room-42/people',
      undefined,
      undefined,
      'view',
      'NOT_ALLOWED',
    ],
    [
      'events without the key',
      'GET',
      '/api/meetings/room-42/events',
      'alice',
      undefined,
      'view',
      'NOT_ALLOWED',
    ],
    ['a list for nobody', 'GET', '/api/meetings', undefined, undefined, 'list', 'NOT_ADMIN'],
    ['a wrong admin key', 'POST', '/api/meetings', 'wrong', {}, 'create', 'NOT_ADMIN'],
    ['a change by a guest', 'PATCH', '/api/meetings/room-42', 'alice', {}, 'patch', 'NOT_ADMIN'],
    ['an end by a guest', 'POST', '/api/meetings/room-42/end', 'alice', {}, 'end', 'NOT_ADMIN'],
    ['an invite by a guest', 'POST', '/api/meetings/room-42/invites', 'alice', {}, 'invite', 'NOT_ADMIN'],
    ['a code for a guest', 'POST', '/api/admin/code', 'alice', undefined, 'admin-code', 'NOT_ADMIN'],
    [
      'a guessed code',
      'POST',
      '/api/admin/session',
      undefined,
      { code: 'x' },
      'admin-session',
      'BAD_ADMIN_CODE',
    ],
    ['a dead invite', 'POST', '/api/identity', undefined, { invite: 'x.y.z' }, 'identity', 'NO_IDENTITY'],
    ['a fault for a guest', 'POST', '/api/faults', 'alice', {}, 'fault', 'NOT_ADMIN'],
  ] as const)('also a refusal: %s', async (_, method, url, who, body, action, outcome) => {
    const { harness, token } = await startWithRoom();
    const answer = await harness.as(who === 'alice' ? token : who)(method, url, body);
    expect(answer.body.code).toBe(outcome);
    const [row] = await rows(harness);
    expect(row).toMatchObject({ action, outcome, address: '127.0.0.1', detail: answer.body.error, count: 1 });
  });

  it('names who was refused, and for which meeting', async () => {
    const { harness, alice } = await startWithRoom();
    await alice('POST', '/api/meetings/room-42/token', { key: 'wrong' });
    expect((await rows(harness))[0]).toMatchObject({
      sessionId: 'room-42',
      uid: 'alice',
      name: 'Alice',
      proof: 'claimed',
    });
  });

  it('has a row for another Host and another origin too', async () => {
    const { harness, alice } = await startWithRoom();
    await alice('POST', '/api/meetings/room-42/token', {}, { host: 'evil.example' });
    await alice('POST', '/api/meetings/room-42/token', {}, { origin: 'https://evil.example' });
    expect((await rows(harness)).slice(0, 2)).toMatchObject([
      { outcome: 'BAD_ORIGIN' },
      { outcome: 'BAD_HOST' },
    ]);
  });
});

describe('the rows', () => {
  it('hold no token, key, code or invite, also where somebody puts one into an id', async () => {
    const { harness, admin, alice, key, token } = await startWithRoom();
    const invite = await signInvite({
      secret: SECRET,
      uid: 'bob',
      name: 'Bob',
      role: 'guest',
      sessionId: 'room-42',
      accessVersion: 1,
      now: NOON,
      expiresAt: NOON + 60_000,
    });
    await harness.as(undefined)('POST', '/api/identity', { invite });
    const { body } = await alice('POST', '/api/meetings/room-42/token', { key });
    await alice('POST', `/api/meetings/${invite.slice(0, 190)}/token`, { key });
    await alice('POST', `/api/meetings/room-42%23key=${key}/token`, { key });
    const { body: made } = await admin('POST', '/api/meetings/room-42/invites', { uid: 'bob' });
    const { body: code } = await admin('POST', '/api/admin/code');
    const kept = JSON.stringify(await rows(harness));
    for (const secret of [token, key, body.authToken, invite.slice(0, 60), code.code, new URL(made.url).hash])
      expect(kept).not.toContain(secret);
    expect(kept).not.toContain(ADMIN_KEY);
  });

  it('keep hostile names as data', async () => {
    const { harness } = await startWithRoom();
    const { app } = harness;
    await app.inject({
      method: 'POST',
      url: `/api/meetings/${encodeURIComponent("x');drop table audit;--\u001b[2J\0")}/end`,
      headers: { host: 'localhost:4680', authorization: `Bearer ${ADMIN_KEY}` },
    });
    expect((await rows(harness))[0]).toMatchObject({ sessionId: "x');drop table audit;--\u001b[2J\ufffd" });
  });
});

describe('an audit trail that cannot be written', () => {
  it('lets no token out, while meetings can be read', async () => {
    const { harness, alice, admin, key } = await startWithRoom();
    const fail = () => Promise.reject(new MeetError('STORE_FAILED', 'no disk'));
    Object.assign(harness.store.audit, { add: fail });
    const answer = await alice('POST', '/api/meetings/room-42/token', { key });
    expect(answer.status).toBe(503);
    expect(JSON.stringify(answer.body)).not.toContain('oken"');
    expect((await alice('POST', '/api/meetings/room-42/authorize', { key })).status).toBe(503);
    expect((await admin('GET', '/api/meetings')).status).toBe(200);
    expect((await alice('GET', '/api/meetings/room-42', undefined, { 'meet-key': key })).status).toBe(200);
    const refused = await alice('POST', '/api/meetings/room-42/token', { key: 'wrong' });
    expect(refused).toMatchObject({ status: 403, body: { code: 'NOT_ALLOWED' } });
    expect(harness.failures).toHaveLength(3);
  });
});
