import { expect, it } from 'vitest';
import { createWithdrawn } from '../../../src/emulator/rest/withdrawn.ts';

it('forgets the expired first, then the oldest, and holds no more than it may', () => {
  let now = 0;
  const withdrawn = createWithdrawn(() => now, 2);
  withdrawn.add('short', 10);
  withdrawn.add('long', 100);
  expect([withdrawn.has('short'), withdrawn.has('long'), withdrawn.has('other')]).toEqual([
    true,
    true,
    false,
  ]);
  now = 50;
  withdrawn.add('third', 100);
  expect([withdrawn.has('short'), withdrawn.has('long'), withdrawn.has('third')]).toEqual([
    false,
    true,
    true,
  ]);
  withdrawn.add('fourth', 100);
  expect([withdrawn.has('long'), withdrawn.has('third'), withdrawn.has('fourth')]).toEqual([
    false,
    true,
    true,
  ]);
});
