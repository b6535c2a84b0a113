import { InvalidArgumentError } from 'commander';
import { parseDuration } from '../core/duration.ts';
import { MeetError } from '../core/errors.ts';

/** A parser that tells its words, for completion. */
interface OneOf {
  (text: string): string;
  readonly words: readonly string[];
}

/** Reads an option that has to be one of a few words. */
export function oneOf(...words: readonly string[]): OneOf {
  const parse = (text: string) => {
    if (words.includes(text)) return text;
    throw new InvalidArgumentError(`Give ${words.slice(0, -1).join(', ')} or ${words.at(-1)}.`);
  };
  return Object.assign(parse, { words });
}

/** Reads an option that has to be a number from `least` to `most`; a sign for percent may follow. */
export function numberFrom(least: number, most: number): (text: string) => string {
  return text => {
    const plain = text.replace(/ ?%$/, '');
    if (/^\d+(\.\d+)?$/.test(plain) && Number(plain) >= least && Number(plain) <= most) return plain;
    throw new InvalidArgumentError(`Give a number from ${least} to ${most}.`);
  };
}

/** Reads an option that has to be a whole number from `least` to `most`. */
export function parseNumber(name: string, least: number, most: number): (text: string) => number {
  return text => {
    const number = /^\d+$/.test(text) ? Number(text) : Number.NaN;
    if (number >= least && number <= most) return number;
    throw new MeetError(
      'BAD_REQUEST',
      `${name} is ${JSON.stringify(text)}; give a whole number from ${least} to ${most}.`,
    );
  };
}

/** Reads the duration of an option in milliseconds; BAD_DURATION names the option. */
export function readDuration(name: string, text: string): number {
  try {
    return parseDuration(text);
  } catch (error) {
    if (!(error instanceof MeetError)) throw error;
    throw new MeetError(error.code, `${name}: ${error.message}`, { cause: error });
  }
}
