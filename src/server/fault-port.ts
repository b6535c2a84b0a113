/** What the emulator can be told to do wrong; its own words are in `src/emulator/faults/fault.ts`. */

export interface FaultScope {
  /** Null: every session. */
  readonly sessionId: string | null;
  /** Null: everybody. */
  readonly uid: string | null;
}

export type FaultDirection = 'up' | 'down' | 'both';

export type FaultEffect =
  | {
      readonly kind: 'network';
      readonly direction: FaultDirection;
      readonly loss: number;
      readonly delayMs: number;
      readonly jitterMs: number;
      readonly reorder: boolean;
      readonly bitsPerSecond: number | null;
    }
  | { readonly kind: 'outage'; readonly direction: FaultDirection }
  | {
      readonly kind: 'socket';
      readonly how: 'clean' | 'dead';
      readonly which: 'signalling' | 'channel' | 'all';
    }
  | {
      readonly kind: 'rest';
      readonly route: string | null;
      readonly status: number | null;
      readonly code: string | null;
      readonly slowMs: number;
      readonly times: number | null;
    }
  | { readonly kind: 'tokens'; readonly which: 'call' | 'auth' }
  | { readonly kind: 'bridge' };

/** `forMs` null: until it is taken back. */
export type FaultSpec = FaultScope & FaultEffect & { readonly forMs: number | null };

/** A fault that is on. Times in milliseconds since the epoch. */
export type ActiveFault = FaultScope &
  FaultEffect & { readonly id: string; readonly createdAt: number; readonly until: number | null };

/** The part of the emulator that the API of faults needs. */
export interface FaultPort {
  add(spec: FaultSpec): ActiveFault;
  list(): readonly ActiveFault[];
  remove(id: string): boolean;
  clear(): number;
  /** The REST routes that can be named. */
  readonly routes: readonly string[];
}
