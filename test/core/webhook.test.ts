import { describe, expect, it } from 'vitest';
import { addressEvent, nextAttemptAt } from '../../src/core/webhook.ts';
import { NOW } from './fixtures.ts';

const HOUR = 3_600_000;

describe('the next attempt', () => {
  it.each([
    [1, 5_000],
    [2, 15_000],
    [3, 45_000],
    [7, 3_645_000],
    [8, 3 * HOUR + 135_000],
    [9, 4 * HOUR],
    [50, 4 * HOUR],
  ])('after %i that failed is in %i ms at most, and in half of that at least', (attempts, full) => {
    const at = (random: number) => nextAttemptAt({ attempts, createdAt: NOW, retriedAt: null }, NOW, random);
    expect(at(0)).toBe(NOW + Math.round(full / 2));
    expect(at(1)).toBe(NOW + full);
  });

  it('is none once the event would be more than a day old', () => {
    const createdAt = NOW - 24 * HOUR;
    const once = { attempts: 1, retriedAt: null };
    expect(nextAttemptAt({ ...once, createdAt: createdAt + 5_000 }, NOW, 1)).toBe(NOW + 5_000);
    expect(nextAttemptAt({ ...once, createdAt: createdAt + 4_999 }, NOW, 1)).toBeNull();
  });

  it('counts the day anew for one that was given up and taken up again', () => {
    const retried = { attempts: 1, createdAt: NOW - 99 * HOUR, retriedAt: NOW - 24 * HOUR + 5_000 };
    expect(nextAttemptAt(retried, NOW, 1)).toBe(NOW + 5_000);
    expect(nextAttemptAt({ ...retried, retriedAt: retried.retriedAt - 1 }, NOW, 1)).toBeNull();
  });

  it('comes about 14 times in a day, and then no more', () => {
    let [now, attempts] = [NOW, 0];
    for (;;) {
      attempts += 1;
      const next = nextAttemptAt({ attempts, createdAt: NOW, retriedAt: null }, now, 0.5);
      if (next === null) break;
      now = next;
    }
    expect(attempts).toBe(15);
    expect(now - NOW).toBeGreaterThan(20 * HOUR);
  });
});

describe('an event', () => {
  it('takes no secret along that somebody pasted for a name or an id', () => {
    const data = { uid: 'key=k3y-of-a-link', name: '#key=k3y-of-a-link', reason: null, people: 2 };
    const event = { type: 'person.joined', sessionId: 'team-web#key=k3y-of-a-link', data } as const;
    const [message] = addressEvent(event, 'abc', [{ id: 'aaa', host: 'a.example' }], 0);
    expect(JSON.stringify(message)).not.toContain('k3y');
    expect(JSON.parse(message?.body ?? '').data).toEqual({
      sessionId: 'team-web#key=***',
      uid: 'key=***',
      name: '#key=***',
      reason: null,
      people: 2,
    });
  });

  it('goes to each receiver with the same id and the same bytes', () => {
    const receivers = [
      { id: 'aaa', host: 'a.example' },
      { id: 'bbb', host: 'b.example' },
    ];
    const event = { type: 'person.joined', sessionId: 'room-42', data: { uid: 'alice' } } as const;
    const messages = addressEvent(event, '0001', receivers, NOW);
    expect(messages).toMatchObject([
      { id: '0001aaa', eventId: 'msg_0001', receiver: 'aaa', host: 'a.example', dueAt: NOW, attempts: 0 },
      { id: '0001bbb', eventId: 'msg_0001', receiver: 'bbb', host: 'b.example', dueAt: NOW, attempts: 0 },
    ]);
    expect(messages[0]?.body).toBe(messages[1]?.body);
    expect(JSON.parse(messages[0]?.body ?? '')).toEqual({
      id: 'msg_0001',
      type: 'person.joined',
      createdAt: new Date(NOW).toISOString(),
      data: { sessionId: 'room-42', uid: 'alice' },
    });
  });
});
