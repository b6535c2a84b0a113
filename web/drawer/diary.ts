import type { JoinableSdk } from '../sdk/types.ts';
import type { Book, Entry, Facts, TokenName } from './book.ts';
import { type Claims, readClaims } from './claims.ts';
import { watchConnections } from './connections.ts';
import { codeOf, hearSdk, quietly } from './sdk-events.ts';

/** What the page tells its drawer while it works. It never changes what is done. */
export interface Diary {
  /** A state of the page, as its event log names it. */
  note(name: string): void;
  /** Does `work`, and writes down how long it took and what went wrong. */
  time<Result>(name: string, work: () => Promise<Result>): Promise<Result>;
  /** Only its claims are kept. */
  token(name: TokenName, token: string): void;
  learn(facts: Facts): void;
  /** Before the SDK is used. */
  hear(sdk: JoinableSdk): void;
  /** Null: nobody wants to read it. */
  readonly book: Book | null;
}

/** For who wants no drawer: nothing is kept, nothing is watched. */
export const SILENT: Diary = {
  note() {},
  time: (_name, work) => work(),
  token() {},
  learn() {},
  hear() {},
  book: null,
};

/** Of a call of days, nobody reads the beginning. */
const MAX_ENTRIES = 1_000;
/** The phases are told with their times, and the SDK's events with who they are about. */
const TOLD_BETTER = /^(phase:|on[A-Z])/;

/** To be opened before the SDK makes its first connection. */
export function openDiary(): Diary {
  const entries: Entry[] = [];
  const tokens = new Map<TokenName, Claims | null>();
  const people = new Map<string, string>();
  const listeners: ((entry: Entry) => void)[] = [];
  let facts: Facts = {};
  let join = new AbortController();

  function write(entry: Entry): void {
    entries.push(entry);
    if (entries.length > MAX_ENTRIES) entries.shift();
    for (const listener of listeners) quietly(() => listener(entry));
  }

  const book: Book = {
    entries,
    tokens,
    people,
    get facts() {
      return facts;
    },
    connections: watchConnections(),
    listen: listener => void listeners.push(listener),
  };
  hearErrors(write);
  return {
    book,
    note(name) {
      if (TOLD_BETTER.test(name)) return;
      write({ at: Date.now(), kind: /^(failed|denied):/.test(name) ? 'error' : 'page', name });
    },
    time: (name, work) => time(name, work, write),
    token: (name, token) => void tokens.set(name, readClaims(token)),
    learn(more) {
      facts = { ...facts, ...more };
      if (more.user) people.set(more.user.uid, more.user.name);
    },
    hear(sdk) {
      // v5's listeners outlive their join, but for these: its last word is the last that is heard.
      join.abort();
      const own = new AbortController();
      join = own;
      const tell = (entry: Entry, { uid, name }: { uid?: string; name?: string }) => {
        if (uid) people.set(uid, name ?? uid);
        write(entry);
        if (entry.name === 'onConnectionClosed') own.abort();
      };
      hearSdk(sdk, tell, own.signal);
    },
  };
}

async function time<Result>(
  name: string,
  work: () => Promise<Result>,
  write: (entry: Entry) => void,
): Promise<Result> {
  const at = Date.now();
  const start = performance.now();
  const taken = () => Math.round(performance.now() - start);
  try {
    const result = await work();
    write({ at, kind: 'call', name, ms: taken() });
    return result;
  } catch (error) {
    write({ at, kind: 'error', name, ms: taken(), detail: codeOf(error) });
    throw error;
  }
}

function hearErrors(write: (entry: Entry) => void): void {
  const tell = (name: string, error: unknown) => {
    const detail = error instanceof Error ? `${error.name}: ${error.message}` : codeOf(error);
    write({ at: Date.now(), kind: 'error', name, detail });
  };
  window.addEventListener('error', ({ error, message }) => tell('error', error ?? message));
  window.addEventListener('unhandledrejection', ({ reason }) => tell('rejection', reason));
}
