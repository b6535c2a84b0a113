import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createCounts } from '../../../src/emulator/trace/counts.ts';

let heard: boolean;
let told: string[];

beforeEach(() => {
  vi.useFakeTimers();
  heard = true;
  told = [];
});
afterEach(() => void vi.useRealTimers());

const open = () =>
  createCounts({
    isHeard: () => heard,
    tell: (endpoint, totals) => told.push(`${endpoint} ${JSON.stringify(totals)}`),
  });

it('tells bit rates and losses of the last two seconds, of whoever sent or got anything', () => {
  const counts = open();
  const [a] = [counts.open('a'), counts.open('b')];
  a.bytes.up += 250_000;
  a.bytes.down += 1_000;
  a.lost.down += 7;
  vi.advanceTimersByTime(2_000);
  a.bytes.up += 500;
  vi.advanceTimersByTime(2_000);
  expect(told).toEqual(['a {"upKbps":1000,"downKbps":4,"downLost":7}', 'a {"upKbps":2,"downKbps":0}']);
});

it('tells nobody who does not listen, and begins with what is then', () => {
  const a = open().open('a');
  heard = false;
  a.bytes.up += 250_000;
  vi.advanceTimersByTime(2_000);
  heard = true;
  a.bytes.up += 25_000;
  vi.advanceTimersByTime(2_000);
  expect(told).toEqual(['a {"upKbps":100,"downKbps":0}']);
});

it('leaves no timer in an empty room, and begins again with the next one', () => {
  const counts = open();
  const [a, b] = [counts.open('a'), counts.open('b')];
  a.close();
  expect(vi.getTimerCount()).toBe(1);
  b.close();
  expect(vi.getTimerCount()).toBe(0);
  counts.open('c').bytes.up += 1_000;
  vi.advanceTimersByTime(2_000);
  expect(told).toEqual(['c {"upKbps":4,"downKbps":0}']);
});

it('goes on with the later counter of an endpoint, whose transport was opened anew', () => {
  const counts = open();
  const first = counts.open('a');
  const second = counts.open('a');
  first.close();
  second.bytes.up += 1_000;
  vi.advanceTimersByTime(2_000);
  expect(told).toEqual(['a {"upKbps":4,"downKbps":0}']);
  second.close();
  expect(vi.getTimerCount()).toBe(0);
});
