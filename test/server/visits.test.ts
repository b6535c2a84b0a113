import { describe, expect, it } from 'vitest';
import { signIdentity, signInvite } from '../../src/server/tokens.ts';
import {
  ADMIN_KEY,
  createMeeting,
  guest,
  type Harness,
  HOUR,
  NOON,
  SECRET,
  startHarness,
} from './harness.ts';

const POSTS = ['authorize', 'token'] as const;
const NOBODY = '00000000-0000-4000-8000-000000000000';

const keyOf = (url: string) => new URLSearchParams(new URL(url).hash.slice(1)).get('key') ?? undefined;

describe.each(POSTS)('POST /api/meetings/:id/%s', action => {
  it('admits who has an identity and the id that nobody can guess', async () => {
    const harness = await startHarness({}, true);
    const { sessionId } = await createMeeting(harness);
    const answer = await harness.as(await guest(harness))('POST', `/api/meetings/${sessionId}/${action}`, {});
    expect(answer.status).toBe(200);
  });

  it('takes no body at all', async () => {
    const harness = await startHarness({}, true);
    const { sessionId } = await createMeeting(harness);
    const answer = await harness.as(await guest(harness))('POST', `/api/meetings/${sessionId}/${action}`);
    expect(answer.status).toBe(200);
  });

  it('takes an empty body of a named type for none', async () => {
    const harness = await startHarness({}, true);
    const { sessionId } = await createMeeting(harness);
    const call = harness.as(await guest(harness));
    const type = { 'content-type': 'application/json' };
    expect((await call('POST', `/api/meetings/${sessionId}/${action}`, '', type)).status).toBe(200);
  });

  it('takes the key of the link in the body or in the header', async () => {
    const harness = await startHarness({}, true);
    const { sessionId, url } = await createMeeting(harness, { strategy: 'team', id: 'core' });
    const call = harness.as(await guest(harness));
    const key = keyOf(url);
    const path = `/api/meetings/${sessionId}/${action}`;
    expect((await call('POST', path, { key })).status).toBe(200);
    expect((await call('POST', path, {}, { 'meet-key': key })).status).toBe(200);
  });

  it.each([{}, { key: 'wrong' }])('answers 403 to a guessed id with %j', async body => {
    const harness = await startHarness();
    await createMeeting(harness, { strategy: 'team', id: 'core' });
    const call = harness.as(await guest(harness));
    expect(await call('POST', `/api/meetings/team-core/${action}`, body)).toMatchObject({
      status: 403,
      body: { code: 'NOT_ALLOWED' },
    });
  });

  it.each([
    ['no identity', async () => undefined],
    ['a forged one', async () => 'eyJhbGciOiJub25lIn0.eyJ1aWQiOiJhbGljZSJ9.'],
    ['the admin key', async () => ADMIN_KEY],
    [
      'an expired one',
      () =>
        signIdentity({
          secret: SECRET,
          identity: { uid: 'a', name: 'A', proof: 'claimed' },
          expiresAt: NOON - 1000,
          now: NOON - HOUR,
        }),
    ],
    [
      'one of another server',
      () =>
        signIdentity({
          secret: 'another secret of another server',
          identity: { uid: 'a', name: 'A', proof: 'app' },
          expiresAt: NOON + HOUR,
          now: NOON,
        }),
    ],
    [
      'an invite',
      () =>
        signInvite({
          secret: SECRET,
          uid: 'a',
          name: 'A',
          role: 'host',
          sessionId: 'team-core',
          accessVersion: 1,
          expiresAt: NOON + HOUR,
          now: NOON,
        }),
    ],
  ])('answers 401 to %s', async (_, make) => {
    const harness = await startHarness();
    const { sessionId } = await createMeeting(harness);
    const answer = await harness.as(await make())('POST', `/api/meetings/${sessionId}/${action}`, {});
    expect(answer).toMatchObject({ status: 401, body: { code: 'NO_IDENTITY' } });
    expect(answer.headers['www-authenticate']).toBe('Bearer');
  });

  it.each([NOBODY, 'TEAM-CORE', 'a'.repeat(150), '%2e%2e%2fadmin', 'null'])('answers 404 to %s', async id => {
    const harness = await startHarness();
    expect(await harness.as(await guest(harness))('POST', `/api/meetings/${id}/${action}`, {})).toMatchObject(
      {
        status: 404,
        body: { code: 'MEETING_NOT_FOUND' },
      },
    );
  });

  it('answers 410 once the meeting has expired', async () => {
    const harness = await startHarness();
    const { sessionId } = await createMeeting(harness, { expiresIn: '1h' });
    const call = harness.as(await guest(harness));
    harness.clock.now += HOUR;
    expect(await call('POST', `/api/meetings/${sessionId}/${action}`, {})).toMatchObject({
      status: 410,
      body: { code: 'MEETING_EXPIRED' },
    });
  });

  it('answers 410 once the meeting was ended', async () => {
    const harness = await startHarness();
    const { sessionId } = await createMeeting(harness);
    const call = harness.as(await guest(harness));
    await harness.as(ADMIN_KEY)('POST', `/api/meetings/${sessionId}/end`);
    expect(await call('POST', `/api/meetings/${sessionId}/${action}`, {})).toMatchObject({
      status: 410,
      body: { code: 'MEETING_ENDED' },
    });
  });

  it('answers 425 until ten minutes before the start, and says when', async () => {
    const harness = await startHarness({}, true);
    const { sessionId } = await createMeeting(harness, { startsAt: '2026-11-20T13:00Z' });
    const call = harness.as(await guest(harness));
    const path = `/api/meetings/${sessionId}/${action}`;
    expect(await call('POST', path, {})).toMatchObject({
      status: 425,
      body: {
        code: 'MEETING_NOT_STARTED',
        detail: { startsAt: '2026-11-20T13:00:00.000Z', opensAt: '2026-11-20T12:50:00.000Z' },
      },
    });
    harness.clock.now += 50 * 60_000;
    expect((await call('POST', path, {})).status).toBe(200);
  });

  it('answers 403 to a guest who only claims a listed uid', async () => {
    const harness = await startHarness();
    const { sessionId } = await createMeeting(harness, { allow: ['alice'] });
    expect(
      await harness.as(await guest(harness))('POST', `/api/meetings/${sessionId}/${action}`, {}),
    ).toMatchObject({
      status: 403,
      body: { code: 'NOT_ALLOWED' },
    });
  });

  it.each([
    ['an unknown field', { keys: 'x' }],
    ['a number', { key: 1 }],
  ])('answers 400 to %s', async (_, body) => {
    const harness = await startHarness();
    const { sessionId } = await createMeeting(harness);
    expect(
      await harness.as(await guest(harness))('POST', `/api/meetings/${sessionId}/${action}`, body),
    ).toMatchObject({
      status: 400,
      body: { code: 'BAD_REQUEST' },
    });
  });
});

