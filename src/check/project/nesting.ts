import type { Note } from './note.ts';

/** How many levels of code are looked at: parsers, the compiler and rules go down by recursion. Hand-written code has some dozens. */
export const MOST_LEVELS = 500;

export function tooDeep(file: string): Note {
  return { file, message: 'nested too deeply to be source code: not checked' };
}

/** What a parser gives, or `otherwise` and a note where the machine's stack has no room for the depth of its text. */
export function unlessTooDeep<T>(file: string, notes: Note[], read: () => T, otherwise: T): T {
  try {
    return read();
  } catch (error) {
    if (!isStackEnd(error)) throw error;
    notes.push(tooDeep(file));
    return otherwise;
  }
}

export function isStackEnd(error: unknown): boolean {
  return error instanceof RangeError && error.message.startsWith('Maximum call stack');
}
