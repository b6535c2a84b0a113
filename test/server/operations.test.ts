import { describe, expect, it } from 'vitest';
import { createProxies } from '../../src/server/remote.ts';
import { ADMIN_KEY, createMeeting, guest, startHarness } from './harness.ts';

/** A harness whose log lines are read as they were written. */
async function startLogged(changes: Parameters<typeof startHarness>[0] = {}) {
  const lines: string[] = [];
  const log = { level: 'info', write: (line: string) => lines.push(line) };
  const harness = await startHarness({ log, ...changes }, true);
  return { harness, lines: () => lines.map(line => JSON.parse(line)) };
}

describe('the log', () => {
  it('has a line for each answer: what was asked, by whom, and how it went', async () => {
    const { harness, lines } = await startLogged();
    const { sessionId } = await createMeeting(harness);
    const alice = await guest(harness);
    const { headers } = await harness.as(alice)('POST', `/api/meetings/${sessionId}/token`, {});
    await harness.as(alice)('POST', '/api/meetings/nobody/authorize', {});
    await harness.as(undefined)('GET', '/healthz');
    const [token, refused] = lines().slice(-2);
    expect(token).toMatchObject({
      level: 30,
      msg: 'answered',
      reqId: headers['x-request-id'],
      method: 'POST',
      route: '/api/meetings/:id/token',
      url: `/api/meetings/${sessionId}/token`,
      status: 200,
      code: 'ok',
      ms: expect.any(Number),
      ip: '127.0.0.1',
      sessionId,
      uid: 'alice',
      proof: 'claimed',
    });
    expect(refused).toMatchObject({
      status: 404,
      code: 'MEETING_NOT_FOUND',
      uid: 'alice',
      sessionId: 'nobody',
    });
  });

  it('tells why an identity was none, and of no other refusal what it quotes', async () => {
    const { harness, lines } = await startLogged();
    await harness.as('eyJhbGciOiJub25lIn0.eyJ1aWQiOiJhbGljZSJ9.')('POST', '/api/meetings/x/authorize', {});
    await harness.as(ADMIN_KEY)('POST', '/api/meetings', { titel: 'x' });
    const [forged, wrong] = lines().slice(-2);
    expect(forged).toMatchObject({ code: 'NO_IDENTITY', why: expect.stringContaining('is not valid') });
    expect(wrong).toMatchObject({ code: 'BAD_REQUEST' });
    expect(wrong.why).toBeUndefined();
  });

  it("takes a request's id from a proxy that is trusted, if it is one, and from nobody else", async () => {
    const idOf = async (id: string, trusted: boolean) => {
      const proxies = createProxies(() => trusted);
      const harness = await startHarness({ proxies });
      const answer = await harness.as(undefined)('GET', '/healthz', undefined, { 'x-request-id': id });
      return String(answer.headers['x-request-id']);
    };
    expect(await idOf('proxy-1234-abcd', true)).toBe('proxy-1234-abcd');
    expect(await idOf('proxy-1234-abcd', false)).toMatch(/^[\da-f-]{36}$/);
    expect(await idOf('two words and more', true)).toMatch(/^[\da-f-]{36}$/);
    expect(await idOf('x'.repeat(200), true)).toMatch(/^[\da-f-]{36}$/);
  });
});

describe('/metrics', () => {
  const read = async (changes: Parameters<typeof startHarness>[0], token?: string, headers = {}) =>
    (await (await startHarness(changes)).as(token)('GET', '/metrics', undefined, headers)).status;

  it('is for this machine, the admin key, and everybody where it was opened', async () => {
    const deployed = { baseUrl: 'https://meet.example.com' };
    const host = { host: 'meet.example.com' };
    expect(await read({})).toBe(200);
    expect(await read({}, undefined, { 'x-forwarded-for': '203.0.113.7' })).toBe(401);
    expect(await read(deployed, undefined, host)).toBe(401);
    expect(await read(deployed, 'wrong', host)).toBe(401);
    expect(await read(deployed, ADMIN_KEY, host)).toBe(200);
    expect(await read({ ...deployed, openMetrics: true }, undefined, host)).toBe(200);
  });

  it('counts decisions and times what others have to answer', async () => {
    const harness = await startHarness({}, true);
    const { sessionId } = await createMeeting(harness);
    const alice = await guest(harness);
    await harness.as(alice)('POST', `/api/meetings/${sessionId}/authorize`, {});
    await harness.as(alice)('POST', `/api/meetings/${sessionId}/token`, {});
    await harness.as(alice)('POST', '/api/meetings/nobody/token', {});
    const text = (await harness.as(undefined)('GET', '/metrics')).body;
    for (const line of [
      'meet_decisions_total{step="authorize",code="ok"} 1',
      'meet_decisions_total{step="token",code="ok"} 1',
      'meet_decisions_total{step="token",code="MEETING_NOT_FOUND"} 1',
      'meet_cometchat_duration_seconds_count{call="createAuthToken",outcome="ok"} 1',
      'meet_store_duration_seconds_count{call="create",outcome="ok"} 1',
      'meet_outbox_messages{state="waiting"} 0',
    ])
      expect(text.split('\n')).toContain(line);
    expect(text).toMatch(/meet_event_loop_delay_seconds\{stat="p99"\} [\d.e-]+\n/);
  });

  it('tells the rest where the store is down', async () => {
    const harness = await startHarness();
    const fail = async () => {
      throw new Error('gone');
    };
    const broken = await startHarness({ store: { ...harness.store, count: fail } });
    const { status, body } = await broken.as(undefined)('GET', '/metrics');
    expect({ status, hasMeetings: body.includes('meet_meetings{') }).toEqual({
      status: 200,
      hasMeetings: false,
    });
  });

  it('has no more series, whatever is asked for', async () => {
    const harness = await startHarness();
    const seriesOf = async () =>
      (await harness.as(undefined)('GET', '/metrics')).body
        .split('\n')
        .filter((line: string) => !line.startsWith('#')).length;
    const flood = async (round: string) => {
      for (let i = 0; i < 40; i++) {
        for (const method of ['GET', 'POST', 'PATCH', 'DELETE'] as const)
          await harness.as(`t${i}`)(
            method,
            `/nowhere-${round}/${i}?x=${i}`,
            method === 'GET' ? undefined : {},
          );
        await harness.as(ADMIN_KEY)('GET', `/api/meetings/${round}-${i}`);
        await harness.as(undefined)('POST', `/api/meetings/${round}-${i}/authorize`, {});
      }
    };
    await seriesOf();
    await flood('a');
    const before = await seriesOf();
    await flood('b');
    expect(await seriesOf()).toBe(before);
  });
});
