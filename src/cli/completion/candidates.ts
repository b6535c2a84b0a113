import type { Argument, Command, Option } from 'commander';
import { FILES, valuesOf } from './values.ts';

/** One word that may stand where the cursor is. */
export interface Candidate {
  readonly value: string;
  readonly about: string;
}

/** Looks up what only the project knows. */
export type ListMeetings = (command: string) => Promise<readonly Candidate[]>;

/** What was typed so far, read as commander would. */
interface Place {
  readonly command: Command;
  /** The flag whose value comes next. */
  readonly awaiting: Option | null;
  readonly given: ReadonlySet<Option>;
  /** How many words stand there that are no flags. */
  readonly position: number;
  /** Behind `--`: another program's words. */
  readonly beyond: boolean;
}

/**
 * What may come last in `words`, which are those after the program's name up to the cursor; the last may be empty. All that
 * fits the place, not only what begins like the last word: the shells filter by their own rules.
 */
export async function findCandidates(
  program: Command,
  words: readonly string[],
  listMeetings: ListMeetings,
): Promise<readonly Candidate[]> {
  // Bash gives `--flag=value` in three words.
  const last = words.at(-1) === '=' ? '' : (words.at(-1) ?? '');
  const place = readPlace(program, words.slice(0, -1));
  if (place.beyond) return [FILES];
  const joined = /^(--[^=]+)=/.exec(last)?.[1];
  const option = joined ? findOption(place.command, joined) : null;
  if (joined) return valuesOf(option).map(each => (each === FILES ? each : withFlag(joined, each)));
  if (place.awaiting && !last.startsWith('-')) return valuesOf(place.awaiting);
  if (last.startsWith('-')) return flagsOf(place);
  return wordsOf(place, listMeetings);
}

function withFlag(flag: string, { value, about }: Candidate): Candidate {
  return { value: `${flag}=${value}`, about };
}

function readPlace(program: Command, words: readonly string[]): Place {
  let place: Place = { command: program, awaiting: null, given: new Set(), position: 0, beyond: false };
  for (const word of words) place = readWord(place, word);
  return place;
}

function readWord(place: Place, word: string): Place {
  const { command, awaiting, given, position } = place;
  if (place.beyond || word === '--') return { ...place, beyond: true };
  if (awaiting && word === '=') return place;
  if (awaiting && !word.startsWith('-')) return { ...place, awaiting: null };
  const option = findOption(command, word.replace(/=.*/, ''));
  if (option) {
    const takes = (option.required || option.optional) && !word.includes('=');
    return { ...place, awaiting: takes ? option : null, given: new Set([...given, option]) };
  }
  if (word.startsWith('-')) return { ...place, awaiting: null };
  const inner = command.commands.find(each => each.name() === word);
  return inner ? { ...place, command: inner, position: 0 } : { ...place, position: position + 1 };
}

function findOption(command: Command, flag: string): Option | null {
  const all = command.createHelp().visibleOptions(command);
  return all.find(({ long, short }) => flag === long || flag === short) ?? null;
}

function flagsOf({ command, given }: Place): Candidate[] {
  return command
    .createHelp()
    .visibleOptions(command)
    .filter(option => option.long && !given.has(option))
    .map(({ long, description }) => ({ value: long ?? '', about: description }));
}

async function wordsOf(
  { command, position }: Place,
  listMeetings: ListMeetings,
): Promise<readonly Candidate[]> {
  const inner = command.createHelp().visibleCommands(command);
  if (inner.length > 0 && position === 0)
    return inner.map(each => ({ value: each.name(), about: each.summary() || each.description() }));
  const argument = command.registeredArguments[position];
  return argument ? argumentValues(command, argument, listMeetings) : [];
}

async function argumentValues(
  command: Command,
  argument: Argument,
  listMeetings: ListMeetings,
): Promise<readonly Candidate[]> {
  if (argument.argChoices) return argument.argChoices.map(value => ({ value, about: '' }));
  if (argument.name() === 'path') return [FILES];
  // A fault's own id is no meeting's.
  return argument.name() === 'id' && command.name() !== 'clear' ? listMeetings(command.name()) : [];
}
