import { expect, it } from 'vitest';
import { createOwnPage } from '../../../src/smoke/pages/own-page.ts';
import { createChronicle } from '../../../src/smoke/people/chronicle.ts';
import type { Person } from '../../../src/smoke/people/person.ts';

/** Vitest fails on a rejection that nobody hears, which would end the whole process outside of it. */
it('ends with the signal where the leave button is not pressed, and leaves no rejection behind', async () => {
  const button = { click: () => new Promise(() => {}) };
  const page = { locator: () => ({ first: () => button }) };
  const person = { name: 'bob', chronicle: createChronicle(), page } as unknown as Person;
  const ending = new AbortController();
  const leaving = createOwnPage().leave(person, ending.signal);
  ending.abort(new Error('waited 10 s'));
  await expect(leaving).rejects.toThrow('waited 10 s');
});
