import { describe, expect, it } from 'vitest';
import { endsWithin, lateSignal, limitSignal } from '../../src/smoke/signals.ts';

const never = new Promise<never>(() => {});
const aborted = (signal: AbortSignal) =>
  new Promise(resolve => signal.addEventListener('abort', () => resolve(signal.reason)));

describe('endsWithin', () => {
  it.each([
    ['what ends', Promise.resolve(), 1000, true],
    ['what does not', never, 5, false],
  ])('tells of %s', async (_, promise, ms, ended) => {
    expect(await endsWithin(promise, ms)).toBe(ended);
  });

  it('rejects with what it waits for', async () => {
    await expect(endsWithin(Promise.reject(new Error('no')), 1000)).rejects.toThrow('no');
  });
});

describe('limitSignal', () => {
  const parent = new AbortController().signal;

  it('aborts when the time is over', async () => {
    const { signal } = limitSignal(parent, 5, 'too late');
    expect(await aborted(signal)).toEqual(new Error('too late'));
  });

  it('takes times that are longer than a timer can be', async () => {
    const limit = limitSignal(parent, 30 * 24 * 60 * 60 * 1000, 'too late');
    expect(await endsWithin(aborted(limit.signal), 20)).toBe(false);
    limit.release();
  });
});

describe('lateSignal', () => {
  it('aborts after another did, with its reason', async () => {
    const first = new AbortController();
    const late = lateSignal(first.signal, 5);
    expect(late.signal.aborted).toBe(false);
    first.abort('over');
    expect(late.signal.aborted).toBe(false);
    expect(await aborted(late.signal)).toBe('over');
  });

  it('aborts also when the other was first', async () => {
    expect(await aborted(lateSignal(AbortSignal.abort('over'), 5).signal)).toBe('over');
  });

  it('never aborts once it is released', async () => {
    const late = lateSignal(AbortSignal.abort('over'), 5);
    late.release();
    expect(await endsWithin(aborted(late.signal), 20)).toBe(false);
  });
});
