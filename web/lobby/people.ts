import { type Credentials, getPeople } from '../api.ts';
import { LANGUAGE } from '../language.ts';
import { texts } from '../texts.ts';

const EVERY_MS = 5_000;
/** After a refusal or without an answer. */
const BACK_OFF_MS = 30_000;
/** More names than that are a number. */
const MAX_NAMES = 3;

/**
 * Tells who is in the call, again and again until `over`: while somebody looks at this tab, and not where the server does
 * not know. Empty: nothing is known.
 */
export async function followPeople(
  sessionId: string,
  credentials: () => Credentials,
  tell: (words: string) => void,
  over: AbortSignal,
): Promise<void> {
  while (!over.aborted) {
    await untilVisible(over);
    if (over.aborted) return;
    const people = await getPeople(sessionId, credentials()).then(
      answer => answer.people,
      () => undefined,
    );
    if (over.aborted || people === null) return;
    tell(people ? sayPeople(people.map(({ name }) => name)) : '');
    await pause(people ? EVERY_MS : BACK_OFF_MS, over);
  }
}

/** "Alice, Bob and 3 others are here." */
export function sayPeople(names: readonly string[]): string {
  if (names.length === 0) return texts.here.nobody;
  const more = names.length - MAX_NAMES;
  const said = more > 1 ? [...names.slice(0, MAX_NAMES), texts.here.others(more)] : names;
  return texts.here.are(new Intl.ListFormat(LANGUAGE).format(said), names.length);
}

function untilVisible(over: AbortSignal): Promise<void> {
  return new Promise(resolve => {
    const heard = new AbortController();
    const look = () => {
      if (document.visibilityState !== 'visible' && !over.aborted) return;
      heard.abort();
      resolve();
    };
    document.addEventListener('visibilitychange', look, { signal: heard.signal });
    over.addEventListener('abort', look, { signal: heard.signal });
    look();
  });
}

function pause(ms: number, over: AbortSignal): Promise<void> {
  return new Promise(resolve => {
    const timer = setTimeout(resolve, ms);
    over.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}
