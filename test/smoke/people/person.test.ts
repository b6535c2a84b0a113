import { afterEach, expect, it, vi } from 'vitest';
import { askSnapshot, type Person, startOver } from '../../../src/smoke/people/person.ts';

afterEach(() => {
  vi.useRealTimers();
});

/** Somebody whose page never answers anything. */
function createMute(): Person {
  const frame = { evaluate: () => new Promise(() => {}) };
  return { page: { frames: () => [frame] } } as unknown as Person;
}

it.each([
  ['to tell what it sees', askSnapshot],
  ['to prove anew', startOver],
])('does not wait for ever for a page that is asked %s', async (_, ask) => {
  vi.useFakeTimers();
  const asked = ask(createMute());
  await vi.advanceTimersByTimeAsync(2000);
  expect(await asked).toBeFalsy();
});
