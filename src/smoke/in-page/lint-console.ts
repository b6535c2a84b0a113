// What the page writes to its console. Only words that are long enough for a token are told, each once: which of them is one is
// known only outside, where the requests are seen.
import { tell } from './lint-tell.ts';
import { longWordsIn } from './lint-words.ts';

const METHODS = ['debug', 'log', 'info', 'warn', 'error', 'trace', 'dir', 'table'] as const;
type Method = (this: unknown, ...values: unknown[]) => void;

const MOST_WORDS = 2000;

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
    for (const word of longWordsIn(value)) note(word);
  } catch {
    // An object that cannot be looked at has nothing to tell.
  }
}

function note(word: string): void {
  if (told.has(word) || told.size >= MOST_WORDS) return;
  told.add(word);
  tell({ kind: 'said', words: word });
}
