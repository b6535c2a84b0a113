import { describe, expect, it } from 'vitest';
import {
  checkLink,
  fillIn,
  fillInLink,
  isLocal,
  namesSession,
  type Words,
} from '../../../src/smoke/pages/fill-in.ts';

const words: Words = { sessionId: 'a1', uid: 'cometchat-uid-1', name: 'Ann & Bob', n: '1' };

describe('a link with words in braces', () => {
  it.each([
    ['http://localhost:5173/meet/{sessionId}?uid={uid}', 'http://localhost:5173/meet/a1?uid=cometchat-uid-1'],
    ['http://localhost/?as={n}&name={name}', 'http://localhost/?as=1&name=Ann%20%26%20Bob'],
    ['https://example.com/fixed#key=1', 'https://example.com/fixed#key=1'],
  ])('%s becomes %s', (link, filled) => {
    expect(() => checkLink(link)).not.toThrow();
    expect(fillInLink(link, words)).toBe(filled);
  });

  it.each([
    ['http://localhost/{sesionId}', /\{sesionId\}.*did you mean \{sessionId\}\?/],
    ['http://localhost/{x}', /there are \{sessionId\}, \{uid\}, \{name\}, \{n\}/],
    ['localhost:5173', /is not a link to a page/],
    ['file:///etc/passwd', /is not a link to a page/],
  ])('%s is refused', (link, message) => {
    expect(() => checkLink(link)).toThrow(message);
  });

  it.each([
    ['http://localhost:5173/{sessionId}', true],
    ['http://app.localhost/', true],
    ['http://127.0.0.1:80/', true],
    ['http://[::1]:80/', true],
    ['https://staging.example.com/{sessionId}', false],
    ['https://localhost.example.com/', false],
  ])('%s is of this machine: %s', (link, local) => {
    expect(isLocal(link)).toBe(local);
  });

  it('has a session of its own only where it says so', () => {
    expect(namesSession('http://localhost/{sessionId}')).toBe(true);
    expect(namesSession('http://localhost/{uid}')).toBe(false);
  });
});

it('plain text is filled in as it is', () => {
  expect(fillIn('{name} ({uid})', words)).toBe('Ann & Bob (cometchat-uid-1)');
});
