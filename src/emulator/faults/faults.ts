import type { FastifyPluginCallback } from 'fastify';
import type { Tokens } from '../rest/tokens.ts';
import { createBook } from './book.ts';
import { type Clock, PROCESS_CLOCK } from './clock.ts';
import type { Fault, FaultSpec, Person } from './fault.ts';
import type { Links } from './link.ts';
import { createParticipants } from './participants.ts';
import { createRestFaults } from './rest.ts';
import { createSockets, type Sockets } from './sockets.ts';
import { createFaultyTokens } from './tokens.ts';

/** What the emulator does wrong on purpose, and whom it does it to. */
export interface Faults {
  /** Throws `BAD_REQUEST` when there are too many. A clean cut without a time is over when this returns. */
  add(spec: FaultSpec): Fault;
  list(): readonly Fault[];
  /** Takes one back; false when there is none of this id. */
  remove(id: string): boolean;
  /** Takes all back; answers how many there were. */
  clear(): number;
  /** Calls the listener after every change. */
  watch(listener: () => void): void;
  /** The REST routes that can be named in a fault. */
  readonly routes: readonly string[];

  /** The way of a participant's media; close both directions when the participant is gone. */
  linksFor(person: Person): Links;
  readonly sockets: Sockets;
  isBridgeRefused(person: Person): boolean;
  /** `stale` issues tokens that have expired already. */
  tokens(tokens: Tokens, stale: Tokens): Tokens;
  around(routes: FastifyPluginCallback): FastifyPluginCallback;
  /** Takes all back, and lets nothing wait. */
  close(): void;
}

export interface FaultsOptions {
  /** Milliseconds since the epoch. */
  readonly now?: () => number;
  readonly clock?: Clock;
  /** From 0 to below 1: which datagram is lost, and how late one is. */
  readonly random?: () => number;
}

export function createFaults(options: FaultsOptions = {}): Faults {
  const { now = Date.now, clock = PROCESS_CLOCK, random = Math.random } = options;
  const book = createBook({ clock, now });
  const participants = createParticipants(book, { clock, random });
  const sockets = createSockets(book);
  const rest = createRestFaults(book, clock);

  return {
    add(spec) {
      if (spec.kind !== 'socket' || spec.how !== 'clean' || spec.forMs !== null) return book.add(spec);
      // It is done at once, and nothing stays to be taken back.
      const fault = book.add({ ...spec, forMs: 0 });
      book.remove(fault.id);
      return fault;
    },
    list: book.list,
    remove: book.remove,
    clear: book.clear,
    watch: book.watch,
    get routes() {
      return rest.routes;
    },
    linksFor: participants.linksFor,
    sockets,
    isBridgeRefused: person => book.find('bridge', person).length > 0,
    tokens: (tokens, stale) => createFaultyTokens(book, tokens, stale),
    around: rest.around,
    close: () => void book.clear(),
  };
}
