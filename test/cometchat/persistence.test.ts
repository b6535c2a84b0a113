import { describe, expect, it } from 'vitest';
import { createCometChatClient } from '../../src/cometchat/client.ts';
import { unreachable } from '../../src/cometchat/exchange.ts';
import type { MeetError } from '../../src/core/errors.ts';
import { type Answer, manualClock, type Silence, startVendor, vendorError } from './vendor.ts';

const ALICE = { uid: 'alice', name: 'Alice' };
const TOKEN: Answer = { status: 200, body: { data: { authToken: 'T' } } };
const CALL: Answer = { status: 200, body: { data: { token: 'C' } } };
const limited = (headers: Record<string, string> = {}) =>
  vendorError(429, 'ERR_TOO_MANY_REQUESTS', 'slow down', headers);

async function start(answers: Parameters<typeof startVendor>[0], timeoutMs = 5_000) {
  const vendor = await startVendor(answers);
  const clock = manualClock();
  const client = createCometChatClient({
    appId: 'app1',
    adminBase: `${vendor.origin}/v3`,
    callBase: `${vendor.origin}/v3.0`,
    apiKey: 'key',
    // One request a token, so that requests are attempts.
    createUsers: false,
    clock,
    timeoutMs,
  });
  return { ...vendor, client, clock };
}

const failureOf = (promise: Promise<unknown>): Promise<MeetError> =>
  promise.then(
    () => expect.fail('resolved'),
    error => error,
  );

describe('a limit', () => {
  it('is waited out as long as CometChat says', async () => {
    const { client, clock, requests } = await start([limited({ 'retry-after': '2' }), TOKEN]);
    expect(await client.createAuthToken(ALICE)).toBe('T');
    expect(requests).toHaveLength(2);
    const waited = clock.slept.reduce((sum, ms) => sum + ms, 0);
    expect(waited).toBeGreaterThanOrEqual(2000);
    expect(waited).toBeLessThan(3000);
  });

  it('that lasts longer than somebody waits is told at once, with the time', async () => {
    const { client, clock, requests } = await start([limited({ 'retry-after': '15' })]);
    expect(await failureOf(client.createAuthToken(ALICE))).toMatchObject({
      code: 'COMETCHAT_BUSY',
      detail: { retryAfterSeconds: 15 },
    });
    expect([requests.length, clock.at < 1000]).toEqual([1, true]);
  });

  it('that one has met is not asked about by the next, until it is over', async () => {
    const { client, clock, requests } = await start([limited({ 'retry-after': '15' }), TOKEN]);
    await failureOf(client.createAuthToken(ALICE));
    clock.at = 5_000;
    const failure = await failureOf(client.createAuthToken({ uid: 'bob', name: 'Bob' }));
    expect(failure).toMatchObject({ code: 'COMETCHAT_BUSY', detail: { retryAfterSeconds: 10 } });
    expect(requests).toHaveLength(1);
    clock.at = 15_001;
    expect(await client.createAuthToken(ALICE)).toBe('T');
  });

  it('of no stated length is tried three times, further and further apart', async () => {
    const { client, clock, requests } = await start([limited(), limited(), limited()]);
    const failure = await failureOf(client.createAuthToken(ALICE));
    expect(failure).toMatchObject({ code: 'COMETCHAT_BUSY', detail: { retryAfterSeconds: 15 } });
    expect(requests).toHaveLength(3);
    expect(clock.slept).toEqual([250, 500]);
  });

  it.each([
    ['a header without sense', { 'retry-after': 'soon' }, 15],
    ['a broken one that would close us for years', { 'retry-after': '999999999' }, 60],
    ['a date', { 'retry-after': new Date(Date.now() + 20_000).toUTCString() }, 20],
    ["the vendor's reset alone", { 'x-rate-limit-reset': String(Math.ceil(Date.now() / 1000) + 20) }, 20],
    ['its other spelling', { 'x-ratelimit-reset': String(Math.ceil(Date.now() / 1000) + 20) }, 20],
  ])('is read from %s', async (_, headers, seconds) => {
    const { client } = await start(() => limited(headers));
    const { code, detail } = await failureOf(client.createAuthToken(ALICE));
    expect(code).toBe('COMETCHAT_BUSY');
    expect(Math.abs(Number(detail?.retryAfterSeconds) - seconds)).toBeLessThanOrEqual(1);
  });

  it('stops a crowd: those behind in the row do not ask', async () => {
    const { client, requests } = await start(() => limited({ 'retry-after': '30' }));
    const people = Array.from({ length: 200 }, (_, i) => ({ uid: `guest-${i}`, name: 'G' }));
    const failures = await Promise.all(people.map(person => failureOf(client.createAuthToken(person))));
    expect(new Set(failures.map(({ code }) => code))).toEqual(new Set(['COMETCHAT_BUSY']));
    expect(requests.length).toBeLessThanOrEqual(32);
  });
});

