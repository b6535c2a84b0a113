import { describe, expect, it } from 'vitest';
import { MeetError } from '../../src/core/errors.ts';

describe('an expected failure', () => {
  it('is known as one also when another bundle made it', () => {
    const ofAnotherBundle = Object.assign(new Error('taken'), { name: 'MeetError', code: 'ID_TAKEN' });
    expect(ofAnotherBundle instanceof MeetError).toBe(true);
    expect(new MeetError('ID_TAKEN', 'taken') instanceof MeetError).toBe(true);
  });

  it.each([new Error('x'), new TypeError('x'), { name: 'MeetError', code: 'ID_TAKEN' }, 'MeetError', null])(
    'is not %s',
    value => {
      expect(value instanceof MeetError).toBe(false);
    },
  );

  it('keeps its cause and its facts', () => {
    const cause = new Error('why');
    expect(new MeetError('STORE_FAILED', 'x', { cause, detail: { file: 'a' } })).toMatchObject({
      cause,
      detail: { file: 'a' },
    });
    expect('cause' in new MeetError('STORE_FAILED', 'x')).toBe(false);
  });
});
