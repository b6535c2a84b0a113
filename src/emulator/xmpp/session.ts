import type { CallClaims } from '../rest/tokens.ts';
import { createLedger, type Ledger } from './ledger.ts';
import { NS } from './namespaces.ts';
import { NOBODY } from './screens.ts';
import { el, type Stanza } from './stanza.ts';
import { keepVigil } from './vigil.ts';

/** What the rest of the emulator sees of one signalling connection, also while its socket is lost. */
export interface Client {
  /** The verified call token it came with, or was lent: see `screens.ts`. */
  readonly claims: CallClaims;
  /** The XMPP domain both sides agreed on. */
  readonly domain: string;
  /** Its full address. */
  readonly jid: string;
  /** Where its latest socket came to, see `socketBaseOf`. */
  readonly base: string;
  /** The addresses of this machine that it came to, see `reachedBy`; none: no matter which. */
  readonly reached?: readonly string[];
  /** True between the loss of its socket and its return. */
  readonly lost: boolean;
  send(stanza: Stanza): void;
  /** From now on it acts for this token. */
  lend(claims: CallClaims): void;
  /** Ends it for good, with a stream error (RFC 6120, 4.9.3) if its socket is still there. */
  expel(condition: string): void;
}

/** A socket, as a session needs it. */
export interface Wire {
  /** Where it came to, see `socketBaseOf`. */
  readonly base: string;
  /** The addresses of this machine that it came to, see `reachedBy`. */
  readonly reached?: readonly string[];
  send(text: string): void;
  /** Ends the stream with an error, and the socket. */
  fail(condition: string): void;
  /** Drops the socket: the client is on another one by now. */
  drop(): void;
}

/** Told of what sessions do. */
export interface SessionWatch {
  onSent(client: Client, stanza: Stanza): void;
  /** Its socket is gone and it may come back; or it is back. */
  onSocket(client: Client, state: 'lost' | 'resumed'): void;
}

/** Milliseconds since a client's media was heard last; null where nothing is known of it. */
export type SilenceOf = (client: Client) => number | null;

/**
 * How a socket was lost. `gone`: the page said that nobody comes back. `ended`: TCP came to its end without a word, as when
 * a process is killed. `cut`: anything else; a network that is away tells nothing.
 */
export type Loss = 'gone' | 'ended' | 'cut';

/** A bound client that may outlive its socket (XEP-0198, 5). */
export interface Session {
  readonly client: Client;
  /** The token it was opened with, whatever it was lent since. */
  readonly tokenId: string;
  /** Its resumption id; empty until `enable`. */
  readonly id: string;
  /** Starts counting; false when it had been started. */
  enable(id: string): boolean;
  /** Counts a stanza of the client. */
  receive(): void;
  /** How many were counted. */
  readonly handled: number;
  /** The client has so many of ours; false when it was never sent that many. */
  acknowledge(h: number): boolean;
  /**
   * This socket is closed. The client may come back within the grace, unless it is gone, never made the session resumable,
   * or its socket ended and so did its media. Nothing happens when it is back on another socket by now.
   */
  lose(wire: Wire, loss: Loss): void;
  /** The client is back on a new socket, after `h` stanzas; false when it was never sent that many. */
  resume(h: number, wire: Wire): boolean;
  end(): void;
}

export interface SessionOptions {
  readonly claims: CallClaims;
  readonly domain: string;
  readonly jid: string;
  readonly wire: Wire;
  /** How long it waits for its client, in milliseconds. */
  readonly graceMs: number;
  readonly watch?: SessionWatch | undefined;
  /** By default nothing is known of anybody's media. */
  readonly silenceOf?: SilenceOf | undefined;
  /** Called once. */
  readonly onEnd: (session: Session) => void;
}

/**
 * Who is back has to say how far it got within this time. SDK 4.2.6 by itself does not: its Strophe forgets its handlers
 * while it resumes, hears nothing any more, and would look present to the others for as long as its page is open.
 */
const PROBATION_MS = 5_000;

const REQUEST = el('r', { xmlns: NS.management }).toString();

export function createSession(options: SessionOptions): Session {
  const { claims, domain, jid, wire: first, graceMs, watch, silenceOf = () => null, onEnd } = options;
  let acting = claims;
  let wire: Wire | null = first;
  let { base, reached = [] } = first;
  let ledger: Ledger | null = null;
  let id = '';
  let over = false;
  let timer: NodeJS.Timeout | undefined;
  let endVigil = () => {};

  const stopWaiting = () => {
    clearTimeout(timer);
    endVigil();
  };
  const send = (stanza: Stanza) => {
    if (over) return;
    watch?.onSent(client, stanza);
    const text = stanza.toString();
    const kept = ledger?.keep(text) ?? 'kept';
    // Not now: whoever sends may be in the middle of letting it into a room, and would go on with a client that is gone.
    if (kept === 'overflow') return queueMicrotask(() => expel('resource-constraint'));
    wire?.send(text);
    if (kept === 'ask') wire?.send(REQUEST);
  };
  const expel = (condition: string) => {
    const last = wire;
    session.end();
    last?.fail(condition);
  };
  const client: Client = {
    get claims() {
      return acting;
    },
    domain,
    jid,
    get base() {
      return base;
    },
    get reached() {
      return reached;
    },
    get lost() {
      return wire === null;
    },
    send,
    lend(lent) {
      acting = lent;
    },
    expel,
  };
  const session: Session = {
    client,
    tokenId: claims.id,
    get id() {
      return id;
    },
    enable(newId) {
      if (ledger) return false;
      ledger = createLedger();
      id = newId;
      return true;
    },
    receive: () => ledger?.receive(),
    get handled() {
      return ledger?.handled ?? 0;
    },
    acknowledge(h) {
      if (wire) clearTimeout(timer);
      return ledger?.acknowledge(h) ?? false;
    },
    lose(lost, loss) {
      if (lost !== wire) return;
      wire = null;
      stopWaiting();
      // Who came without a token and was lent none has nothing to come back to.
      if (loss === 'gone' || !ledger || acting === NOBODY) return session.end();
      timer = setTimeout(session.end, graceMs).unref();
      if (loss === 'ended') endVigil = keepVigil(() => silenceOf(client), session.end);
      watch?.onSocket(client, 'lost');
    },
    resume(h, next) {
      if (!ledger?.acknowledge(h)) return false;
      stopWaiting();
      // A socket that died without a word may still look alive to us.
      wire?.drop();
      wire = next;
      base = next.base;
      reached = next.reached ?? [];
      next.send(el('resumed', { xmlns: NS.management, h: String(ledger.handled), previd: id }).toString());
      for (const text of ledger.pending) next.send(text);
      next.send(REQUEST);
      timer = setTimeout(expel, PROBATION_MS, 'connection-timeout').unref();
      watch?.onSocket(client, 'resumed');
      return true;
    },
    end() {
      if (over) return;
      over = true;
      wire = null;
      stopWaiting();
      onEnd(session);
    },
  };
  return session;
}
