import { describe, expect, it } from 'vitest';
import { createAuditFolds } from '../../../src/server/audit-folds.ts';
import { countWalks } from '../../walks.ts';

/** What a meeting refuses, of which each session has a record of its own. */
const refusal = (sessionId: string) => ({
  action: 'authorize' as const,
  outcome: 'MEETING_ENDED' as const,
  address: '10.0.0.1',
  sessionId,
});
const AT = 1_000_000;

describe('which refusals are repeats', () => {
  it('are those alike within a minute', () => {
    const folds = createAuditFolds();
    expect(folds.fold(refusal('a'), '1', AT)).toBeUndefined();
    expect(folds.fold(refusal('a'), '2', AT + 59_999)).toBe('1');
    expect(folds.fold(refusal('b'), '3', AT)).toBeUndefined();
    expect(folds.fold(refusal('a'), '4', AT + 60_000)).toBeUndefined();
  });

  it('are not those for another reason, ten of which are told apart', () => {
    const folds = createAuditFolds();
    const why = (detail: string) => ({ ...refusal('a'), outcome: 'NO_IDENTITY', detail });
    expect(folds.fold(why('expired'), '1', AT)).toBeUndefined();
    expect(folds.fold(why('of another audience'), '2', AT)).toBeUndefined();
    expect(folds.fold(why('expired'), '3', AT)).toBe('1');
    expect(folds.fold(why('of another audience'), '4', AT)).toBe('2');
    const rows = Array.from({ length: 500 }, (_, index) => {
      const quoted = String.fromCharCode(0x4e00 + index);
      return folds.fold(why(quoted), quoted, AT);
    }).filter(id => id === undefined);
    // Eight more, and one for all the others.
    expect(rows).toHaveLength(9);
  });

  it('are those whose reasons differ in a number', () => {
    const folds = createAuditFolds();
    const wait = (seconds: number) => ({ ...refusal('a'), detail: `try again in ${seconds} s` });
    folds.fold(wait(20), '1', AT);
    expect(folds.fold(wait(7), '2', AT)).toBe('1');
  });

  it('are none of a record that could not be stored, but of the one after it', () => {
    const folds = createAuditFolds();
    folds.fold(refusal('a'), '1', AT);
    folds.forget('1');
    expect(folds.fold(refusal('a'), '2', AT)).toBeUndefined();
    folds.forget('1');
    expect(folds.fold(refusal('a'), '3', AT)).toBe('2');
  });

  it('is known without looking through all of them, also when they could not be stored', () => {
    const folds = createAuditFolds();
    for (let count = 0; count < 50_000; count += 1) folds.fold(refusal(`${count}`), `${count}`, AT);
    const walks = countWalks(() => {
      for (let count = 0; count < 1_000; count += 1) folds.fold(refusal(`new ${count}`), `new ${count}`, AT);
      for (let count = 0; count < 1_000; count += 1) folds.forget(`new ${count}`);
    });
    expect(walks).toBe(0);
    expect(folds.fold(refusal('999'), 'x', AT)).toBeUndefined();
    expect(folds.fold(refusal('2000'), 'y', AT)).toBe('2000');
    expect(folds.fold(refusal('new 0'), 'z', AT)).toBeUndefined();
  });
});
