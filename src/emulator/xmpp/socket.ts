import { randomBytes } from 'node:crypto';
import type { WebSocket } from 'ws';
import { createAllowance } from '../channel/allowance.ts';
import type { CallClaims } from '../rest/tokens.ts';
import { NOBODY } from './screens.ts';
import type { Loss } from './session.ts';
import type { Sessions } from './sessions.ts';
import { createStream, type StreamHandlers } from './stream.ts';

/** One signalling socket. */
export interface SignallingSocket {
  /** For whom it acts; NOBODY while nobody knows. */
  readonly claims: CallClaims;
  /** Called in equal intervals: a socket that stays silent from one call to the next but one is given up. */
  beat(): void;
}

export interface SocketOptions {
  readonly claims: CallClaims;
  readonly domain: string;
  /** Where the socket came to, see `socketBaseOf`. */
  readonly base: string;
  /** The addresses of this machine that it came to, see `reachedBy`. */
  readonly reached?: readonly string[];
  readonly sessions: Sessions;
  readonly onStanza: StreamHandlers['onStanza'];
  /** Milliseconds within which it has to belong to somebody. */
  readonly bindMs: number;
  readonly now: () => number;
}

/** Joining takes forty stanzas at once; afterwards only a faulty or hostile page sends more than a few per second. */
const STANZA_BURST = 300;
const STANZAS_PER_SECOND = 30;
/**
 * So much more counts as one stanza more. What one client sends at once stays below what is kept for another, or it could
 * throw out everybody who has to hear it.
 */
const CHARS_PER_STANZA = 8 * 1024;

/** What may wait for a client that does not read; the same as is kept for one that was lost. */
const MAX_BACKLOG_BYTES = 4 * 1024 * 1024;

/** RFC 6455, 7.4.1: a page that is left says so. Only then nobody is coming back. */
const GOING_AWAY = 1001;
/** No close frame came. */
const ABNORMAL_CLOSURE = 1006;
/** Text only, as RFC 7395, 3.2 wants. */
const UNSUPPORTED_DATA = 1003;
const INTERNAL_ERROR = 1011;

/** Serves an accepted WebSocket. */
export function serveSocket(socket: WebSocket, options: SocketOptions): SignallingSocket {
  const { claims, domain, base, reached = [], sessions, onStanza, bindMs, now } = options;
  const allowance = createAllowance({ burst: STANZA_BURST, perSecond: STANZAS_PER_SECOND, now });
  let alive = true;
  let givenUp = false;
  const giveUp = () => {
    givenUp = true;
    socket.terminate();
  };
  const stream = createStream({
    claims,
    domain,
    base,
    reached,
    sessions,
    onStanza,
    newId: () => randomBytes(9).toString('base64url'),
    sendText: text => (socket.bufferedAmount > MAX_BACKLOG_BYTES ? giveUp() : socket.send(text)),
    closeSocket: () => socket.close(),
  });
  const actingClaims = () => stream.client?.claims ?? claims;
  const patience = setTimeout(() => {
    if (!stream.client || actingClaims() === NOBODY) stream.fail('connection-timeout');
  }, bindMs).unref();
  // What one client sent may end that client's socket, never the process.
  const guarded = (work: () => void) => {
    try {
      work();
    } catch {
      socket.close(INTERNAL_ERROR);
    }
  };

  socket.on('pong', () => {
    alive = true;
  });
  socket.on('message', (data, isBinary) => {
    alive = true;
    if (isBinary) return socket.close(UNSUPPORTED_DATA);
    const text = data.toString();
    const cost = 1 + text.length / CHARS_PER_STANZA;
    guarded(() => (allowance.take(cost) ? stream.receive(text) : stream.fail('policy-violation')));
  });
  socket.on('error', giveUp);
  socket.on('close', code => {
    clearTimeout(patience);
    guarded(() => stream.end(lossOf(code, givenUp)));
  });

  return {
    get claims() {
      return actingClaims();
    },
    beat() {
      if (!alive) return giveUp();
      alive = false;
      socket.ping();
    },
  };
}

function lossOf(code: number, givenUp: boolean): Loss {
  if (code === GOING_AWAY) return 'gone';
  // What was given up here may be there still, on a network that is away.
  return code === ABNORMAL_CLOSURE && !givenUp ? 'ended' : 'cut';
}
