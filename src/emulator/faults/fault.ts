/** Whom a fault is for: a null means everybody. */
export interface Scope {
  readonly sessionId: string | null;
  readonly uid: string | null;
}

/** `up` is from the participant to the bridge. */
export type Direction = 'up' | 'down' | 'both';

/** A bad network: what gets through is late, or less. */
export interface NetworkFault {
  readonly kind: 'network';
  readonly direction: Direction;
  /** Percent of the datagrams that vanish, each by itself. */
  readonly loss: number;
  readonly delayMs: number;
  /** Every datagram waits this much longer at most, at random. */
  readonly jitterMs: number;
  /** Lets datagrams overtake each other; without it jitter makes none late behind its successor. */
  readonly reorder: boolean;
  /** IP and UDP headers count too. Null: no cap. */
  readonly bitsPerSecond: number | null;
}

/** No datagram gets through. */
export interface OutageFault {
  readonly kind: 'outage';
  readonly direction: Direction;
}

/** `clean` closes the socket, and refuses new ones as long as it lasts; `dead` lets nothing in or out of it, unsaid. */
export interface SocketFault {
  readonly kind: 'socket';
  readonly how: 'clean' | 'dead';
  readonly which: SocketKind | 'all';
}

export type SocketKind = 'signalling' | 'channel';

export interface RestFault {
  readonly kind: 'rest';
  /** Method and pattern, like `GET /v3.0/call_tokens`; null: every route. */
  readonly route: string | null;
  /** Null: answered as ever, after `slowMs`. */
  readonly status: number | null;
  /** The vendor's code in the body; null: the one that goes with the status. */
  readonly code: string | null;
  readonly slowMs: number;
  /** After so many requests the fault is over. Null: no such end. */
  readonly times: number | null;
}

/** Tokens read as expired, and new ones are issued expired. */
export interface TokensFault {
  readonly kind: 'tokens';
  readonly which: 'call' | 'auth';
}

/** The focus has no bridge to offer. */
export interface BridgeFault {
  readonly kind: 'bridge';
}

export type Effect = NetworkFault | OutageFault | SocketFault | RestFault | TokensFault | BridgeFault;

/** What to do wrong, to whom, and for how many milliseconds (null: until it is taken back). */
export type FaultSpec = Scope & Effect & { readonly forMs: number | null };

/** A fault that is on. Times in milliseconds since the epoch. */
export type Fault<E extends Effect = Effect> = Scope &
  E & { readonly id: string; readonly createdAt: number; readonly until: number | null };

/** One participant, as tokens name them. */
export interface Person {
  readonly sessionId: string;
  readonly uid: string;
}

/** Whether the fault is for this person; somebody unknown is meant by faults for everybody only. */
export function isFor({ sessionId, uid }: Scope, person: Partial<Person>): boolean {
  return (
    (sessionId === null || sessionId === person.sessionId?.toLowerCase()) &&
    (uid === null || uid === person.uid)
  );
}
