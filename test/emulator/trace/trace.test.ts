import { describe, expect, it } from 'vitest';
import { createTrace, type TraceEvent } from '../../../src/emulator/trace/trace.ts';

const NOON = Date.UTC(2026, 10, 20, 12);

function open(limits: { maxEvents?: number; maxSessions?: number } = {}) {
  return createTrace({ now: () => NOON, ...limits });
}

describe('a trace', () => {
  it('tells who listens, in order, with what everybody has first', () => {
    const trace = open();
    const heard: TraceEvent[] = [];
    trace.subscribe('room', event => heard.push(event));
    trace.emit('room', 'join', { name: 'Alice', who: 'alice' });
    trace.emit('room', 'leave');
    expect(heard.map(event => JSON.stringify(event))).toEqual([
      '{"seq":1,"at":"2026-11-20T12:00:00.000Z","session":"room","kind":"join","who":"alice","name":"Alice"}',
      '{"seq":2,"at":"2026-11-20T12:00:00.000Z","session":"room","kind":"leave"}',
    ]);
  });

  it('tells of one session, or of all', () => {
    const trace = open();
    const one: string[] = [];
    const all: string[] = [];
    trace.subscribe('a', event => one.push(event.session));
    trace.subscribe(null, event => all.push(event.session));
    for (const session of ['a', 'b', 'A ']) trace.emit(session, 'join');
    expect({ one, all }).toEqual({ one: ['a', 'a'], all: ['a', 'b', 'a'] });
  });

  it('tells nothing more after the undo, also when a listener undoes another', () => {
    const trace = open();
    let told = 0;
    const undos = [0, 1].map(() =>
      trace.subscribe('a', () => {
        told += 1;
        for (const undo of undos) undo();
      }),
    );
    trace.emit('a', 'join');
    trace.emit('a', 'leave');
    expect(told).toBe(1);
  });

  it('takes no harm from a listener that throws, and does not tell it again', () => {
    const trace = open();
    let thrown = 0;
    let told = 0;
    trace.subscribe('a', () => {
      thrown += 1;
      throw new Error('full');
    });
    trace.subscribe('a', () => {
      told += 1;
    });
    trace.emit('a', 'join');
    trace.emit('a', 'leave');
    expect({ thrown, told }).toEqual({ thrown: 1, told: 2 });
  });

  it('keeps the latest of a session, and as many sessions as it may', () => {
    const trace = open({ maxEvents: 3, maxSessions: 2 });
    for (let i = 0; i < 5; i++) trace.emit('a', `a${i}`);
    trace.emit('b', 'b0');
    trace.emit('a', 'a5');
    trace.emit('c', 'c0');
    const kinds = (session: string) => trace.recent(session).map(event => event.kind);
    expect([kinds('a'), kinds('b'), kinds('c')]).toEqual([['a3', 'a4', 'a5'], [], ['c0']]);
  });

  it('keeps no secret, nor lets a detail take the place of a fact', () => {
    const trace = open();
    trace.emit('a', 'rest', { token: 't-secret', session: 'b', kind: 'x', seq: 99, at: 'never', who: 5 });
    const [event] = trace.recent('a');
    expect(event).toMatchObject({ seq: 1, session: 'a', kind: 'rest', at: '2026-11-20T12:00:00.000Z' });
    expect(JSON.stringify(event)).not.toContain('t-secret');
    expect(event).not.toHaveProperty('who');
  });

  it('hands out what it keeps as a copy', () => {
    const trace = open();
    trace.emit('a', 'join');
    (trace.recent('a') as TraceEvent[]).pop();
    expect(trace.recent('a')).toHaveLength(1);
  });

  it('knows whether anybody listens to a session', () => {
    const trace = open();
    expect(trace.isHeard('a')).toBe(false);
    const undo = trace.subscribe('A', () => {});
    expect([trace.isHeard('a'), trace.isHeard('b')]).toEqual([true, false]);
    undo();
    expect(trace.isHeard('a')).toBe(false);
  });

  it('costs next to nothing while nobody listens', () => {
    const trace = open();
    const detail = { who: 'a1b2c3d4', direction: 'in', name: 'iq', action: 'session-accept', bytes: 1200 };
    const begun = performance.now();
    for (let i = 0; i < 20_000; i++) trace.emit('room', 'stanza', detail);
    // A few microseconds each; 50 even on a machine that is busy with other things.
    expect(performance.now() - begun).toBeLessThan(1_000);
  });
});
