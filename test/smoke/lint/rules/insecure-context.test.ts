import { expect, it } from 'vitest';
import { alice, blame, words } from '../alice.ts';

it('web/insecure-context finds a page on plain http, and names its origin alone', () => {
  const facts = alice({ insecure: [{ t: 1, url: 'http://app.example.com/meet/room-1?key=k#x' }] });
  expect(blame(facts)).toEqual(['web/insecure-context error']);
  expect(words(facts)).toMatch(/^http:\/\/app\.example\.com is no secure context/);
});

it('web/insecure-context says nothing where the browser did not complain', () => {
  expect(blame(alice({ insecure: [] }))).toEqual([]);
});
