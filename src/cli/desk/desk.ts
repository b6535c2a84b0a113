import type { InvitePlan } from '../../core/invite-plan.ts';
import type { KindWish } from '../../core/kind.ts';
import type { Rotation } from '../../core/link-key.ts';
import type { Meeting } from '../../core/meeting.ts';
import type { CreateOptions } from '../../core/meeting-plan.ts';
import type { IdRequest } from '../../core/session-id.ts';
import type { State } from '../../core/state.ts';

/** A meeting, and what links to it begin with. */
export interface Kept {
  readonly meeting: Meeting;
  readonly base: string;
}

/** What a meeting is to be made from, and made with. Times are epoch milliseconds. */
export interface CreateWish {
  readonly request: IdRequest;
  readonly options: Omit<CreateOptions, keyof KindWish>;
  /** Its hours as text; null takes them back. */
  readonly kind: Omit<KindWish, 'schedule'> & { readonly hours?: string | null | undefined };
  /** Throws for a meeting that will not do; in the project's own store nothing is made then. */
  readonly check?: ((meeting: Meeting) => void) | undefined;
}

export interface Created extends Kept {
  readonly created: boolean;
  /** What it was before; null when it is new. */
  readonly was: State | null;
}

/** Somebody who is in a call. */
export interface Insider {
  readonly name: string;
  /** Undefined where the server is of a version that does not tell. */
  readonly uid?: string | undefined;
}

/** A meeting after access was taken back. */
export interface Narrowed extends Kept {
  /** How many were put out; null where a server cannot, undefined where one will see to it. */
  readonly putOut: number | null | undefined;
}

/**
 * Where meetings are managed: the project's own store, or a server elsewhere. Throws the same codes at both; elsewhere also
 * `NO_SERVER`, `NOT_ADMIN` and what else that server refuses with.
 */
export interface Desk {
  create(wish: CreateWish): Promise<Created>;
  /** By id or pasted link. Throws `BAD_ID`, `MEETING_NOT_FOUND`. */
  find(link: string): Promise<Kept>;
  /** All meetings, the newest first. */
  list(): Promise<readonly Kept[]>;
  extend(link: string, byMs: number): Promise<Kept>;
  /** `changed`: false when it was ended before. */
  end(link: string): Promise<Narrowed & { readonly changed: boolean }>;
  /** Puts a uid out, now or for good. */
  remove(how: 'kick' | 'revoke', link: string, uid: string): Promise<Narrowed>;
  rotate(link: string, rotation: Rotation): Promise<Narrowed>;
  /**
   * Signs an invite, and gives its link; it lets in again who was revoked. With `readmit: false` they are refused:
   * `NOT_ALLOWED`.
   */
  invite(kept: Kept, plan: InvitePlan, how?: { readonly readmit: boolean }): Promise<string>;
  /** Who is inside; null where nobody can tell: with CometChat's cloud, and without a server that runs. */
  people(sessionId: string): Promise<readonly Insider[] | null>;
}
