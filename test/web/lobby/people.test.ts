import { expect, it } from 'vitest';
import { sayPeople } from '../../../web/lobby/people.ts';

it.each([
  [[], 'Nobody else is here yet.'],
  [['Alice'], 'Alice is here.'],
  [['Alice', 'Bob'], 'Alice and Bob are here.'],
  [['Alice', 'Bob', 'Carol', 'Dave'], 'Alice, Bob, Carol, and Dave are here.'],
  [['Alice', 'Bob', 'Carol', 'Dave', 'Erin'], 'Alice, Bob, Carol, and 2 others are here.'],
])('of %j says who is here', (names, words) => {
  expect(sayPeople(names)).toBe(words);
});
