import { describe, expect, it } from 'vitest';
import { MeetError } from '../../src/core/errors.ts';
import { createHostApp } from '../../src/server/host-app.ts';
import { verifyIdentity } from '../../src/server/tokens.ts';
import { ADMIN_KEY, createMeeting, guest, HOUR, NOON, SECRET, startHarness } from './harness.ts';
import { type Issuer, startIssuer } from './issuer.ts';

async function startApp(changes = {}, jwt: Partial<Issuer['options']> = {}, emulated = false) {
  const issuer = await startIssuer(jwt);
  const harness = await startHarness(
    { hostApp: createHostApp({ jwt: issuer.options }), ...changes },
    emulated,
  );
  return { issuer, harness };
}

describe('POST /api/identity with a token of the application', () => {
  it('gives an identity of ours, proven, that ends when the token does', async () => {
    const { issuer, harness } = await startApp();
    const { status, body } = await harness.as(await issuer.sign())('POST', '/api/identity', {});
    expect({ status, body }).toMatchObject({
      status: 200,
      body: { user: { uid: 'alice', name: 'Alice A.' }, expiresAt: '2026-11-20T13:00:00.000Z' },
    });
    expect(await verifyIdentity({ secret: SECRET, token: body.token, now: NOON })).toMatchObject({
      identity: { uid: 'alice', name: 'Alice A.', proof: 'app' },
      // As the token itself counts.
      issuedAt: NOON - 30_000,
      expiresAt: NOON + HOUR,
    });
  });

  it('makes no identity newer than the token; one that says nothing of its age is as old as can be', async () => {
    const { issuer, harness } = await startApp();
    const issuedAt = async (iat: number | undefined) => {
      const { body } = await harness.as(await issuer.sign({ iat }))('POST', '/api/identity', {});
      return (await verifyIdentity({ secret: SECRET, token: body.token, now: NOON })).issuedAt;
    };
    expect(await issuedAt(NOON / 1000 - 3_600)).toBe(NOON - HOUR - 30_000);
    expect(await issuedAt(undefined)).toBe(0);
    expect(await issuedAt(0)).toBe(0);
  });

  it('lasts twelve hours where the token lasts longer, and keeps the role', async () => {
    const { issuer, harness } = await startApp({}, { claims: { uid: 'sub', name: 'name', role: 'role' } });
    const token = await issuer.sign({ exp: NOON / 1000 + 86_400, role: 'host' });
    const { body } = await harness.as(token)('POST', '/api/identity', {});
    const proven = await verifyIdentity({ secret: SECRET, token: body.token, now: NOON });
    expect(proven).toMatchObject({ identity: { role: 'host' }, expiresAt: NOON + 12 * HOUR });
  });

  it.each([
    ['a uid', { uid: 'bob' }],
    ['a name', { name: 'Bob' }],
    ['an invite', { invite: 'x' }],
  ])('takes no %s beside it', async (_, body) => {
    const { issuer, harness } = await startApp();
    const answer = await harness.as(await issuer.sign())('POST', '/api/identity', body);
    expect(answer).toMatchObject({ status: 400, body: { code: 'BAD_REQUEST' } });
  });

  it('takes no bad token for a guest', async () => {
    const { issuer, harness } = await startApp();
    const expired = await issuer.sign({ exp: NOON / 1000 - 60 });
    const answer = await harness.as(expired)('POST', '/api/identity', {});
    expect(answer).toMatchObject({ status: 401, body: { code: 'NO_IDENTITY' } });
    expect(answer.headers['www-authenticate']).toBe('Bearer');
    expect(answer.body.error).toContain('has expired');
  });

  it('leaves a row in the audit trail for each reason that a token is refused for', async () => {
    const { issuer, harness } = await startApp();
    const expired = await issuer.sign({ exp: NOON / 1000 - 60 });
    const foreign = await issuer.sign({ aud: 'https://shop.example.com' });
    for (const token of [expired, foreign, expired]) await harness.as(token)('POST', '/api/identity', {});
    const { body } = await harness.as(ADMIN_KEY)('GET', '/api/audit?outcome=NO_IDENTITY');
    expect(
      body.records.map(({ detail, count }: { detail: string; count: number }) => [detail, count]),
    ).toEqual([
      [expect.stringContaining('its aud is not what is asked for'), 1],
      [expect.stringContaining('it has expired'), 2],
    ]);
  });

  it('does not prolong our own tokens, whoever they are for', async () => {
    const { issuer, harness } = await startApp();
    const { token } = (await harness.as(await issuer.sign())('POST', '/api/identity', {})).body;
    const again = (await harness.as(token)('POST', '/api/identity', { name: 'Mallory' })).body;
    const { identity } = await verifyIdentity({ secret: SECRET, token: again.token, now: NOON });
    expect(identity).toMatchObject({ proof: 'claimed', uid: expect.stringMatching(/^guest-/) });
  });

  it('answers 503 in an outage, and tells the operator, not the visitor, why', async () => {
    const { issuer, harness } = await startApp();
    issuer.fault = (_, response) => void response.destroy();
    const { status, body } = await harness.as(await issuer.sign())('POST', '/api/identity', {});
    expect({ status, code: body.code }).toEqual({ status: 503, code: 'IDENTITY_UNAVAILABLE' });
    expect(JSON.stringify(body)).not.toContain('127.0.0.1');
    expect(harness.failures).toMatchObject([{ code: 'IDENTITY_UNAVAILABLE' }]);
  });
});

