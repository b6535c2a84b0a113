import { describe, expect, it } from 'vitest';
import { emptyFacts } from '../../../src/smoke/lint/facts.ts';
import { note } from '../../../src/smoke/lint/record-page.ts';
import { CALL, container, OTHER, socket } from './alice.ts';

describe('what a page tells', () => {
  it('is noted by its kind', () => {
    const facts = emptyFacts('alice');
    const place = { goneAt: null };
    note({ kind: 'said', words: 'a-long-word', t: 1 }, facts, place);
    note({ kind: 'insecure', url: 'http://app.example.com/', t: 2 }, facts, place);
    note({ kind: 'container', ...container({ t: 3 }) }, facts, place);
    expect(facts).toMatchObject({
      said: [{ words: 'a-long-word', t: 1 }],
      insecure: [{ url: 'http://app.example.com/', t: 2 }],
      containers: [{ width: 640, t: 3 }],
    });
  });

  it('tells when the call was taken off the page, and that it is back', () => {
    const facts = emptyFacts('alice');
    const place = { goneAt: null };
    note({ kind: 'container', ...container() }, facts, place);
    note({ kind: 'gone', t: 5 }, facts, place);
    expect(place.goneAt).toBe(5);
    note({ kind: 'container', ...container({ t: 9 }) }, facts, place);
    expect(place.goneAt).toBe(null);
  });

  it.each([
    ['the open socket of that address', CALL, [4, null]],
    ['no socket of another address', 'somebody-elses-token', [null, null]],
  ])('ends %s', (_, token, ends) => {
    const sockets = [socket(CALL, 1, null), socket(OTHER, 2, null)];
    note(
      { kind: 'parting', url: socket(token, 0, null).url, t: 4 },
      { ...emptyFacts('a'), sockets },
      { goneAt: null },
    );
    expect(sockets.map(({ closedAt }) => closedAt)).toEqual(ends);
  });

  it('ends the open one where an earlier one had the same address', () => {
    const sockets = [socket(CALL, 1, 2), socket(CALL, 3, null)];
    note(
      { kind: 'parting', url: socket(CALL, 0, null).url, t: 4 },
      { ...emptyFacts('a'), sockets },
      { goneAt: null },
    );
    expect(sockets.map(({ closedAt }) => closedAt)).toEqual([2, 4]);
  });
});
