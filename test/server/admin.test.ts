import { describe, expect, it } from 'vitest';
import { signAdmin, signIdentity, verifyAdmin } from '../../src/server/tokens.ts';
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

const MINUTE = 60_000;

const newCode = async ({ as }: Harness): Promise<string> =>
  (await as(ADMIN_KEY)('POST', '/api/admin/code')).body.code;

const exchange = ({ as }: Harness, code: unknown, headers = {}) =>
  as(undefined)('POST', '/api/admin/session', { code }, headers);

async function newSession(harness: Harness): Promise<string> {
  return (await exchange(harness, await newCode(harness))).body.token;
}

describe('a one-time code', () => {
  it('is swapped for a session of twelve hours, with which the page manages meetings', async () => {
    const harness = await startHarness();
    const code = await newCode(harness);
    expect(Buffer.from(code, 'base64url').length * 8).toBeGreaterThanOrEqual(128);
    const { status, body } = await exchange(harness, code);
    expect({ status, expiresAt: body.expiresAt }).toEqual({
      status: 200,
      expiresAt: new Date(NOON + 12 * HOUR).toISOString(),
    });
    const as = harness.as(body.token);
    const { body: made } = await as('POST', '/api/meetings', { strategy: 'team', id: 'core' });
    expect((await as('GET', '/api/meetings')).body.meetings).toHaveLength(1);
    for (const [method, path, given] of [
      ['GET', '', undefined],
      ['PATCH', '', { title: 'Core' }],
      ['POST', '/invites', { uid: 'alice' }],
      ['POST', '/end', undefined],
    ] as const) {
      const { status } = await as(method, `/api/meetings/${made.sessionId}${path}`, given);
      expect([path, status < 300]).toEqual([path, true]);
    }
  });

  it('is good once', async () => {
    const harness = await startHarness();
    const code = await newCode(harness);
    await exchange(harness, code);
    expect(await exchange(harness, code)).toMatchObject({
      status: 401,
      body: { code: 'BAD_ADMIN_CODE', error: expect.stringContaining('meet admin') },
    });
  });

  it('is good once, also for two who come at the same moment', async () => {
    const harness = await startHarness();
    const code = await newCode(harness);
    const answers = await Promise.all([exchange(harness, code), exchange(harness, code)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 401]);
  });

  it.each([
    ['after a quarter of an hour', 15 * MINUTE, 401],
    ['just before', 15 * MINUTE - 1, 200],
  ])('answers %s with its status', async (_, later, status) => {
    const harness = await startHarness();
    const code = await newCode(harness);
    harness.clock.now += later;
    expect((await exchange(harness, code)).status).toBe(status);
  });

  it('dies when another is made', async () => {
    const harness = await startHarness();
    const [first, second] = [await newCode(harness), await newCode(harness)];
    expect((await exchange(harness, first)).status).toBe(401);
    expect((await exchange(harness, second)).status).toBe(200);
  });

  it('survives wrong guesses', async () => {
    const harness = await startHarness();
    const code = await newCode(harness);
    for (const guess of ['x', `${code}x`, code.slice(1), code.toLowerCase()])
      expect((await exchange(harness, guess)).body.code).toBe('BAD_ADMIN_CODE');
    expect((await exchange(harness, code)).status).toBe(200);
  });

  it('is nobody’s before it was asked for', async () => {
    const harness = await startHarness();
    for (const guess of ['null', 'undefined', 'admin'])
      expect((await exchange(harness, guess)).body.code).toBe('BAD_ADMIN_CODE');
  });

  it('made at one server is good at another one of the same store, and then at neither', async () => {
    const here = await startHarness();
    const there = await startHarness({ store: here.store });
    const code = await newCode(here);
    expect((await exchange(there, code)).status).toBe(200);
    expect((await exchange(here, code)).status).toBe(401);
  });

  it.each([
    ['admin key', { adminKey: 'another' }],
    ['secret', { secret: 'another secret of enough bytes, 32+' }],
  ])('is nobody’s once the server has another %s', async (_, change) => {
    const before = await startHarness();
    const after = await startHarness({ store: before.store, ...change });
    const code = await newCode(before);
    expect((await exchange(after, code)).body.code).toBe('BAD_ADMIN_CODE');
    expect((await exchange(before, code)).status).toBe(200);
  });

  it.each([{}, { code: '' }, { code: 7 }, { code: 'x', more: 1 }, { code: 'x'.repeat(101) }])(
    'is not read from %j',
    async body => {
      const { as } = await startHarness();
      expect(await as(undefined)('POST', '/api/admin/session', body)).toMatchObject({
        status: 400,
        body: { code: 'BAD_REQUEST' },
      });
    },
  );
});

