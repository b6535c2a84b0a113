import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkSessionId, isSessionId, slug } from '../../src/core/slug.ts';
import { codeOf } from './fixtures.ts';

describe('a slug', () => {
  it.each([
    ['42', '42'],
    ['@acme/web', 'acme-web'],
    ['Café Zürich', 'cafe-zurich'],
    ['Straße', 'strasse'],
    ['ﬁve Ⅳ ²', 'five-iv-2'],
    ['İstanbul', 'istanbul'],
    ['a__b--c', 'a-b-c'],
    ['-- x --', 'x'],
    ['日本 room', 'room'],
    ['🙂ok🙂', 'ok'],
  ])('of %j is %s', (text, expected) => {
    expect(slug(text, 'id')).toBe(expected);
  });

  it.each(['', '   ', '日本', '@/', '🙂'])('of %j is refused', async text => {
    expect(await codeOf(() => slug(text, 'id'))).toBe('BAD_ID');
  });

  it('of anything is a session id, or refused, and its own slug', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 40 }), text => {
        fc.pre(/[a-z0-9]/i.test(text));
        const made = slug(text, 'id');
        expect(isSessionId(made) || made.length > 100).toBe(true);
        expect(slug(made, 'id')).toBe(made);
      }),
    );
  });
});

describe('a session id', () => {
  it.each(['a', '0', 'room-42', 'a-', 'x'.repeat(100)])('can be %s', text => {
    expect(checkSessionId(text)).toBe(text);
  });

  it.each(['', '-a', 'Room', 'a_b', 'a b', 'é', 'x'.repeat(101), 'a\n'])('cannot be %j', async text => {
    expect(await codeOf(() => checkSessionId(text))).toBe('BAD_ID');
  });
});
