import { redact } from './redact.ts';

/** Something that happened in a session, of plain values, without secrets. The kinds are listed in docs/trace.md. */
export interface TraceEvent {
  /** Rises by one with every event of this process, whatever its session. */
  readonly seq: number;
  /** ISO 8601. */
  readonly at: string;
  /** The session's id, in lower case as rooms have it; empty where a REST call names none. */
  readonly session: string;
  readonly kind: string;
  /** A uid or an endpoint id. */
  readonly who?: string;
  readonly [detail: string]: unknown;
}

/** Tells the trace. Never throws; what looks like a secret in `detail` is redacted before anything keeps it. */
export type Emit = (session: string, kind: string, detail?: Readonly<Record<string, unknown>>) => void;

export type TraceListener = (event: TraceEvent) => void;

/** What happens in the sessions: the latest of each is kept, and told to whoever listens. */
export interface Trace {
  readonly emit: Emit;
  /**
   * Tells `listener` of every event from now on, of one session or (null) of all, at once and in order. A listener that
   * throws is not told again. A quiet one takes what it gets: for it nothing is measured. Returns the undo.
   */
  subscribe(
    session: string | null,
    listener: TraceListener,
    options?: { readonly quiet?: boolean },
  ): () => void;
  /** The latest events of a session, oldest first; empty for one that nothing was heard of lately. */
  recent(session: string): readonly TraceEvent[];
  /** The sessions that events are kept of. */
  sessions(): readonly string[];
  /** Whether anybody listens to this session: what is measured only to be told need not be measured otherwise. */
  isHeard(session: string): boolean;
}

export interface TraceOptions {
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** How many events of a session are kept. */
  readonly maxEvents?: number;
  /** How many sessions are kept; the one that was quiet longest is forgotten first. */
  readonly maxSessions?: number;
}

type Draft = { -readonly [Name in keyof TraceEvent]: TraceEvent[Name] };

/** For who is not traced. */
export const NO_TRACE: Emit = () => {};

/** Opens a trace, in memory. */
export function createTrace({ now, maxEvents = 300, maxSessions = 32 }: TraceOptions): Trace {
  const sessions = new Map<string, TraceEvent[]>();
  const listeners = new Map<TraceListener, string | null>();
  const quietOnes = new Set<TraceListener>();
  const timeOf = createClock();
  let seq = 0;

  const keep = (event: TraceEvent) => {
    const events = sessions.get(event.session) ?? [];
    // A Map keeps the order of insertion: put last again, so that the first is the one that was quiet longest.
    sessions.delete(event.session);
    sessions.set(event.session, events);
    events.push(event);
    if (events.length > maxEvents) events.shift();
    const quietest = sessions.size > maxSessions ? sessions.keys().next().value : undefined;
    if (quietest !== undefined) sessions.delete(quietest);
  };
  const tell = (event: TraceEvent) => {
    for (const [listener, session] of listeners) {
      if (session !== null && session !== event.session) continue;
      try {
        listener(event);
      } catch {
        listeners.delete(listener);
      }
    }
  };

  return {
    emit(session, kind, detail = {}) {
      seq += 1;
      const event: Draft = { seq, at: timeOf(now()), session: nameOf(session), kind };
      // What everybody has comes first, so that lines can be read in columns; a detail cannot take its place.
      const plain = redact(detail);
      if (typeof plain.who === 'string') event.who = plain.who;
      for (const name in plain) if (name !== 'who' && !(name in event)) event[name] = plain[name];
      keep(event);
      if (listeners.size > 0) tell(event);
    },
    subscribe(session, listener, { quiet = false } = {}) {
      // Of its own, so that the same function can listen twice.
      const own: TraceListener = event => listener(event);
      listeners.set(own, session === null ? null : nameOf(session));
      if (quiet) quietOnes.add(own);
      return () => {
        listeners.delete(own);
        quietOnes.delete(own);
      };
    },
    recent: session => [...(sessions.get(nameOf(session)) ?? [])],
    sessions: () => [...sessions.keys()].filter(session => session !== ''),
    isHeard(session) {
      const name = nameOf(session);
      const hears = ([listener, heard]: [TraceListener, string | null]) =>
        (heard === null || heard === name) && !quietOnes.has(listener);
      return [...listeners].some(hears);
    },
  };
}

/** Events come in bursts, several of one millisecond. */
function createClock(): (ms: number) => string {
  let last = Number.NaN;
  let text = '';
  return ms => {
    if (ms !== last) text = new Date(ms).toISOString();
    last = ms;
    return text;
  };
}

// Rooms fold case, and REST does not: both are one session.
function nameOf(session: string): string {
  return session.slice(0, 200).normalize('NFKC').trim().toLowerCase();
}
