import type { Readable } from 'node:stream';
import { afterEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { createTrace } from '../../src/emulator/trace/trace.ts';
import { createEventStreams, type EventStreamLimits } from '../../src/server/event-streams.ts';
import { NOON } from './harness.ts';

const always = async () => {};

function setUp(limits: EventStreamLimits = {}) {
  const trace = createTrace({ now: () => NOON });
  const streams = createEventStreams(trace, limits);
  onTestFinished(() => streams.close());
  const open = (changes: Partial<Parameters<typeof streams.open>[0]> = {}) =>
    streams.open({
      session: 'room',
      format: 'ndjson',
      follow: true,
      mayStay: always,
      isManager: false,
      ...changes,
    });
  return { trace, streams, open };
}

/** What lies ready to be sent. */
const unread = (stream: Readable) => (stream.read() as Buffer | null)?.toString() ?? '';
const kinds = (text: string) =>
  text
    .split('\n')
    .filter(line => line.startsWith('{'))
    .map(line => JSON.parse(line).kind);

afterEach(() => void vi.useRealTimers());

describe('an event stream', () => {
  it('brings what was, and then what happens, of its session only', () => {
    const { trace, open } = setUp();
    trace.emit('room', 'join');
    trace.emit('other', 'join');
    const stream = open();
    expect(kinds(unread(stream))).toEqual(['join']);
    trace.emit('room', 'leave');
    trace.emit('other', 'leave');
    expect(kinds(unread(stream))).toEqual(['leave']);
  });

  it('of server-sent events says when to come back, and names every event', () => {
    const { trace, open } = setUp();
    trace.emit('room', 'join', { who: 'alice' });
    expect(unread(open({ format: 'sse' }))).toBe(
      [
        'retry: 2000\n',
        `id: ${NOON}-1`,
        'data: {"seq":1,"at":"2026-11-20T12:00:00.000Z","session":"room","kind":"join","who":"alice"}\n\n',
      ].join('\n'),
    );
  });

  it.each([
    ['no id', undefined, ['a', 'b', 'c']],
    ['the first one’s', `${NOON}-1`, ['b', 'c']],
    ['the last one’s', `${NOON}-3`, []],
    ['one of a server before this one', `${NOON - 60_000}-900`, ['a', 'b', 'c']],
    ['none of ours', 'seven', ['a', 'b', 'c']],
  ])('goes on after the client’s last event: %s', (_, lastId, expected) => {
    const { trace, open } = setUp();
    for (const kind of ['a', 'b', 'c']) trace.emit('room', kind);
    expect(kinds(unread(open({ lastId })))).toEqual(expected);
  });

  it('that does not follow ends after what was, and counts for nothing', async () => {
    const { trace, streams, open } = setUp({ maxStreams: 1 });
    trace.emit('room', 'join');
    for (let i = 0; i < 3; i++)
      expect(kinds((await open({ follow: false }).toArray()).join(''))).toEqual(['join']);
    expect(streams.size).toBe(0);
  });

  it('is cut off when its client does not read, and then costs nothing', async () => {
    const { trace, streams, open } = setUp({ maxUnreadBytes: 10_000 });
    const stream = open();
    const closed = new Promise(resolve => stream.on('close', resolve));
    for (let i = 0; i < 500; i++) trace.emit('room', 'stanza', { text: 'x'.repeat(100) });
    await closed;
    expect({ size: streams.size, heard: trace.isHeard('room') }).toEqual({ size: 0, heard: false });
    expect(stream.readableLength).toBeLessThan(11_000);
  });

  it('is told that it lives, and ends when its reader may no longer see the session', async () => {
    vi.useFakeTimers();
    const { streams, open } = setUp({ heartbeatMs: 1_000 });
    let allowed = true;
    const stream = open({ format: 'sse', mayStay: async () => allowed || Promise.reject(new Error('no')) });
    unread(stream);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(unread(stream)).toBe(':\n\n');
    allowed = false;
    await vi.advanceTimersByTimeAsync(1_000);
    vi.useRealTimers();
    expect(await stream.toArray()).toEqual([]);
    expect(streams.size).toBe(0);
  });

  it.each([
    ['together', { maxVisitors: 2 }, 'another'],
    ['in one session', { maxVisitorsOfSession: 2 }, 'room'],
  ])('is refused to a visitor when there are many %s, and left to the manager', (_, limits, session) => {
    const { open } = setUp(limits);
    const [first] = [open(), open()];
    expect(() => open({ session })).toThrow(expect.objectContaining({ code: 'RATE_LIMITED' }));
    open({ session, isManager: true });
    first.destroy();
    return new Promise<void>(resolve => first.once('close', () => resolve(void open({ session }))));
  });

  it('is refused when as many are open as may be, and there again when one went', async () => {
    const { streams, open } = setUp({ maxStreams: 2 });
    const [first] = [open(), open()];
    expect(() => open()).toThrow(expect.objectContaining({ code: 'RATE_LIMITED' }));
    const closed = new Promise(resolve => first.on('close', resolve));
    first.destroy();
    await closed;
    expect(streams.size).toBe(1);
    open();
  });

  it('ends when the server stops, as does every later one, with what was pushed', async () => {
    const { trace, streams, open } = setUp();
    const stream = open();
    trace.emit('room', 'join');
    streams.close();
    expect(kinds((await stream.toArray()).join(''))).toEqual(['join']);
    expect(kinds((await open().toArray()).join(''))).toEqual(['join']);
    expect({ size: streams.size, heard: trace.isHeard('room') }).toEqual({ size: 0, heard: false });
  });
});
