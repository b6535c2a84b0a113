import { describe, expect, it } from 'vitest';
import { ADMIN_KEY, BASE, createMeeting, guest, type Harness, HOUR, startHarness } from './harness.ts';

const admin = (harness: Harness) => harness.as(ADMIN_KEY);

async function identityFromInvite(harness: Harness, url: string): Promise<string> {
  const invite = url.split('#invite=')[1];
  return (await harness.as(undefined)('POST', '/api/identity', { invite })).body.token;
}

async function invitedTo(
  harness: Harness,
  sessionId: string,
  body: object = { uid: 'alice' },
): Promise<string> {
  const answer = await admin(harness)('POST', `/api/meetings/${sessionId}/invites`, body);
  return identityFromInvite(harness, answer.body.url);
}

describe('the admin key', () => {
  it.each([
    ['POST', '/api/meetings'],
    ['GET', '/api/meetings'],
    ['PATCH', '/api/meetings/team-core'],
    ['POST', '/api/meetings/team-core/end'],
    ['POST', '/api/meetings/team-core/invites'],
  ] as const)('is needed for %s %s', async (method, url) => {
    const harness = await startHarness();
    for (const token of [undefined, 'wrong', `${ADMIN_KEY}x`, await guest(harness)]) {
      expect(await harness.as(token)(method, url, method === 'GET' ? undefined : {})).toMatchObject({
        status: 401,
        body: { code: 'NOT_ADMIN' },
      });
    }
  });
});

describe('POST /api/meetings', () => {
  it('creates with 201, and finds the same one again with 200', async () => {
    const harness = await startHarness();
    const body = { strategy: 'team', id: 'core', title: 'Core' };
    const first = await admin(harness)('POST', '/api/meetings', body);
    expect(first).toMatchObject({ status: 201 });
    expect(first.body).toEqual({
      sessionId: 'team-core',
      url: expect.stringMatching(`^${BASE}/meet/team-core#key=.{21}$`),
      title: 'Core',
      strategy: 'team',
      access: 'link',
      startsAt: null,
      expiresAt: '2026-12-20T12:00:00.000Z',
      hours: null,
      zone: null,
      broadcast: false,
      revision: 0,
      created: true,
      was: null,
      allow: [],
      hosts: [],
      createdAt: '2026-11-20T12:00:00.000Z',
      endedAt: null,
    });
    const second = await admin(harness)('POST', '/api/meetings', body);
    expect(second).toMatchObject({ status: 200, body: { url: first.body.url, created: false } });
  });

  it("takes the machine's zone for a bucket without one", async () => {
    const harness = await startHarness();
    const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
    const first = await admin(harness)('POST', '/api/meetings', { strategy: 'office-hours' });
    const second = await admin(harness)('POST', '/api/meetings', { strategy: 'office-hours', zone });
    expect([first.status, second.status]).toEqual([201, 200]);
  });

  it('reads times and durations', async () => {
    const harness = await startHarness();
    const { startsAt, expiresAt } = await createMeeting(harness, {
      startsAt: '2026-11-20T14:00+01:00',
      expiresIn: '2h',
    });
    expect({ startsAt, expiresAt }).toEqual({
      startsAt: '2026-11-20T13:00:00.000Z',
      expiresAt: '2026-11-20T15:00:00.000Z',
    });
  });

  it('names a bucket’s meeting by its start', async () => {
    const wish = {
      strategy: 'office-hours',
      zone: 'Europe/Berlin',
      startsAt: '2026-11-23T13:00Z',
      expiresIn: '1h',
    };
    const { sessionId } = await createMeeting(await startHarness(), wish);
    expect(sessionId).toBe('office-hours-20261123');
  });

  it('reopens an ended meeting only when asked to', async () => {
    const harness = await startHarness();
    const body = { strategy: 'team', id: 'core' };
    await createMeeting(harness, body);
    await admin(harness)('POST', '/api/meetings/team-core/end');
    expect(await admin(harness)('POST', '/api/meetings', body)).toMatchObject({
      status: 410,
      body: { code: 'MEETING_ENDED' },
    });
    expect((await admin(harness)('POST', '/api/meetings', { ...body, reopen: true })).status).toBe(200);
  });

  it('answers 409 when the id belongs to another strategy', async () => {
    const harness = await startHarness();
    await createMeeting(harness, { strategy: 'team', id: 'core' });
    const other = { strategy: 'stable', prefix: 'team', id: 'core' };
    expect(await admin(harness)('POST', '/api/meetings', other)).toMatchObject({
      status: 409,
      body: { code: 'ID_TAKEN' },
    });
  });

  it.each([
    ['an unknown field', { titel: 'x' }, 'BAD_REQUEST'],
    ['an unknown strategy', { strategy: 'weekly' }, 'BAD_STRATEGY'],
    ['a strategy without its id', { strategy: 'team' }, 'BAD_ID'],
    ['a zone that is none', { strategy: 'office-hours', zone: 'Mars/Base' }, 'BAD_ZONE'],
    ['a duration without a unit', { expiresIn: '90' }, 'BAD_DURATION'],
    ['a time without an offset', { startsAt: '2026-11-20T15:00' }, 'BAD_TIME'],
    ['an expiry in the past', { expiresAt: '2026-11-19T12:00Z' }, 'BAD_TIME'],
    ['an empty list', { allow: [] }, 'BAD_REQUEST'],
    ['a number as text', { title: 5 }, 'BAD_REQUEST'],
    ['a prototype', JSON.parse('{"__proto__": {"public": true}}'), 'BAD_REQUEST'],
  ])('answers 400 to %s', async (_, body, code) => {
    const harness = await startHarness();
    expect(await admin(harness)('POST', '/api/meetings', body)).toMatchObject({
      status: 400,
      body: { code },
    });
  });

  it('says in plain words that a uid on a list is empty', async () => {
    const { as } = await startHarness();
    const { status, body } = await as(ADMIN_KEY)('POST', '/api/meetings', { allow: ['a', '', 'b'] });
    const error = 'allow.1 in the body must not be empty; name something, or leave it out.';
    expect({ status, error: body.error }).toEqual({ status: 400, error });
  });

  it('names the unknown field', async () => {
    const harness = await startHarness();
    const { body } = await admin(harness)('POST', '/api/meetings', { titel: 'x' });
    expect(body.error).toBe('Unknown field "titel" in the body; leave it out.');
  });
});

