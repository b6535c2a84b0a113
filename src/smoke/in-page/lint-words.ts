// The words of a value that are long enough for a token, objects looked into. Pure.
import { NO_AUTH_TOKEN } from '../lint/page-news.ts';

const LONG_WORD = /[^\s"'`,;()<>{}[\]]{12,}/g;
/** In characters; tokens have a few hundred. */
const LONGEST_TEXT = 20_000;
/** An SDK may log its whole state: deeper, or more of it, is not looked at. */
const DEEPEST = 6;
const MOST_VALUES = 300;

/** May throw where the value does when it is looked at, as some proxies do. */
export function longWordsIn(value: unknown): string[] {
  return textsOf(value).flatMap(text => wordsOf(text.slice(0, LONGEST_TEXT)));
}

function wordsOf(text: string): string[] {
  const words = [...text.matchAll(LONG_WORD)].map(([word]) => word);
  return text.includes(NO_AUTH_TOKEN) ? [NO_AUTH_TOKEN, ...words] : words;
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

/** A recording has millions of numbers: it is not gone through. */
function partsOf(value: object): unknown[] {
  if (ArrayBuffer.isView(value)) return [];
  if (Array.isArray(value)) return value.slice(0, MOST_VALUES);
  if (value instanceof Map) return [...value].slice(0, MOST_VALUES).flat();
  if (value instanceof Set) return [...value].slice(0, MOST_VALUES);
  return Object.values(Object.getOwnPropertyDescriptors(value)).map(({ value: part }) => part);
}
