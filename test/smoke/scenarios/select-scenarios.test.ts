import { describe, expect, it } from 'vitest';
import { SCENARIOS } from '../../../src/smoke/scenarios/all.ts';
import { asksForList, selectScenarios } from '../../../src/smoke/scenarios/select-scenarios.ts';
import { scenario } from './stand-ins.ts';

const all = ['leave-button', 'fault-loss', 'fault-delay'].map(name => scenario({ name }));

describe('selectScenarios', () => {
  it.each([
    ['nothing unless asked', {}, []],
    ['everything', { all: true }, ['leave-button', 'fault-loss', 'fault-delay']],
    [
      'some, in the order they are named',
      { only: ['fault-delay', ' leave-button'] },
      ['fault-delay', 'leave-button'],
    ],
    ['each once', { only: ['fault-loss', 'fault-loss'] }, ['fault-loss']],
  ])('takes %s', (_, wish, names) => {
    expect(selectScenarios(wish, all).map(({ name }) => name)).toEqual(names);
  });

  it.each([
    [
      { only: ['fault-los'] },
      'no scenario is called "fault-los" (did you mean fault-loss?); there are leave-button, f',
    ],
    [
      { only: ['earthquake'] },
      'no scenario is called "earthquake"; there are leave-button, fault-loss, fault-delay.',
    ],
    [{ only: [''] }, 'no scenario is called ""'],
    [{ all: true, only: ['fault-loss'] }, 'leave one of them out'],
  ])('refuses %j', (wish, words) => {
    expect(() => selectScenarios(wish, all)).toThrow(expect.objectContaining({ code: 'BAD_REQUEST' }));
    expect(() => selectScenarios(wish, all)).toThrow(words);
  });

  it.each([
    [{ only: ['help'] }, true],
    [{ only: ['fault-loss'] }, false],
    [{}, false],
  ])('knows whether %j asks for the list', (wish, asked) => {
    expect(asksForList(wish)).toBe(asked);
  });
});

describe('the scenarios', () => {
  it('have names of their own that --only can take', () => {
    const names = SCENARIOS.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    for (const name of names) expect(name).toMatch(/^(?!help$)[a-z0-9]+(-[a-z0-9]+)*$/);
  });
});
