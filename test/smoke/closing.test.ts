import { expect, it } from 'vitest';
import { closeAll } from '../../src/smoke/closing.ts';

const never = () => new Promise<never>(() => {});

it('closes everything, whatever fails or hangs beside it, and tells what did', async () => {
  const closed: string[] = [];
  const troubles = await closeAll(
    [
      never,
      async () => {
        throw new Error('the server did not stop');
      },
      () => {
        throw new Error('at once');
      },
      async () => closed.push('the last'),
    ],
    20,
  );
  expect(closed).toEqual(['the last']);
  expect(troubles).toEqual([
    'something of this run did not close within 0.02 s and was left',
    'the server did not stop',
    'at once',
  ]);
});

it('has nothing to tell of what closes', async () => {
  expect(await closeAll([async () => 1, async () => undefined])).toEqual([]);
});
