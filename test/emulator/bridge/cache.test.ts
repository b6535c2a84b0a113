import { expect, it } from 'vitest';
import { createCache } from '../../../src/emulator/bridge/cache.ts';

const packet = (sequence: number) => Buffer.from(String(sequence));

it('gives back what it was given, by number', () => {
  const cache = createCache(4);
  for (const sequence of [65_536, 65_537, 65_538]) cache.put(sequence, packet(sequence), 0);
  expect(cache.get(65_537, 10)).toEqual(packet(65_537));
  expect(cache.get(65_539, 10)).toBeNull();
});

it('keeps the latest, so many and no more', () => {
  const cache = createCache(4);
  for (let sequence = 1; sequence <= 10; sequence++) cache.put(sequence, packet(sequence), 0);
  const held = Array.from({ length: 12 }, (_, i) => cache.get(i, 0)).filter(kept => kept !== null);
  expect(held).toEqual([7, 8, 9, 10].map(packet));
});

it('takes each number once, and nothing older than all it keeps', () => {
  const cache = createCache(4);
  expect([10, 10, 8, 6, 7].map(sequence => cache.put(sequence, packet(sequence), 0))).toEqual([
    ...[true, false, true, false, true],
  ]);
});

it('hands out nothing that has grown old', () => {
  const cache = createCache(4, 1_000);
  cache.put(1, packet(1), 0);
  expect([cache.get(1, 1_000), cache.get(1, 1_001)]).toEqual([packet(1), null]);
});

it('is empty after it was cleared', () => {
  const cache = createCache(4);
  cache.put(10, packet(10), 0);
  cache.clear();
  expect([cache.get(10, 0), cache.put(1, packet(1), 0)]).toEqual([null, true]);
});
