import { describe, expect, it } from 'vitest';
import type { STATUSES } from '../../src/server/statuses.ts';
import { ApiError } from '../../web/api.ts';
import { Failure, toFailure } from '../../web/failure.ts';
import { failureText, isDenial, texts } from '../../web/texts.ts';

describe('a failure', () => {
  it.each([
    ['our server', new ApiError('NOT_ALLOWED', 403, 'no'), 'NOT_ALLOWED'],
    ['SDK v4', { code: 'AUTH_ERR_NO_ACCESS', message: 'no' }, 'AUTH_ERR_NO_ACCESS'],
    ['SDK v5', { errorCode: 'ERROR_BLANK_AUTHTOKEN', errorDescription: 'no' }, 'ERROR_BLANK_AUTHTOKEN'],
    ['v5’s init', { name: 'VALIDATION_ERROR', message: 'no' }, 'VALIDATION_ERROR'],
    ['nothing at all', undefined, 'UNKNOWN'],
  ])('of %s keeps its code', (_, error, code) => {
    expect(toFailure(error, 'join')).toMatchObject({ code, phase: 'join' });
  });

  it('keeps the phase that it was first told with', () => {
    expect(toFailure(new Failure('GUESTS_OFF', 'identity'), 'join').phase).toBe('identity');
  });

  it.each([
    'BAD_REQUEST',
    'NO_IDENTITY',
    'NOT_ALLOWED',
    'GUESTS_OFF',
    'BAD_ORIGIN',
    'BAD_HOST',
    'NOT_FOUND',
    'MEETING_NOT_FOUND',
    'MEETING_NOT_STARTED',
    'MEETING_EXPIRED',
    'MEETING_ENDED',
    'BODY_TOO_LARGE',
    'NOT_JSON',
    'RATE_LIMITED',
    'INTERNAL',
    'STORE_FAILED',
    'UNAVAILABLE',
    'COMETCHAT_FAILED',
    'COMETCHAT_UNREACHABLE',
    'COMETCHAT_BUSY',
    'COMETCHAT_DOWN',
    'USER_UNKNOWN',
  ] satisfies (keyof typeof STATUSES)[])(
    'of %s, which the server may answer a visitor, has words of its own',
    code => {
      expect(isDenial(code) || failureText(code) !== texts.failures.OTHER).toBe(true);
    },
  );

  it('has a screen of its own for every refusal of the server', () => {
    const refusals = [
      'NO_IDENTITY',
      'NOT_ALLOWED',
      'MEETING_NOT_FOUND',
      'MEETING_EXPIRED',
      'MEETING_ENDED',
      'MEETING_NOT_STARTED',
      'RATE_LIMITED',
      'GUESTS_OFF',
    ];
    expect(refusals.filter(code => !isDenial(code))).toEqual([]);
  });

  it('of an unknown code is told in general words', () => {
    expect(failureText('AUTH_ERR_NO_ACCESS')).toBe(texts.failures.OTHER);
    expect(failureText('UNREACHABLE')).toBe(texts.failures.UNREACHABLE);
  });
});
