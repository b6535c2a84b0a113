import { describe, expect, it } from 'vitest';
import { createNewest } from '../../src/core/newest.ts';

describe('the newest', () => {
  const keysOf = (newest: ReturnType<typeof createNewest<number>>) =>
    [...'abcdef'].filter(key => newest.get(key) !== undefined).join('');

  it.each([
    ['the first goes where one more comes', 'abcd', 'bcd'],
    ['one that comes again is the newest', 'abcad', 'cad'],
    ['one that went comes again', 'abcda', 'acd'],
    ['all of them go and come', 'abcdefabcdef', 'def'],
    ['the same all the time', 'aaaaaa', 'a'],
  ])('%s', (_, order, kept) => {
    const newest = createNewest<number>(3);
    for (const [index, key] of [...order].entries()) newest.set(key, index);
    expect(keysOf(newest)).toBe([...kept].toSorted().join(''));
  });

  it('goes on after one was taken out, and after all were', () => {
    const newest = createNewest<number>(2);
    for (const key of 'abc') newest.set(key, 1);
    newest.delete('b');
    newest.set('d', 1);
    expect(keysOf(newest)).toBe('cd');
    newest.set('e', 1);
    expect(keysOf(newest)).toBe('de');
    newest.clear();
    for (const key of 'abc') newest.set(key, 1);
    expect(keysOf(newest)).toBe('bc');
  });

  it('tells what it forgets, and nothing of what is taken out', () => {
    const forgotten: string[] = [];
    const newest = createNewest<number>(2, key => forgotten.push(key));
    for (const key of 'abac') newest.set(key, 1);
    newest.delete('a');
    expect(forgotten).toEqual(['b']);
  });

  it('is quick where many come and go', () => {
    const newest = createNewest<number>(10_000);
    const start = performance.now();
    for (let i = 0; i < 200_000; i += 1) newest.set(String(i), i);
    // A walk over emptied places with each would take a hundred times as long.
    expect(performance.now() - start).toBeLessThan(2_000);
    expect([newest.get('189999'), newest.get('190000')]).toEqual([undefined, 190_000]);
  });
});