describe('GET /api/meetings', () => {
  it('lists all with their links, their states and the clock of the server', async () => {
    const harness = await startHarness();
    const { url } = await createMeeting(harness, { strategy: 'team', id: 'core' });
    await createMeeting(harness, { allow: ['alice'] });
    await admin(harness)('POST', '/api/meetings/team-core/end');
    const { body } = await admin(harness)('GET', '/api/meetings');
    expect(body.serverTime).toBe('2026-11-20T12:00:00.000Z');
    expect(body.meetings).toHaveLength(2);
    expect(body.meetings).toContainEqual(
      expect.objectContaining({
        sessionId: 'team-core',
        url,
        endedAt: '2026-11-20T12:00:00.000Z',
        allow: [],
      }),
    );
    expect(body.meetings).toContainEqual(
      expect.objectContaining({ access: 'allow', allow: ['alice'], endedAt: null }),
    );
  });
});

describe('PATCH /api/meetings/:id', () => {
  it('changes what it names and nothing else', async () => {
    const harness = await startHarness();
    const before = await createMeeting(harness, { strategy: 'team', id: 'core', title: 'Old' });
    const { status, body } = await admin(harness)('PATCH', '/api/meetings/team-core', {
      title: 'New',
      extendBy: '1h',
    });
    expect(status).toBe(200);
    expect(body).toMatchObject({ title: 'New', url: before.url, expiresAt: '2026-12-20T13:00:00.000Z' });
  });

  it('takes a start and a list back with null', async () => {
    const harness = await startHarness();
    const { sessionId } = await createMeeting(harness, { startsAt: '2026-11-20T13:00Z', allow: ['alice'] });
    const { body } = await admin(harness)('PATCH', `/api/meetings/${sessionId}`, {
      startsAt: null,
      allow: null,
    });
    expect(body).toMatchObject({ startsAt: null, access: 'link', allow: [] });
  });

  it.each([
    [{ titel: 'x' }, 400],
    [{ extendBy: 'soon' }, 400],
    [{ expiresAt: '2026-11-19T12:00Z' }, 400],
    [{ allow: ['a'], public: true }, 400],
  ])('answers %j with %i', async (body, status) => {
    const harness = await startHarness();
    const { sessionId } = await createMeeting(harness);
    expect((await admin(harness)('PATCH', `/api/meetings/${sessionId}`, body)).status).toBe(status);
  });

  it('answers 404 for an unknown meeting and 410 for an ended one', async () => {
    const harness = await startHarness();
    const { sessionId } = await createMeeting(harness);
    await admin(harness)('POST', `/api/meetings/${sessionId}/end`);
    expect((await admin(harness)('PATCH', '/api/meetings/nobody', { title: 'x' })).status).toBe(404);
    expect((await admin(harness)('PATCH', `/api/meetings/${sessionId}`, { title: 'x' })).status).toBe(410);
  });
});

