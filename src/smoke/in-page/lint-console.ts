// What the page writes to its console, objects looked into. Only words that are long enough for a token are told, each once:
// which of them is one is known only outside, where the requests are seen.
import { tell } from './lint-tell.ts';

const METHODS = ['debug', 'log', 'info', 'warn', 'error', 'trace', 'dir', 'table'] as const;
type Method = (this: unknown, ...values: unknown[]) => void;

const LONG_WORD = /[^\s"'`,;()<>{}[\]]{12,}/g;
const MOST_WORDS = 2000;
/** An SDK may log its whole state: deeper, or more of it, is not looked at. */
const DEEPEST = 6;
const MOST_VALUES = 300;

const told = new Set<string>();

export function watchConsole(): void {
  // The page's console, which is only listened to.
  const methods = Reflect.get(window, 'console') as unknown as Record<string, Method>;
  for (const name of METHODS) {
    const original = methods[name];
    methods[name] = function (...values) {
      for (const value of values) hear(value);
      original?.apply(this, values);
    };
  }
  addEventListener('error', ({ error, message }) => hear(error ?? message));
  addEventListener('unhandledrejection', ({ reason }) => hear(reason));
}

/** Never throws: a page must not notice. */
function hear(value: unknown): void {
  try {
    for (const text of textsOf(value)) for (const [word] of text.matchAll(LONG_WORD)) note(word);
  } catch {
    // An object that cannot be looked at has nothing to tell.
  }
}

function note(word: string): void {
  if (told.has(word) || told.size >= MOST_WORDS) return;
  told.add(word);
  tell({ kind: 'said', words: word });
}

/** Every text in a value. Own data properties only: a getter is the page's code, and may do anything. */
function textsOf(value: unknown): string[] {
  const seen = new Set<unknown>();
  const texts: string[] = [];
  const queue: { value: unknown; depth: number }[] = [{ value, depth: 0 }];
  for (let next = queue.shift(); next && seen.size < MOST_VALUES; next = queue.shift()) {
    if (typeof next.value === 'string') texts.push(next.value);
    const { depth } = next;
    if (!isOpen(next.value) || seen.has(next.value) || depth > DEEPEST) continue;
    seen.add(next.value);
    queue.push(...partsOf(next.value).map(part => ({ value: part, depth: depth + 1 })));
  }
  return texts;
}

/** Elements and windows lead to the whole page. */
function isOpen(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !(value instanceof EventTarget);
}

function partsOf(value: object): unknown[] {
  if (value instanceof Map) return [...value].flat();
  if (value instanceof Set) return [...value];
  return Object.values(Object.getOwnPropertyDescriptors(value)).map(({ value: part }) => part);
}
