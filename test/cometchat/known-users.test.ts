import { describe, expect, it } from 'vitest';
import { createKnownUsers } from '../../src/cometchat/known-users.ts';
import { countWalks } from '../walks.ts';

describe('the users that are known', () => {
  it('are known for ten minutes, by their latest name', () => {
    let now = 0;
    const users = createKnownUsers(() => now);
    users.note('a', 'Ann');
    users.note('a', 'Anna');
    now = 599_999;
    expect(users.nameOf('a')).toBe('Anna');
    now = 600_000;
    expect(users.nameOf('a')).toBeUndefined();
  });

  it('are the newest 10,000, found without looking through all of them', () => {
    const users = createKnownUsers(() => 0);
    for (let count = 0; count < 10_000; count += 1) users.note(`${count}`, 'x');
    users.note('0', 'again');
    users.forget('1');
    users.note('one more', 'x');
    const walks = countWalks(() => {
      for (let count = 0; count < 1_000; count += 1) users.note(`new ${count}`, 'x');
    });
    expect(walks).toBe(0);
    expect(['0', '1001', '1002'].map(uid => users.nameOf(uid))).toEqual(['again', undefined, 'x']);
  });
});