describe('POST /api/meetings/:id/end', () => {
  it.each([
    ['nothing', '', 200],
    ['an empty object', '{}', 200],
    ['an unknown field', '{"reason": "late"}', 400],
    ['a list', '[]', 400],
  ])('answers a body of %s (%j) with %i', async (_, payload, status) => {
    const harness = await startHarness();
    const { sessionId } = await createMeeting(harness);
    const type = { 'content-type': 'application/json' };
    const url = `/api/meetings/${sessionId}/end`;
    expect((await admin(harness)('POST', url, payload, type)).status).toBe(status);
    const { endedAt } = (await harness.store.find(sessionId)) ?? {};
    expect(endedAt === null).toBe(status !== 200);
  });

  it('ends, again and again', async () => {
    const harness = await startHarness();
    const { sessionId } = await createMeeting(harness);
    for (const _ of [1, 2]) {
      expect(await admin(harness)('POST', `/api/meetings/${sessionId}/end`)).toMatchObject({
        status: 200,
        body: { endedAt: '2026-11-20T12:00:00.000Z' },
      });
    }
  });

  it('answers 404 for an unknown meeting', async () => {
    const harness = await startHarness();
    expect((await admin(harness)('POST', '/api/meetings/nobody/end')).status).toBe(404);
  });
});

describe('POST /api/meetings/:id/invites', () => {
  it('makes a link that opens a listed meeting as one user with a role', async () => {
    const harness = await startHarness();
    const { sessionId } = await createMeeting(harness, { allow: ['alice'], expiresIn: '2h' });
    const body = { uid: 'alice', name: 'Alice', role: 'host' };
    const answer = await admin(harness)('POST', `/api/meetings/${sessionId}/invites`, body);
    expect(answer).toMatchObject({
      status: 201,
      body: { uid: 'alice', role: 'host', expiresAt: '2026-11-20T14:00:00.000Z' },
    });
    expect(answer.body.url).toMatch(`${BASE}/meet/${sessionId}#invite=`);
    const alice = await identityFromInvite(harness, answer.body.url);
    const path = `/api/meetings/${sessionId}/authorize`;
    expect((await harness.as(alice)('POST', path, {})).body).toMatchObject({ role: 'host' });
  });

  it.each([
    ['30m', '2026-11-20T12:30:00.000Z'],
    ['5h', '2026-11-20T14:00:00.000Z'],
  ])('ends after %s, but never after the meeting', async (expiresIn, expiresAt) => {
    const harness = await startHarness();
    const { sessionId } = await createMeeting(harness, { expiresIn: '2h' });
    const body = { uid: 'alice', expiresIn };
    expect((await admin(harness)('POST', `/api/meetings/${sessionId}/invites`, body)).body.expiresAt).toBe(
      expiresAt,
    );
  });

  it('dies when the access of the meeting changes', async () => {
    const harness = await startHarness();
    const { sessionId } = await createMeeting(harness, { allow: ['alice', 'bob'] });
    const alice = await invitedTo(harness, sessionId);
    const path = `/api/meetings/${sessionId}/authorize`;
    expect((await harness.as(alice)('POST', path, {})).status).toBe(200);
    await admin(harness)('PATCH', `/api/meetings/${sessionId}`, { allow: ['alice'] });
    expect(await harness.as(alice)('POST', path, {})).toMatchObject({
      status: 403,
      body: { code: 'NOT_ALLOWED' },
    });
  });

  it('opens no other meeting where its uid is an account', async () => {
    const harness = await startHarness({ claimedUids: false });
    const [mine, other] = [await createMeeting(harness), await createMeeting(harness)];
    const alice = harness.as(await invitedTo(harness, mine.sessionId));
    expect((await alice('POST', `/api/meetings/${mine.sessionId}/authorize`, {})).status).toBe(200);
    expect((await alice('POST', `/api/meetings/${other.sessionId}/authorize`, {})).status).toBe(403);
  });

  it.each([
    ['an unknown meeting', 'nobody', { uid: 'alice' }, 404],
    ['a uid that is not listed', undefined, { uid: 'eve' }, 403],
    ['what is no uid', undefined, { uid: 'a b' }, 400],
    ['no uid', undefined, { name: 'Alice' }, 400],
    ['an unknown role', undefined, { uid: 'alice', role: 'owner' }, 400],
    ['a bad duration', undefined, { uid: 'alice', expiresIn: '1' }, 400],
    ['a bad name', undefined, { uid: 'alice', name: 'a\u0000b' }, 400],
  ])('answers %s with its status', async (_, id, body, status) => {
    const harness = await startHarness();
    const { sessionId } = await createMeeting(harness, { allow: ['alice'] });
    expect((await admin(harness)('POST', `/api/meetings/${id ?? sessionId}/invites`, body)).status).toBe(
      status,
    );
  });

  it.each(['ended', 'expired'])('answers 410 for an %s meeting', async state => {
    const harness = await startHarness();
    const { sessionId } = await createMeeting(harness, { expiresIn: '1h' });
    if (state === 'ended') await admin(harness)('POST', `/api/meetings/${sessionId}/end`);
    else harness.clock.now += HOUR;
    expect((await admin(harness)('POST', `/api/meetings/${sessionId}/invites`, { uid: 'a' })).status).toBe(
      410,
    );
  });
});