describe('POST /api/meetings/:id/authorize', () => {
  it('says as whom and until when', async () => {
    const harness = await startHarness();
    const { sessionId } = await createMeeting(harness, { expiresIn: '2h' });
    const { body } = await harness.as(await guest(harness))(
      'POST',
      `/api/meetings/${sessionId}/authorize`,
      {},
    );
    expect(body).toEqual({ ok: true, role: 'guest', expiresAt: '2026-11-20T14:00:00.000Z' });
  });
});

describe('GET /api/meetings/:id', () => {
  it('tells a visitor with the key what there is to know, and no more', async () => {
    const harness = await startHarness();
    const { url } = await createMeeting(harness, { strategy: 'team', id: 'core', expiresIn: '2h' });
    const headers = { 'meet-key': keyOf(url) };
    const { status, body } = await harness.as(undefined)(
      'GET',
      '/api/meetings/team-core',
      undefined,
      headers,
    );
    expect({ status, body }).toEqual({
      status: 200,
      body: {
        sessionId: 'team-core',
        title: 'Team core',
        access: 'link',
        keyed: true,
        startsAt: null,
        expiresAt: '2026-11-20T14:00:00.000Z',
        hours: null,
        zone: null,
        broadcast: false,
        role: 'guest',
        opensAt: null,
        serverTime: '2026-11-20T12:00:00.000Z',
      },
    });
  });

  it('answers 403 without the key', async () => {
    const harness = await startHarness();
    await createMeeting(harness, { strategy: 'team', id: 'core' });
    expect((await harness.as(undefined)('GET', '/api/meetings/team-core')).status).toBe(403);
  });

  it('shows a public meeting to anyone, before its start too', async () => {
    const harness = await startHarness();
    await createMeeting(harness, {
      strategy: 'team',
      id: 'core',
      public: true,
      startsAt: '2026-11-21T12:00Z',
    });
    const { status, body } = await harness.as(undefined)('GET', '/api/meetings/team-core');
    expect({ status, startsAt: body.startsAt }).toEqual({
      status: 200,
      startsAt: '2026-11-21T12:00:00.000Z',
    });
  });

  it('shows a listed meeting to whom it invites', async () => {
    const harness = await startHarness();
    const { sessionId } = await createMeeting(harness, { allow: ['alice'] });
    const { body } = await harness.as(ADMIN_KEY)('POST', `/api/meetings/${sessionId}/invites`, {
      uid: 'alice',
    });
    const invite = body.url.split('#invite=')[1];
    const { token } = (await harness.as(undefined)('POST', '/api/identity', { invite })).body;
    const path = `/api/meetings/${sessionId}`;
    expect((await harness.as(token)('GET', path)).status).toBe(200);
    expect((await harness.as(undefined)('GET', path)).status).toBe(403);
  });

  it('hands the whole link to hosts and the admin, and to nobody else', async () => {
    const harness = await startHarness();
    const { url } = await createMeeting(harness, { strategy: 'team', id: 'core' });
    const ask = async (token: string | undefined, key?: string) =>
      (await harness.as(token)('GET', '/api/meetings/team-core', undefined, key ? { 'meet-key': key } : {}))
        .body;
    const invited = async (role: string) => {
      const path = '/api/meetings/team-core/invites';
      const { body } = await harness.as(ADMIN_KEY)('POST', path, { uid: 'alice', role });
      const invite = body.url.split('#invite=')[1];
      return (await harness.as(undefined)('POST', '/api/identity', { invite })).body.token;
    };
    expect(await ask(await invited('host'))).toMatchObject({ url, keyed: true });
    expect(await ask(ADMIN_KEY)).toMatchObject({ url, keyed: true });
    for (const facts of [await ask(await invited('guest')), await ask(undefined, keyOf(url))])
      expect(facts).not.toHaveProperty('url');
  });

  it.each([
    [{}, false],
    [{ strategy: 'team', id: 'core' }, true],
    [{ strategy: 'team', id: 'core', public: true }, false],
  ])('tells whether the link of %j carries a key', async (meeting, keyed) => {
    const harness = await startHarness();
    const { sessionId, url } = await createMeeting(harness, meeting);
    const key = keyOf(url);
    const headers = key ? { 'meet-key': key } : {};
    const { body } = await harness.as(undefined)('GET', `/api/meetings/${sessionId}`, undefined, headers);
    expect(body.keyed).toBe(keyed);
  });

  it.each([
    ['unknown', 404],
    ['ended', 410],
    ['expired', 410],
  ])('answers an %s meeting with %i', async (state, status) => {
    const harness = await startHarness();
    const { sessionId } = await createMeeting(harness, { expiresIn: '1h' });
    if (state === 'ended') await harness.as(ADMIN_KEY)('POST', `/api/meetings/${sessionId}/end`);
    if (state === 'expired') harness.clock.now += HOUR;
    const id = state === 'unknown' ? NOBODY : sessionId;
    expect((await harness.as(undefined)('GET', `/api/meetings/${id}`)).status).toBe(status);
  });

  it('answers 401 to a bad identity, rather than to treat it as none', async () => {
    const harness = await startHarness();
    const { sessionId } = await createMeeting(harness);
    expect((await harness.as('forged')('GET', `/api/meetings/${sessionId}`)).status).toBe(401);
  });
});

