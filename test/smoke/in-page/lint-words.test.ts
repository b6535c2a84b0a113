import { describe, expect, it } from 'vitest';
import { longWordsIn } from '../../../src/smoke/in-page/lint-words.ts';

const TOKEN = 'eyJhbGciOi.eyJkYXRh_-x.c2ln';

class Call {
  #hidden = TOKEN;
  get token(): string {
    throw new Error(`the page's code ran: ${this.#hidden}`);
  }
}

function nest(depth: number): unknown {
  return depth === 0 ? TOKEN : { in: nest(depth - 1) };
}

const circle: Record<string, unknown> = { token: TOKEN };
circle.self = circle;

describe('longWordsIn', () => {
  it.each([
    ['a text', `joining with ${TOKEN}, now`],
    ['JSON', JSON.stringify({ call: { token: TOKEN } })],
    ['an object', { call: { token: TOKEN } }],
    ['a list in a list', [['a', TOKEN]]],
    ['a map', new Map([['call', { token: TOKEN }]])],
    ["a map's keys", new Map([[TOKEN, 1]])],
    ['a set', new Set([TOKEN])],
    ['an error', new Error(`refused: ${TOKEN}`)],
    ["an error's own fields", Object.assign(new Error('refused'), { token: TOKEN })],
    ['an object that holds itself', circle],
    ['the sixth level', nest(6)],
    ['a frozen object', Object.freeze({ token: TOKEN })],
  ])('finds a token in %s', (_, value) => {
    expect(longWordsIn(value)).toContain(TOKEN);
  });

  it.each([
    ['short words', 'two people are in the call'],
    ['numbers', [1, 2, { three: 3 }]],
    ['nothing', undefined],
    ['null', null],
    ['a getter, which would run', new Call()],
    ['a function', () => TOKEN],
    ['the eighth level', nest(8)],
    ['an event target', Object.assign(new EventTarget(), { token: TOKEN })],
  ])('finds none in %s', (_, value) => {
    expect(longWordsIn(value)).toEqual([]);
  });

  it("tells SDK v4's words for a missing login, though they are short", () => {
    const message = 'Argument authToken is missing or invalid, a valid authentication token';
    expect(longWordsIn({ code: 'INVALID', message })).toContain('Argument authToken is missing');
  });

  it.each([
    ['a long recording', new Uint8Array(50_000_000)],
    ['a long list', Array.from({ length: 500_000 }, (_, n) => ({ n }))],
    ['a long text', 'a-long-word-or-two '.repeat(500_000)],
    ['a large map', new Map(Array.from({ length: 200_000 }, (_, n) => [n, { n }]))],
  ])('looks at the beginning of %s only', (_, value) => {
    expect(longWordsIn(value).length).toBeLessThan(2000);
  });

  it('leaves it to its caller that a value cannot be looked at', () => {
    const { proxy, revoke } = Proxy.revocable({}, {});
    revoke();
    expect(() => longWordsIn(proxy)).toThrow(TypeError);
  });
});
