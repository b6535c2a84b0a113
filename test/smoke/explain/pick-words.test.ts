import { describe, expect, it } from 'vitest';
import { pickWords } from '../../../src/smoke/explain/pick-words.ts';

describe('pickWords', () => {
  it.each([
    ['Team\n\nYour  camera is blocked.\nLeave', 'Your camera is blocked.', true],
    ['No microphone & camera\nNo microphone & camera', 'No microphone & camera', true],
    ['Permission denied\nAllow it', 'Permission denied / Allow it', true],
    ['Team\n\nWaiting', 'Team / Waiting', false],
    ['', '', false],
    [`camera ${'x'.repeat(200)}`, `camera ${'x'.repeat(132)}…`, true],
  ])('of %j keeps %j', (shown, words, fitting) => {
    expect(pickWords(shown)).toEqual({ words, fitting });
  });
});
