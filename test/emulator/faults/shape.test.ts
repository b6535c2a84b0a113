import { expect, it } from 'vitest';
import { createBook } from '../../../src/emulator/faults/book.ts';
import { shapeOf } from '../../../src/emulator/faults/shape.ts';
import { createFakeClock } from './fake-clock.ts';
import { CLEAR, networkSpec, outageSpec } from './specs.ts';

function shapes(...specs: Parameters<typeof networkSpec>[0][]) {
  const book = createBook({ clock: createFakeClock(), now: () => 0 });
  for (const spec of specs) book.add(networkSpec(spec));
  const of = (direction: 'up' | 'down') =>
    shapeOf(direction, book.find('network', {}), book.find('outage', {}));
  return { book, up: () => of('up'), down: () => of('down') };
}

it('is none without faults', () => {
  expect(shapes().up()).toBeNull();
});

it('is none in the direction that no fault is for', () => {
  const { up, down } = shapes({ direction: 'up', loss: 20 });
  expect(up()).toEqual({ ...CLEAR, loss: expect.closeTo(0.2) });
  expect(down()).toBeNull();
});

it('of two networks is that of one behind the other', () => {
  const one = { loss: 50, delayMs: 100, jitterMs: 10, bitsPerSecond: 300_000 };
  const { up } = shapes(one, { loss: 20, delayMs: 20, jitterMs: 5, reorder: true, bitsPerSecond: 100_000 });
  expect(up()).toEqual({
    isOut: false,
    loss: expect.closeTo(0.6),
    delayMs: 120,
    jitterMs: 15,
    reorder: true,
    bitsPerSecond: 100_000,
  });
});

it('of an outage lets nothing through, with or without a bad network', () => {
  const { book, up, down } = shapes({ direction: 'down', delayMs: 7 });
  book.add(outageSpec());
  expect(up()).toEqual({ ...CLEAR, isOut: true });
  expect(down()).toEqual({ ...CLEAR, isOut: true, delayMs: 7 });
});