describe('GET /api/meetings/:id/people', () => {
  const inCall = { presence: () => [{ uid: 'alice-uid', name: 'Alice' }] };
  const pathOf = (sessionId: string) => `/api/meetings/${sessionId}/people`;

  it('tells the names, and only those, of who is in the call', async () => {
    const asked: string[] = [];
    const presence = (sessionId: string) => {
      asked.push(sessionId);
      return inCall.presence();
    };
    const harness = await startHarness({ presence });
    const { sessionId } = await createMeeting(harness);
    const { status, body } = await harness.as(undefined)('GET', pathOf(sessionId));
    expect({ status, body, asked }).toEqual({
      status: 200,
      body: { people: [{ name: 'Alice' }] },
      asked: [sessionId],
    });
  });

  it('tells the uids, which kick and revoke go by, to who manages the meeting and to nobody else', async () => {
    const harness = await startHarness(inCall);
    const { sessionId } = await createMeeting(harness, { hosts: ['hanna'] });
    const peopleFor = async (token: string) =>
      (await harness.as(token)('GET', pathOf(sessionId))).body.people;
    const whole = [{ name: 'Alice', uid: 'alice-uid' }];
    expect(await peopleFor(ADMIN_KEY)).toEqual(whole);
    const invitedAs = (uid: string, role: 'host' | 'guest') =>
      harness.as(ADMIN_KEY)('POST', `/api/meetings/${sessionId}/invites`, { uid, role });
    for (const [uid, role, expected] of [
      ['hanna', 'host', whole],
      ['gina', 'guest', [{ name: 'Alice' }]],
    ] as const) {
      const invite = new URL((await invitedAs(uid, role)).body.url).hash.replace('#invite=', '');
      const { token } = (await harness.as(undefined)('POST', '/api/identity', { invite })).body;
      expect(await peopleFor(token)).toEqual(expected);
    }
    expect(await peopleFor(await guest(harness))).toEqual([{ name: 'Alice' }]);
  });

  it('answers null where nobody knows, as with the cloud', async () => {
    const harness = await startHarness();
    const { sessionId } = await createMeeting(harness);
    expect((await harness.as(undefined)('GET', pathOf(sessionId))).body).toEqual({ people: null });
  });

  it('asks for the key of the link, as joining does', async () => {
    const harness = await startHarness(inCall);
    const { url } = await createMeeting(harness, { strategy: 'team', id: 'core' });
    const call = harness.as(undefined);
    const path = pathOf('team-core');
    expect(await call('GET', path)).toMatchObject({ status: 403, body: { code: 'NOT_ALLOWED' } });
    expect((await call('GET', path, undefined, { 'meet-key': keyOf(url) })).status).toBe(200);
  });

  it('is only for whom the meeting is for: 403 to others, 401 to a forged identity', async () => {
    const harness = await startHarness(inCall);
    const { sessionId } = await createMeeting(harness, { allow: ['alice'] });
    const path = pathOf(sessionId);
    expect((await harness.as(await guest(harness))('GET', path)).status).toBe(403);
    expect((await harness.as('forged')('GET', path)).status).toBe(401);
    expect((await harness.as(ADMIN_KEY)('GET', path)).status).toBe(200);
  });

  it.each([
    [NOBODY, 404],
    ['', 410],
  ])('tells nothing of a meeting that is not, or no longer, there: %j', async (unknown, status) => {
    const harness = await startHarness(inCall);
    const { sessionId } = await createMeeting(harness, { expiresIn: '1h' });
    harness.clock.now += HOUR;
    const answer = await harness.as(undefined)('GET', pathOf(unknown || sessionId));
    expect(answer.status).toBe(status);
  });

  it('answers 429 to a flood', async () => {
    const harness = await startHarness({ ...inCall, rateLimits: { visits: 2, api: 100 } });
    const { sessionId } = await createMeeting(harness);
    const statuses = [];
    for (const _ of [1, 2, 3]) statuses.push((await harness.as(undefined)('GET', pathOf(sessionId))).status);
    expect(statuses).toEqual([200, 200, 429]);
  });
});

