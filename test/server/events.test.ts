import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createTrace } from '../../src/emulator/trace/trace.ts';
import type { AppOptions } from '../../src/server/context.ts';
import { ADMIN_KEY, createMeeting, guest, HOUR, NOON, startHarness } from './harness.ts';

const LINES = { accept: 'application/x-ndjson' };

async function setUp(changes: Partial<AppOptions> = {}) {
  const trace = createTrace({ now: () => NOON });
  const harness = await startHarness({ events: trace, ...changes });
  return { ...harness, trace, harness };
}

const keyOf = (url: string) => ({
  'meet-key': new URLSearchParams(new URL(url).hash.slice(1)).get('key') ?? '',
});

describe('a meeting’s events', () => {
  it.each([
    ['JSON lines', LINES, 'application/x-ndjson', /^\n\{"seq":1,.*"kind":"join"\}\n$/],
    ['server-sent events', {}, 'text/event-stream', /^retry: 2000\n\nid: \d+-1\ndata: \{.*\}\n\n$/],
    ['what the browser wants', { accept: 'text/event-stream' }, 'text/event-stream', /^retry:/],
  ])('come as %s', async (_, headers, type, pattern) => {
    const { harness, trace } = await setUp();
    const { sessionId } = await createMeeting(harness);
    trace.emit(sessionId, 'join');
    const url = `/api/meetings/${sessionId}/events?follow=false`;
    const answer = await harness.as(ADMIN_KEY)('GET', url, undefined, headers);
    expect(answer).toMatchObject({
      status: 200,
      headers: { 'content-type': type, 'cache-control': 'no-store' },
    });
    expect(answer.body).toMatch(pattern);
  });

  it('are for who may join, with the link’s key where the link has one', async () => {
    const { harness, trace } = await setUp();
    const { sessionId, url } = await createMeeting(harness, { strategy: 'stable', id: '1', prefix: 'room' });
    trace.emit(sessionId, 'join');
    const alice = harness.as(await guest(harness));
    const path = `/api/meetings/${sessionId}/events?follow=false`;
    expect(await alice('GET', path, undefined, { ...LINES, ...keyOf(url) })).toMatchObject({ status: 200 });
    expect(await alice('GET', path, undefined, LINES)).toMatchObject({ body: { code: 'NOT_ALLOWED' } });
    expect(await harness.as(undefined)('GET', path)).toMatchObject({
      status: 401,
      body: { code: 'NO_IDENTITY' },
    });
    expect(await harness.as('no-token')('GET', path)).toMatchObject({ status: 401 });
  });

  it('are the manager’s after the meeting’s end, and nobody else’s', async () => {
    const { harness, trace, clock } = await setUp();
    const { sessionId } = await createMeeting(harness, { expiresIn: '1h' });
    trace.emit(sessionId, 'leave');
    const alice = harness.as(await guest(harness));
    clock.now += 2 * HOUR;
    const path = `/api/meetings/${sessionId}/events?follow=false`;
    expect(await alice('GET', path)).toMatchObject({ status: 410, body: { code: 'MEETING_EXPIRED' } });
    expect((await harness.as(ADMIN_KEY)('GET', path)).body).toContain('"kind":"leave"');
  });

  it('of no meeting are none', async () => {
    const { harness } = await setUp();
    const answer = await harness.as(ADMIN_KEY)('GET', '/api/meetings/nowhere/events');
    expect(answer).toMatchObject({ status: 404, body: { code: 'MEETING_NOT_FOUND' } });
  });

  it('are nobody’s with the cloud, and the answer says why', async () => {
    const harness = await startHarness();
    const { sessionId } = await createMeeting(harness);
    for (const path of [`/api/sessions/${sessionId}/events`, `/api/meetings/${sessionId}/events`]) {
      const answer = await harness.as(ADMIN_KEY)('GET', path);
      expect(answer).toMatchObject({ status: 404, body: { code: 'NOT_FOUND' } });
      expect(answer.body.error).toMatch(/emulator/);
    }
  });

  it.each([
    ['follow=maybe', 400],
    ['since=1', 400],
  ])('are refused to a question like %s', async (query, status) => {
    const { harness } = await setUp();
    expect(await harness.as(ADMIN_KEY)('GET', `/api/sessions/a/events?${query}`)).toMatchObject({ status });
  });
});

describe('a session’s events', () => {
  it('are the manager’s only, also of a session that is no meeting of ours', async () => {
    const { harness, trace } = await setUp();
    trace.emit('Their-Own', 'join');
    const path = '/api/sessions/their-own/events?follow=false';
    expect((await harness.as(ADMIN_KEY)('GET', path, undefined, LINES)).body).toContain('"kind":"join"');
    for (const token of [undefined, await guest(harness)])
      expect(await harness.as(token)('GET', path)).toMatchObject({
        status: 401,
        body: { code: 'NOT_ADMIN' },
      });
  });
});

describe('on a connection', () => {
  async function follow() {
    const { app, trace, harness } = await setUp();
    const { sessionId } = await createMeeting(harness);
    await app.listen({ port: 0, host: '127.0.0.1' });
    const { port } = app.server.address() as AddressInfo;
    const leave = new AbortController();
    onTestFinished(() => leave.abort());
    const response = await fetch(`http://127.0.0.1:${port}/api/meetings/${sessionId}/events`, {
      headers: { host: 'localhost:4680', authorization: `Bearer ${ADMIN_KEY}` },
      signal: leave.signal,
    });
    const reader = (response.body as ReadableStream<Uint8Array>).getReader();
    const read = async () => new TextDecoder().decode((await reader.read()).value);
    expect(await read()).toMatch(/^retry/);
    return { app, trace, sessionId, read, leave, reader };
  }

  it('an event is there as it happens', async () => {
    const { trace, sessionId, read } = await follow();
    trace.emit(sessionId, 'join', { who: 'alice' });
    expect(await read()).toContain('"who":"alice"');
  });

  it('the stream costs nothing once its client went', async () => {
    const { trace, sessionId, leave } = await follow();
    expect(trace.isHeard(sessionId)).toBe(true);
    leave.abort();
    await expect.poll(() => trace.isHeard(sessionId)).toBe(false);
  });

  it('a client that does not read is cut off, however much happens', async () => {
    const { trace, sessionId } = await follow();
    const text = 'x '.repeat(140);
    for (let i = 0; i < 200_000 && trace.isHeard(sessionId); i++) {
      trace.emit(sessionId, 'stanza', { text });
      // What can be sent is sent in between.
      if (i % 500 === 0) await new Promise(resolve => setImmediate(resolve));
    }
    expect(trace.isHeard(sessionId)).toBe(false);
  });

  it('the server stops at once, and the stream ends cleanly', async () => {
    const { app, reader } = await follow();
    const begun = performance.now();
    await app.close();
    expect(performance.now() - begun).toBeLessThan(1_000);
    expect(await reader.read()).toMatchObject({ done: true });
  });
});
