import { beforeEach, describe, expect, it } from 'vitest';
import type { Shape } from '../../../src/emulator/faults/shape.ts';
import {
  createShapedLink,
  HELD_BYTES,
  QUEUE_MS,
  type ShapedLink,
} from '../../../src/emulator/faults/shaped-link.ts';
import { createFakeClock, type FakeClock } from './fake-clock.ts';
import { CLEAR } from './specs.ts';

/** With 28 bytes of headers: 1000 bits. */
const PACKET_BYTES = 97;

let clock: FakeClock;
let dice: number[];
let link: ShapedLink;
let arrived: { readonly name: number; readonly at: number }[];

beforeEach(() => {
  clock = createFakeClock();
  dice = [];
  link = createShapedLink({ clock, random: () => dice.shift() ?? 0.5 });
  arrived = [];
});

function send(name: number, bytes = PACKET_BYTES): void {
  const datagram = Buffer.alloc(bytes);
  datagram.writeUInt32BE(name);
  link.pass(datagram, each => arrived.push({ name: each.readUInt32BE(), at: clock.now() }));
}
const shape = (changes: Partial<Shape>) => link.shape({ ...CLEAR, ...changes });
const names = () => arrived.map(({ name }) => name);
const times = () => arrived.map(({ at }) => at);

describe('a link', () => {
  it('without faults hands the very datagram on at once, and sets no timer', () => {
    const datagram = Buffer.from('packet');
    const got: Buffer[] = [];
    link.pass(datagram, each => got.push(each));
    expect(got[0]).toBe(datagram);
    expect(clock.timers).toBe(0);
  });

  it('loses those whose dice fall below the loss, and is not late with the others', () => {
    shape({ loss: 0.2 });
    dice = [0.19, 0.2, 0.9, 0, 0.21];
    for (let name = 0; name < 5; name++) send(name);
    expect(names()).toEqual([1, 2, 4]);
    expect(clock.timers).toBe(0);
  });

  it('loses all at 1, whatever the dice say', () => {
    shape({ loss: 1 });
    dice = [0.999999];
    send(0);
    expect(arrived).toEqual([]);
  });

  it('delays each by the delay', () => {
    shape({ delayMs: 100 });
    send(1);
    clock.advance(30);
    send(2);
    clock.advance(200);
    expect(arrived).toEqual([
      { name: 1, at: 100 },
      { name: 2, at: 130 },
    ]);
  });

  it('keeps a copy of what it delays: the sender may write into its Buffer again', () => {
    shape({ delayMs: 10 });
    const datagram = Buffer.from('first');
    const got: string[] = [];
    link.pass(datagram, each => got.push(each.toString()));
    datagram.fill('x');
    clock.advance(10);
    expect(got).toEqual(['first']);
  });

  it('adds jitter from nothing to all of it, and lets none overtake', () => {
    shape({ delayMs: 50, jitterMs: 40 });
    dice = [1, 0, 0.5];
    send(1);
    clock.advance(5);
    send(2);
    clock.advance(60);
    send(3);
    clock.advance(200);
    expect(arrived).toEqual([
      { name: 1, at: 90 },
      { name: 2, at: 90 },
      { name: 3, at: 135 },
    ]);
  });

  it('lets datagrams overtake each other when reordering is asked for', () => {
    shape({ delayMs: 50, jitterMs: 40, reorder: true });
    dice = [1, 0];
    send(1);
    send(2);
    clock.advance(100);
    expect(arrived).toEqual([
      { name: 2, at: 50 },
      { name: 1, at: 90 },
    ]);
  });

  it('sends as fast as the cap, headers counted', () => {
    shape({ bitsPerSecond: 100_000 });
    for (let name = 0; name < 3; name++) send(name);
    clock.advance(1000);
    expect(times()).toEqual([10, 20, 30]);
  });

  it('drops at the tail what the queue before the cap cannot hold', () => {
    shape({ bitsPerSecond: 100_000 });
    for (let name = 0; name < 100; name++) send(name);
    clock.advance(10_000);
    // The one that finds the line busy for exactly the queue's time still fits.
    expect(names()).toEqual(Array.from({ length: QUEUE_MS / 10 + 1 }, (_, name) => name));
  });

  it('is full speed again once the queue has emptied', () => {
    shape({ bitsPerSecond: 100_000 });
    for (let name = 0; name < 100; name++) send(name);
    clock.advance(1000);
    arrived = [];
    send(7);
    clock.advance(10);
    expect(arrived).toEqual([{ name: 7, at: 1010 }]);
  });

  it('passes one datagram at a time through a cap that takes longer than the queue for it', () => {
    shape({ bitsPerSecond: 1000 });
    send(1);
    send(2);
    clock.advance(3000);
    expect(arrived).toEqual([{ name: 1, at: 1000 }]);
  });

  it('holds no more bytes than its limit, however long the delay', () => {
    shape({ delayMs: 60_000 });
    const bytes = 1 << 20;
    for (let name = 0; name < 10; name++) send(name, bytes);
    clock.advance(60_000);
    expect(arrived).toHaveLength(HELD_BYTES / bytes);
  });

  it('sets one timer for all that wait, and none after the last', () => {
    shape({ delayMs: 10 });
    for (let name = 0; name < 50; name++) send(name);
    expect(clock.timers).toBe(1);
    clock.advance(10);
    expect(clock.timers).toBe(0);
    expect(arrived).toHaveLength(50);
  });
});

describe('a change', () => {
  it('to no faults delivers what is under way at once, in order, and leaves no timer', () => {
    shape({ delayMs: 500 });
    for (let name = 0; name < 3; name++) send(name);
    link.shape(null);
    send(3);
    expect(names()).toEqual([0, 1, 2, 3]);
    expect(clock.timers).toBe(0);
  });

  it('to less delay does not let new ones overtake those under way', () => {
    shape({ delayMs: 500 });
    send(1);
    shape({ delayMs: 10 });
    send(2);
    clock.advance(500);
    expect(arrived).toEqual([
      { name: 1, at: 500 },
      { name: 2, at: 500 },
    ]);
  });

  it('to an outage loses what is under way and all that comes, until it is over', () => {
    shape({ delayMs: 10 });
    send(1);
    shape({ isOut: true });
    send(2);
    clock.advance(100);
    expect(clock.timers).toBe(0);
    link.shape(null);
    send(3);
    expect(names()).toEqual([3]);
  });
});

describe('a closed link', () => {
  it('delivers nothing any more, and leaves no timer', () => {
    shape({ delayMs: 10 });
    send(1);
    link.close();
    send(2);
    shape({ delayMs: 20 });
    link.shape(null);
    send(3);
    clock.advance(100);
    expect(arrived).toEqual([]);
    expect(clock.timers).toBe(0);
  });

  it('may be closed by what it delivers', () => {
    shape({ delayMs: 10 });
    link.pass(Buffer.from('last'), () => link.close());
    send(2);
    clock.advance(100);
    expect(arrived).toEqual([]);
    expect(clock.timers).toBe(0);
  });
});