describe('who is not admin', () => {
  it.each([
    ['another site’s page', { origin: 'https://evil.example' }, 403, 'BAD_ORIGIN'],
    ['a name that was rebound to us', { host: 'evil.example' }, 421, 'BAD_HOST'],
  ])('as %s gets no session, and leaves the code alive', async (_, headers, status, code) => {
    const harness = await startHarness();
    const good = await newCode(harness);
    expect(await exchange(harness, good, headers)).toMatchObject({ status, body: { code } });
    expect((await exchange(harness, good)).status).toBe(200);
  });

  it('gets a 429 after too many guesses', async () => {
    const harness = await startHarness();
    const statuses = [];
    for (let count = 0; count <= 30; count += 1)
      statuses.push((await exchange(harness, `guess-${count}`)).status);
    expect(statuses.slice(-2)).toEqual([401, 429]);
  });

  it('makes no code: with nothing, as a guest, or with a session', async () => {
    const harness = await startHarness();
    for (const token of [undefined, 'x', await guest(harness), await newSession(harness)]) {
      expect(await harness.as(token)('POST', '/api/admin/code')).toMatchObject({
        status: 401,
        body: { code: 'NOT_ADMIN' },
      });
    }
  });
});

describe('an admin session', () => {
  const times = { secret: SECRET, adminKey: ADMIN_KEY, expiresAt: NOON + HOUR, now: NOON };

  it.each([
    ['after its end', { now: NOON + HOUR }],
    ['once the server has another secret', { secret: 'another secret of enough bytes, 32+' }],
    ['once there is another admin key', { adminKey: 'another' }],
  ])('is over %s', async (_, change) => {
    const token = await signAdmin(times);
    expect(await verifyAdmin({ ...times, token })).toBe(true);
    expect(await verifyAdmin({ ...times, ...change, token })).toBe(false);
  });

  it('is not an identity, nor an identity a session', async () => {
    const harness = await startHarness();
    const { sessionId } = await createMeeting(harness, { public: true });
    const session = await newSession(harness);
    expect(await harness.as(session)('POST', `/api/meetings/${sessionId}/authorize`)).toMatchObject({
      status: 401,
      body: { code: 'NO_IDENTITY' },
    });
    const identity = { uid: 'alice', name: 'Alice', proof: 'claimed' } as const;
    const token = await signIdentity({ ...times, identity });
    expect((await harness.as(token)('GET', '/api/meetings')).status).toBe(401);
  });

  it('ends for the API when its twelve hours are over', async () => {
    const harness = await startHarness();
    const session = await newSession(harness);
    harness.clock.now += 12 * HOUR;
    expect(await harness.as(session)('GET', '/api/meetings')).toMatchObject({
      status: 401,
      body: { code: 'NOT_ADMIN' },
    });
  });
});

describe('the list of meetings', () => {
  it('counts who is in each, and knows nothing of that with the cloud', async () => {
    const people = [{ uid: 'alice', name: 'Alice' }];
    const here = await startHarness({ presence: id => (id === 'team-core' ? people : []) });
    for (const id of ['core', 'web']) await createMeeting(here, { strategy: 'team', id });
    const list = async ({ as }: Harness) =>
      (await as(ADMIN_KEY)('GET', '/api/meetings')).body.meetings.map(
        (meeting: { sessionId: string; people: number | null }) => [meeting.sessionId, meeting.people],
      );
    expect(new Map(await list(here))).toEqual(
      new Map([
        ['team-core', 1],
        ['team-web', 0],
      ]),
    );
    const cloud = await startHarness({ emulatorOn: false, claimedUids: false, strict: true });
    await createMeeting(cloud, { strategy: 'team', id: 'core' });
    expect(await list(cloud)).toEqual([['team-core', null]]);
  });
});