describe('an outage', () => {
  const OUTAGE = vendorError(500, 'ERR_MISSION_FAILED');
  const DOWN: Answer = { status: 503, body: '<html>' };

  it.each<[string, string, (Answer | Silence)[], number]>([
    ['a call token, of which two harm nobody', 'call', [OUTAGE, CALL], 2],
    ['a call token after the line broke', 'call', ['hang up', CALL], 2],
    ['an auth token that a proxy refused', 'auth', [DOWN, TOKEN], 2],
  ])('is got over for %s', async (_, kind, answers, count) => {
    const { client, requests } = await start(answers);
    await (kind === 'call' ? client.createCallToken('T', 'room') : client.createAuthToken(ALICE));
    expect(requests).toHaveLength(count);
  });

  it.each<[string, Answer | Silence, string]>([
    ['failed in the middle', OUTAGE, 'COMETCHAT_DOWN'],
    ['broke the line', 'hang up', 'COMETCHAT_UNREACHABLE'],
    ['may have worked on it', null, 'COMETCHAT_UNREACHABLE'],
  ])('leaves no auth token that nobody got: asked once where CometChat %s', async (_, answer, code) => {
    const { client, requests } = await start([answer, TOKEN], 50);
    expect((await failureOf(client.createAuthToken(ALICE))).code).toBe(code);
    expect(requests).toHaveLength(1);
  });

  it('that lasts is told after three tries', async () => {
    const { client, requests } = await start(() => DOWN);
    expect(await failureOf(client.createCallToken('T', 'room'))).toMatchObject({
      code: 'COMETCHAT_DOWN',
      detail: { status: 503, vendorCode: null },
    });
    expect(requests).toHaveLength(3);
  });

  it('is not outlasted beyond what a person waits', async () => {
    const { client, clock, requests } = await start(() => {
      clock.at += 5_000;
      return DOWN;
    });
    await failureOf(client.createCallToken('T', 'room'));
    expect([requests.length, clock.at]).toEqual([2, 10_250]);
  });

  it.each([
    ['ECONNREFUSED', [250, 500]],
    ['EAI_AGAIN', [250, 500]],
    // Neither the name nor the certificate will be another in a second; a token may have been made in the third case.
    ['ENOTFOUND', []],
    ['CERT_HAS_EXPIRED', []],
    ['ECONNRESET', []],
  ])('that ends with %s before an auth token is got makes it wait %j', async (reason, slept) => {
    const clock = manualClock();
    const base = 'https://call.example/v3';
    const send = () => Promise.reject(unreachable(base, reason));
    const options = { appId: 'app1', adminBase: base, callBase: base, apiKey: 'k', createUsers: false };
    const client = createCometChatClient({ ...options, clock, send });
    const failure = await failureOf(client.createAuthToken(ALICE));
    expect([failure.code, failure.detail?.reason, clock.slept]).toEqual([
      'COMETCHAT_UNREACHABLE',
      reason,
      slept,
    ]);
  });
});

it('a wrong request is put once', async () => {
  const { client, requests } = await start([vendorError(400, 'ERR_BAD_REQUEST'), CALL]);
  expect((await failureOf(client.createCallToken('T', 'room'))).code).toBe('COMETCHAT_FAILED');
  expect(requests).toHaveLength(1);
});
