import type { Option } from 'commander';
import { STRATEGIES } from '../../core/meeting.ts';
import type { Candidate } from './candidates.ts';

/** Stands for the names of files, which each shell knows best. */
export const FILES: Candidate = { value: ':files', about: '' };

const PATHS = /<(file|path|dir|folder)>|\[(file|path|dir|folder)\]/i;

/** Values of flags that the flag's own parser does not list. */
const KNOWN: Readonly<Record<string, () => readonly string[]>> = {
  '--strategy': () => STRATEGIES,
  '--bucket': () => ['hour', 'day', 'week', 'month'],
  '--sdk': () => ['bundled', 'project'],
  '--tz': () => ['UTC', ...Intl.supportedValuesOf('timeZone')],
};

/** What a flag takes: the words of its parser, those we know, or files. */
export function valuesOf(option: Option | null): readonly Candidate[] {
  if (!option) return [];
  const words = option.argChoices ?? wordsOf(option.parseArg) ?? KNOWN[option.long ?? '']?.();
  if (words) return words.map(value => ({ value, about: '' }));
  return PATHS.test(option.flags) ? [FILES] : [];
}

/** `oneOf` tells its words. */
function wordsOf(parser: unknown): readonly string[] | undefined {
  const { words } = (parser ?? {}) as { words?: readonly string[] };
  return words;
}
