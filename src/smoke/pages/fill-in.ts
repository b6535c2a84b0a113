import { MeetError } from '../../core/errors.ts';
import { findNearest } from '../../core/nearest.ts';

/** What stands in braces in links and fields. */
export interface Words {
  readonly sessionId: string;
  readonly uid: string;
  readonly name: string;
  /** The person's number, from 1. */
  readonly n: string;
}

const NAMES: readonly string[] = ['sessionId', 'uid', 'name', 'n'] satisfies (keyof Words)[];
const EXAMPLE: Words = { sessionId: 'session', uid: 'uid', name: 'name', n: '1' };
const BRACES = /\{(\w+)\}/g;

/** Fills in plain text. Unknown words in braces are BAD_REQUEST. */
export function fillIn(text: string, words: Words): string {
  return text.replace(BRACES, (_, name: string) => wordOf(name, words));
}

/** Fills in a link, each word encoded for it. */
export function fillInLink(link: string, words: Words): string {
  return link.replace(BRACES, (_, name: string) => encodeURIComponent(wordOf(name, words)));
}

/** The same without its braces: what does not depend on who opens it. */
export function bareLink(link: string): URL {
  return new URL(link.replaceAll(/[{}]/g, ''));
}

/** Whether a link is to this machine. */
export function isLocal(link: string): boolean {
  const { hostname } = bareLink(link);
  return /^(localhost|.+\.localhost|127\.[\d.]+|\[::1\])$/.test(hostname);
}

/** Whether each session has a link of its own. */
export function namesSession(link: string): boolean {
  return link.includes('{sessionId}');
}

/** Throws BAD_REQUEST for a text with unknown words in braces. */
export function checkText(text: string): void {
  fillIn(text, EXAMPLE);
}

/** Throws BAD_REQUEST for a link that no browser can open on the web, or with unknown words in it. */
export function checkLink(link: string): void {
  const filled = fillInLink(link, EXAMPLE);
  if (URL.canParse(filled) && /^https?:$/.test(new URL(filled).protocol)) return;
  const example = 'http://localhost:5173/meet/{sessionId}?uid={uid}';
  throw new MeetError(
    'BAD_REQUEST',
    `${JSON.stringify(link)} is not a link to a page; give one like ${example}.`,
  );
}

function wordOf(name: string, words: Words): string {
  if (NAMES.includes(name)) return words[name as keyof Words];
  const near = findNearest(name, NAMES);
  const known = NAMES.map(each => `{${each}}`).join(', ');
  throw new MeetError(
    'BAD_REQUEST',
    `{${name}} is nothing that can be filled in${near ? ` (did you mean {${near}}?)` : ''}; there are ${known}.`,
  );
}
