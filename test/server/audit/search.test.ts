import { describe, expect, it } from 'vitest';
import { signIdentity } from '../../../src/server/tokens.ts';
import { ADMIN_KEY, HOUR, NOON, SECRET, startHarness } from '../harness.ts';

async function startWithRows() {
  const harness = await startHarness();
  const admin = harness.as(ADMIN_KEY);
  await admin('POST', '/api/meetings', { strategy: 'stable', id: 'one', hosts: ['hanna'] });
  harness.clock.now += HOUR;
  await admin('POST', '/api/meetings', { strategy: 'stable', id: 'two' });
  const token = await signIdentity({
    secret: SECRET,
    identity: { uid: 'hanna', name: 'Hanna', proof: 'app' },
    now: NOON,
    expiresAt: NOON + 12 * HOUR,
  });
  const hanna = harness.as(token);
  await hanna('POST', '/api/meetings/two/authorize', {});
  return { harness, admin, hanna };
}

describe('the search of the audit trail', () => {
  it('gives the newest first, in pages', async () => {
    const { admin } = await startWithRows();
    const first = await admin('GET', '/api/audit?limit=2');
    expect(first.status).toBe(200);
    expect(first.body.records).toMatchObject([
      { action: 'authorize', outcome: 'NOT_ALLOWED', sessionId: 'two', uid: 'hanna', proof: 'app', count: 1 },
      { action: 'create', sessionId: 'two', at: new Date(NOON + HOUR).toISOString() },
    ]);
    const rest = await admin('GET', `/api/audit?limit=2&cursor=${first.body.cursor}`);
    expect(rest.body).toMatchObject({ records: [{ sessionId: 'one' }], cursor: null });
    expect((await admin('GET', `/api/audit?after=${rest.body.records[0].id}`)).body.records).toHaveLength(2);
  });

  it.each([
    ['session=one', ['create']],
    ['uid=hanna', ['authorize']],
    ['outcome=denied', ['authorize']],
    ['outcome=NOT_ALLOWED', ['authorize']],
    ['outcome=ok&session=two', ['create']],
    [`since=${new Date(NOON + 1).toISOString()}`, ['authorize', 'create']],
    [`until=${new Date(NOON + 1).toISOString()}`, ['create']],
    ['session=no-such', []],
  ])('finds by %s', async (query, actions) => {
    const { admin } = await startWithRows();
    const { body } = await admin('GET', `/api/audit?${query}`);
    expect(body.records.map(({ action }: { action: string }) => action)).toEqual(actions);
  });

  it('is for hosts too, of their meeting only', async () => {
    const { hanna, harness } = await startWithRows();
    expect((await hanna('GET', '/api/audit?session=one')).body.records).toHaveLength(1);
    expect(await hanna('GET', '/api/audit?session=two')).toMatchObject({
      status: 403,
      body: { code: 'NOT_ALLOWED' },
    });
    expect((await hanna('GET', '/api/audit')).status).toBe(401);
    expect((await harness.as(undefined)('GET', '/api/audit?session=one')).status).toBe(401);
    expect((await harness.as(undefined)('GET', '/api/audit')).status).toBe(401);
    expect((await harness.store.audit.find({ limit: 9, outcome: 'NOT_ADMIN' }))[0]).toMatchObject({
      action: 'audit',
    });
  });

  it.each(['limit=0', 'limit=1001', 'limit=ten', 'since=yesterday', 'session=a&session=b', 'colour=red'])(
    'refuses %s',
    async query => {
      const { admin } = await startWithRows();
      expect((await admin('GET', `/api/audit?${query}`)).status).toBe(400);
    },
  );

  it.each([
    ['NOT_ALOWED', 'There is no outcome "NOT_ALOWED"; did you mean NOT_ALLOWED?'],
    ['OK', 'There is no outcome "OK"; did you mean ok?'],
    ['anything', 'There is no outcome "anything"; ask for ok, denied, or a code like NOT_ALLOWED.'],
  ])('refuses outcome=%s, and says what is meant', async (outcome, error) => {
    const { admin } = await startWithRows();
    const { status, body } = await admin('GET', `/api/audit?outcome=${outcome}`);
    expect({ status, body }).toEqual({ status: 400, body: { code: 'BAD_REQUEST', error } });
  });
});

describe('the list of webhooks', () => {
  it('shows the admin what failed, and tries it again', async () => {
    const { admin, harness, hanna } = await startWithRows();
    const message = {
      id: 'a',
      eventId: 'msg_a',
      type: 'meeting.created',
      sessionId: 'one',
      receiver: 'r',
      host: 'app.example.com',
      body: '{}',
      createdAt: NOON,
      dueAt: null,
      attempts: 15,
      reason: 'answered 500',
      retriedAt: null,
    };
    await harness.store.outbox.add([message]);
    expect((await admin('GET', '/api/webhooks')).body.deliveries).toEqual([
      {
        id: 'msg_a',
        type: 'meeting.created',
        sessionId: 'one',
        host: 'app.example.com',
        createdAt: new Date(NOON).toISOString(),
        nextAttempt: null,
        attempts: 15,
        reason: 'answered 500',
      },
    ]);
    expect((await admin('POST', '/api/webhooks/retry')).body).toEqual({ retried: 1 });
    expect((await admin('GET', '/api/webhooks')).body.deliveries).toMatchObject([
      { attempts: 0, createdAt: new Date(NOON).toISOString() },
    ]);
    expect((await hanna('GET', '/api/webhooks')).status).toBe(401);
    expect((await hanna('POST', '/api/webhooks/retry')).status).toBe(401);
  });
});
