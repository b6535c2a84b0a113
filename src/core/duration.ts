import ms from 'ms';
import { MeetError } from './errors.ts';

/** 10 years in milliseconds: the longest life of a meeting; anything beyond is a typing error. */
export const LONGEST_MS = ms('10y');

const NUMBER_AND_UNIT = /^\d*\.?\d+ ?[a-z]+$/i;

/**
 * Reads `90s`, `30m`, `2h`, `1d`, `2 weeks` as milliseconds. Throws `BAD_DURATION` for a bare number, for zero or less,
 * and for more than ten years.
 */
export function parseDuration(text: string): number {
  const trimmed = text.trim();
  const value = NUMBER_AND_UNIT.test(trimmed)
    ? Math.round(ms(trimmed as ms.StringValue) ?? Number.NaN)
    : Number.NaN;
  if (Number.isNaN(value)) {
    throw new MeetError(
      'BAD_DURATION',
      `${JSON.stringify(text)} is not a duration; write a number and a unit, like 30m, 2h, 1d, 1w or 1y.`,
    );
  }
  if (value <= 0)
    throw new MeetError('BAD_DURATION', `A duration of ${trimmed} is over at once; give at least 1s.`);
  if (value > LONGEST_MS)
    throw new MeetError('BAD_DURATION', `A duration of ${trimmed} is too long; ten years (10y) is the most.`);
  return value;
}
