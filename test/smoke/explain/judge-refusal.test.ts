import { describe, expect, it } from 'vitest';
import { judgeRefusal, type Refusal } from '../../../src/smoke/explain/judge-refusal.ts';

const refusalWith = (changes: Partial<Refusal>): Refusal => ({
  error: 'NotAllowedError',
  answers: true,
  words: 'Allow your camera',
  fitting: true,
  thrown: null,
  ...changes,
});

describe('judgeRefusal', () => {
  it.each<[string, Partial<Refusal>, string]>([
    [
      'a page that says why',
      {},
      'eve was refused her devices (NotAllowedError), and her page says "Allow your camera"',
    ],
    [
      'an error beside fitting words',
      { thrown: 'NotAllowedError' },
      'eve was refused her devices (NotAllowedError), and her page says "Allow your camera"',
    ],
    [
      'no token that stands on the page',
      { words: 'device token=abcdef123456 was denied' },
      'eve was refused her devices (NotAllowedError), and her page says "device token=[redacted] was denied"',
    ],
    [
      'a page that goes on without a word on it',
      { words: 'Waiting', fitting: false },
      'eve was refused her devices (NotAllowedError), and her page says "Waiting"',
    ],
    ['a page that never asks', { error: null }, "eve's page never asked for the devices that she is denied"],
  ])('takes %s as expected', (_, changes, words) => {
    expect(judgeRefusal('eve', refusalWith(changes))).toBe(words);
  });

  it.each<[string, Partial<Refusal>, string]>([
    ['does not answer', { answers: false, words: '' }, 'and her page does not answer any more'],
    ['is blank', { words: '', fitting: false }, 'and her page shows nothing at all'],
    [
      'is blank after an error',
      { words: '', thrown: 'no stream\n  at x' },
      'and her page shows nothing at all; it threw: no stream',
    ],
    [
      'throws and leaves her in the dark',
      { words: 'Connecting', fitting: false, thrown: 'no stream' },
      'and her page says "Connecting", and nothing of her devices; it threw: no stream',
    ],
    ['is blank without asking', { error: null, words: '' }, "eve's page shows nothing at all"],
  ])('fails on a page that %s', (_, changes, words) => {
    expect(() => judgeRefusal('eve', refusalWith(changes))).toThrow(
      expect.objectContaining({ message: expect.stringContaining(words), detail: { phase: 'camera' } }),
    );
  });
});
