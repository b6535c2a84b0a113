import type { SdkUser } from '../sdk/types.ts';
import type { Claims } from './claims.ts';

/** Something that happened in this page. */
export interface Entry {
  /** Epoch ms, by this machine's clock. */
  readonly at: number;
  readonly kind: 'page' | 'call' | 'sdk' | 'error';
  readonly name: string;
  readonly who?: string;
  readonly ms?: number;
  readonly detail?: string;
}

export type TokenName = 'identity' | 'auth' | 'call';

export interface Facts {
  readonly user?: SdkUser;
  readonly role?: string;
}

/** What has been written down, for the drawer. No token is in it. */
export interface Book {
  readonly entries: readonly Entry[];
  /** Of each token that passed: null, where it could not be read. */
  readonly tokens: ReadonlyMap<TokenName, Claims | null>;
  /** Names, by uid. */
  readonly people: ReadonlyMap<string, string>;
  readonly facts: Facts;
  connections(): RTCPeerConnection[];
  /** Tells of every entry to come. */
  listen(listener: (entry: Entry) => void): void;
}
