import { Readable } from 'node:stream';
import { MeetError } from '../core/errors.ts';

/** Something that happened in a session; of the rest of its fields this server knows nothing. */
export interface SessionEvent {
  /** Rises with every event. */
  readonly seq: number;
  /** ISO 8601. */
  readonly at: string;
}

/** Where the events of sessions come from: the emulator's trace. */
export interface EventSource<Event extends SessionEvent = SessionEvent> {
  /** The latest events of a session, oldest first. */
  recent(session: string): readonly Event[];
  /** Tells of every event of a session from now on; returns the undo. */
  subscribe(session: string, listener: (event: Event) => void): () => void;
}

/** Server-sent events (WHATWG HTML, 9.2) for pages; JSON lines for everything else. */
export type EventFormat = 'sse' | 'ndjson';

export interface EventStreamRequest {
  readonly session: string;
  readonly format: EventFormat;
  /** The id of the last event that the client has; of what is kept, only later ones are sent. */
  readonly lastId?: string | undefined;
  /** False: what is kept, and the end. */
  readonly follow: boolean;
  /** Asked at every heartbeat; a rejection ends the stream. */
  readonly mayStay: () => Promise<unknown>;
  /** The manager's: visitors leave some streams free, as identities cost nothing and who has many could take them all. */
  readonly isManager: boolean;
}

/** The open streams of a server. */
export interface EventStreams {
  /** Throws `RATE_LIMITED` when too many are open. */
  open(request: EventStreamRequest): Readable;
  readonly size: number;
  /** Ends all of them, and every later one at once. */
  close(): void;
}

export interface EventStreamLimits {
  readonly maxStreams?: number;
  /** Of these, how many visitors may have together, and in one session. */
  readonly maxVisitors?: number;
  readonly maxVisitorsOfSession?: number;
  /** What a client may leave unread before it is cut off; it comes back with `Last-Event-ID`. */
  readonly maxUnreadBytes?: number;
  readonly heartbeatMs?: number;
}

/** A client that lost the stream asks again after this long (ms). */
const RETRY_MS = 2_000;

/** Opens streams of what happens in the sessions, each of them bounded in what it holds for its client. */
export function createEventStreams(events: EventSource, limits: EventStreamLimits = {}): EventStreams {
  const { maxStreams = 64, maxVisitors = 48, maxVisitorsOfSession = 24 } = limits;
  const { maxUnreadBytes = 1 << 20, heartbeatMs = 15_000 } = limits;
  const ends = new Map<Readable, () => void>();
  /** The sessions of visitors' streams. */
  const visited = new Map<Readable, string>();
  let closed = false;

  const refuse = (session: string, isManager: boolean) => {
    const ofSession = [...visited.values()].filter(other => other === session).length;
    const isFull = visited.size >= maxVisitors || ofSession >= maxVisitorsOfSession;
    if (ends.size < maxStreams && (isManager || !isFull)) return;
    throw new MeetError('RATE_LIMITED', 'Too many event streams are open; close one.');
  };

  return {
    open({ session, format, lastId, follow, mayStay, isManager }) {
      refuse(session, isManager);
      const { frame, hello, heartbeat } = FORMATS[format];
      const stream = new Readable({ read() {} });
      const write = (text: string) => {
        stream.push(text);
        if (stream.readableLength > maxUnreadBytes) stream.destroy();
      };
      // What was pushed before goes out first.
      const end = () => stream.push(null);
      // The first bytes tell the client that it is heard, also where nothing has happened yet.
      write(hello);
      for (const event of events.recent(session)) if (isLater(event, lastId)) write(frame(event));
      if (!follow || closed) {
        end();
        return stream;
      }
      const undo = events.subscribe(session, event => write(frame(event)));
      const timer = setInterval(() => {
        mayStay().then(() => ends.has(stream) && write(heartbeat), end);
      }, heartbeatMs).unref();
      const forget = () => {
        undo();
        clearInterval(timer);
        ends.delete(stream);
        visited.delete(stream);
      };
      if (!isManager) visited.set(stream, session);
      ends.set(stream, () => {
        forget();
        end();
      });
      stream.once('close', forget);
      return stream;
    },
    get size() {
      return ends.size;
    },
    close() {
      closed = true;
      for (const end of ends.values()) end();
    },
  };
}

const toLine = (event: SessionEvent) => `${JSON.stringify(event)}\n`;

const FORMATS: Readonly<
  Record<EventFormat, { frame(event: SessionEvent): string; hello: string; heartbeat: string }>
> = {
  sse: {
    frame: event => `id: ${idOf(event)}\ndata: ${toLine(event)}\n`,
    hello: `retry: ${RETRY_MS}\n\n`,
    heartbeat: ':\n\n',
  },
  // Readers of JSON lines skip empty ones.
  ndjson: { frame: toLine, hello: '\n', heartbeat: '\n' },
};

/** By time first: a server that was started anew counts from the beginning again. */
function idOf({ at, seq }: SessionEvent): string {
  return `${Date.parse(at)}-${seq}`;
}

function isLater(event: SessionEvent, lastId: string | undefined): boolean {
  const [at, seq] =
    lastId
      ?.match(/^(\d{1,16})-(\d{1,16})$/)
      ?.slice(1)
      .map(Number) ?? [];
  if (at === undefined || seq === undefined) return true;
  const time = Date.parse(event.at);
  return time > at || (time === at && event.seq > seq);
}
