import { beforeEach, expect, it } from 'vitest';
import { createFaults, type Faults } from '../../../src/emulator/faults/faults.ts';
import type { Link } from '../../../src/emulator/faults/link.ts';
import { createFakeClock, type FakeClock } from './fake-clock.ts';
import { networkSpec, outageSpec } from './specs.ts';

let clock: FakeClock;
let faults: Faults;

beforeEach(() => {
  clock = createFakeClock();
  faults = createFaults({ clock, now: () => 0, random: () => 0.5 });
});

const linksOf = (uid: string, sessionId = 'daily') => faults.linksFor({ sessionId, uid });
/** Whether a datagram gets through within `ms`. */
function passes(link: Link, ms = 0): boolean {
  let got = false;
  link.pass(Buffer.from('packet'), () => {
    got = true;
  });
  clock.advance(ms);
  return got;
}

it('gives whom and the direction a fault names its effect, also in a call that runs', () => {
  const [alice, bob, stranger] = [linksOf('alice'), linksOf('bob'), linksOf('alice', 'other')];
  faults.add(outageSpec({ sessionId: 'daily', uid: 'alice', direction: 'up' }));
  expect([alice.up, alice.down, bob.up, stranger.up].map(link => passes(link))).toEqual([
    false,
    true,
    true,
    true,
  ]);
});

it('gives a newcomer the faults that are on', () => {
  faults.add(networkSpec({ sessionId: 'daily', delayMs: 10 }));
  const { down } = linksOf('alice');
  expect(passes(down)).toBe(false);
  expect(passes(down, 10)).toBe(true);
});

it.each([
  ['its time', () => clock.advance(2000)],
  ['its withdrawal', () => faults.remove('f1')],
  ['the withdrawal of all', () => faults.clear()],
  ['the end of the emulator', () => faults.close()],
])('is free again after %s, and no timer is left', (_name, end) => {
  const { up } = linksOf('alice');
  faults.add(outageSpec({ forMs: 2000 }));
  expect(passes(up)).toBe(false);
  end();
  expect(passes(up)).toBe(true);
  expect({ timers: clock.timers, faults: faults.list() }).toEqual({ timers: 0, faults: [] });
});

it('forgets a participant whose links are closed', () => {
  const { up, down } = linksOf('alice');
  faults.add(networkSpec({ delayMs: 10 }));
  up.pass(Buffer.from('packet'), () => {
    throw new Error('delivered after the end');
  });
  up.close();
  down.close();
  expect(clock.timers).toBe(0);
  faults.clear();
  expect(passes(up)).toBe(false);
});