describe('GET /api/meetings/:id with the admin key', () => {
  it.each([
    ['open', 'link', async () => {}],
    ['listed', 'allow', async () => {}],
    [
      'ended',
      'link',
      async (harness: Harness, path: string) => {
        await harness.as(ADMIN_KEY)('POST', `${path}/end`);
      },
    ],
    [
      'expired',
      'link',
      async (harness: Harness) => {
        harness.clock.now += 365 * 24 * HOUR;
      },
    ],
  ] as const)('answers the facts of one that is %s', async (_, access, change) => {
    const harness = await startHarness();
    const body = { strategy: 'team', id: 'core', ...(access === 'allow' && { allow: ['alice'] }) };
    const { sessionId } = await createMeeting(harness, body);
    const path = `/api/meetings/${sessionId}`;
    await change(harness, path);
    expect(await harness.as(ADMIN_KEY)('GET', path)).toMatchObject({
      status: 200,
      body: { sessionId, access },
    });
  });

  it('answers 404 to an unknown id, and 401 to a key that is wrong', async () => {
    const harness = await startHarness();
    const { sessionId } = await createMeeting(harness);
    expect(await harness.as(ADMIN_KEY)('GET', '/api/meetings/nobody')).toMatchObject({
      status: 404,
      body: { code: 'MEETING_NOT_FOUND' },
    });
    expect((await harness.as(`${ADMIN_KEY}x`)('GET', `/api/meetings/${sessionId}`)).status).toBe(401);
  });
});