describe('the admin key', () => {
  it('is shown to no hook, wherever it is sent', async () => {
    const shown: string[] = [];
    const hostApp = {
      async prove(token: string) {
        shown.push(token);
        throw new MeetError('NO_IDENTITY', 'unknown');
      },
    };
    const harness = await startHarness({ hostApp });
    const { sessionId } = await createMeeting(harness);
    const room = `/api/meetings/${sessionId}`;
    const ask = harness.as(ADMIN_KEY);
    expect((await ask('POST', `${room}/authorize`, {})).body.code).toBe('NO_IDENTITY');
    expect((await ask('POST', `${room}/token`, {})).body.code).toBe('NO_IDENTITY');
    expect((await ask('POST', '/api/identity', { name: 'A' })).status).toBe(200);
    expect((await ask('PATCH', room, { title: 'New' })).status).toBe(200);
    expect(shown).toEqual([]);
    await harness.as('another')('POST', `${room}/authorize`, {});
    expect(shown).toEqual(['another']);
  });
});

describe('a token of the application, as it is', () => {
  it('opens what its bearer is listed for, and gets a token for it', async () => {
    const { issuer, harness } = await startApp({ strict: true }, {}, true);
    const { sessionId } = await createMeeting(harness, { allow: ['alice'] });
    const ask = harness.as(await issuer.sign());
    const room = `/api/meetings/${sessionId}`;
    expect((await ask('GET', room)).body).toMatchObject({ access: 'allow', role: 'guest' });
    expect((await ask('POST', `${room}/authorize`, {})).body).toMatchObject({ ok: true, role: 'guest' });
    const { status, body } = await ask('POST', `${room}/token`, {});
    expect({ status, user: body.user }).toEqual({ status: 200, user: { uid: 'alice', name: 'Alice A.' } });
    const bob = harness.as(await issuer.sign({ sub: 'bob' }));
    expect((await bob('POST', `${room}/token`, {})).body.code).toBe('NOT_ALLOWED');
  });

  it('still gets a call token when it is over by our clock, but not by its own', async () => {
    const { issuer, harness } = await startApp({ strict: true }, {}, true);
    const { sessionId } = await createMeeting(harness, { public: true });
    const token = await issuer.sign();
    harness.clock.now = NOON + HOUR + 10_000;
    expect((await harness.as(token)('POST', `/api/meetings/${sessionId}/token`, {})).status).toBe(200);
  });

  it('opens with the cloud too whatever its uid, since the account is its own', async () => {
    const { issuer, harness } = await startApp({ claimedUids: false });
    const { sessionId } = await createMeeting(harness, { public: true });
    const ask = harness.as(await issuer.sign());
    expect((await ask('POST', `/api/meetings/${sessionId}/authorize`, {})).status).toBe(200);
  });

  it('makes its bearer host where the meeting says so, key or no key, and nowhere else', async () => {
    const { issuer, harness } = await startApp();
    await createMeeting(harness, { strategy: 'team', id: 'ours', hosts: ['alice'] });
    await createMeeting(harness, { strategy: 'team', id: 'theirs' });
    const ask = harness.as(await issuer.sign());
    const { body } = await ask('GET', '/api/meetings/team-ours');
    expect(body).toMatchObject({ role: 'host', url: expect.stringContaining('#key=') });
    expect((await ask('GET', '/api/meetings/team-theirs')).body.code).toBe('NOT_ALLOWED');
    expect((await ask('POST', '/api/meetings/team-ours/end')).status).toBe(200);
  });

  it('means nothing to a server that knows no application', async () => {
    const { issuer } = await startApp();
    const harness = await startHarness();
    const { sessionId } = await createMeeting(harness, { public: true });
    const answer = await harness.as(await issuer.sign())('POST', `/api/meetings/${sessionId}/authorize`, {});
    expect(answer).toMatchObject({ status: 401, body: { code: 'NO_IDENTITY' } });
  });

  it('is no admin key', async () => {
    const { issuer, harness } = await startApp({}, { claims: { uid: 'sub', name: 'name', role: 'role' } });
    const ask = harness.as(await issuer.sign({ role: 'host' }));
    expect((await ask('GET', '/api/meetings')).body.code).toBe('NOT_ADMIN');
    expect((await ask('POST', '/api/admin/code', {})).body.code).toBe('NOT_ADMIN');
  });
});

describe('without guests', () => {
  it('an identity that a guest had before opens nothing any more', async () => {
    const before = await startHarness();
    const token = await guest(before);
    const { issuer, harness } = await startApp({ guests: false });
    const { sessionId } = await createMeeting(harness, { public: true });
    const room = `/api/meetings/${sessionId}/authorize`;
    expect(await harness.as(token)('POST', room, {})).toMatchObject({
      status: 403,
      body: { code: 'GUESTS_OFF' },
    });
    expect((await harness.as(await issuer.sign())('POST', room, {})).status).toBe(200);
  });

  it('an invite opens its own meeting and no other', async () => {
    const harness = await startHarness({ guests: false });
    const own = await createMeeting(harness, { public: true });
    const other = await createMeeting(harness, { public: true });
    const { url } = (
      await harness.as(ADMIN_KEY)('POST', `/api/meetings/${own.sessionId}/invites`, { uid: 'bob' })
    ).body;
    const invite = url.split('#invite=')[1];
    const { token } = (await harness.as(undefined)('POST', '/api/identity', { invite })).body;
    const ask = harness.as(token);
    expect((await ask('POST', `/api/meetings/${own.sessionId}/authorize`, {})).status).toBe(200);
    expect((await ask('POST', `/api/meetings/${other.sessionId}/authorize`, {})).body.code).toBe(
      'GUESTS_OFF',
    );
  });
});
