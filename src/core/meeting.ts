/** How a session id comes about. */
export const STRATEGIES = ['uuid', 'stable', 'team', 'appointment', 'office-hours', 'time'] as const;
export type Strategy = (typeof STRATEGIES)[number];

/** Whether each hour, day, week or month has an id of its own. */
export function isBucketed(strategy: string | undefined): boolean {
  return strategy === 'office-hours' || strategy === 'time';
}

/**
 * Who may join. `link`: whoever has the link, whose `#key=` proves it where the id can be guessed.
 * `allow`: listed uids, proven by an invite or the host application. `public`: the id is enough.
 */
export const ACCESSES = ['link', 'allow', 'public'] as const;
export type Access = (typeof ACCESSES)[number];

export type Role = 'guest' | 'host';

/** Somebody who was put out of a meeting. Times are epoch milliseconds. */
export interface Removal {
  readonly uid: string;
  /** Identity tokens issued until then pass no more, nor those made from an invite or an application's token of then. */
  readonly before: number;
  /** Those issued later neither, until somebody invites or lists the uid again. */
  readonly forever: boolean;
  /** When it was revoked, also when the uid was invited again since; absent after a mere kick. */
  readonly invitesBefore?: number;
  /** Who kicked; absent where the admin did. */
  readonly by?: 'host';
}

/** Our record of a session id. All times are milliseconds since the Unix epoch. */
export interface Meeting {
  readonly sessionId: string;
  readonly strategy: Strategy;
  /** The inputs the id was made from; two origins never share an id (`ID_TAKEN`). */
  readonly origin: string;
  readonly title: string;
  readonly access: Access;
  /** Uids that may join; empty unless access is `allow`. */
  readonly allow: readonly string[];
  /** Uids that are host, once an invite or the host application has proven them; a claimed one never is. */
  readonly hosts: readonly string[];
  /** The secret half of the link, asked for where access is `link`; null where the id itself cannot be guessed. */
  readonly key: string | null;
  /** The key before, which opens until `oldKeyUntil`; empty where the link had none. */
  readonly oldKey: string | null;
  readonly oldKeyUntil: number | null;
  /** Whoever came by the link until then is put out; null: nobody. */
  readonly linkBefore: number | null;
  /** Who was put out, each uid once. */
  readonly removals: readonly Removal[];
  readonly createdAt: number;
  readonly startsAt: number | null;
  readonly expiresAt: number;
  readonly endedAt: number | null;
  /** When it may be entered, canonical like `Mon-Fri 14:00-16:00`; null: whenever it is open. */
  readonly hours: string | null;
  /** The IANA zone of its hours, and of its times in calendars; null where nobody named one. */
  readonly zone: string | null;
  /** Hosts speak, everybody else watches. */
  readonly broadcast: boolean;
  /** Counts up with every change; the SEQUENCE of its calendar entries. */
  readonly revision: number;
  /** Counts up whenever access narrows or the meeting ends, so that tokens issued before die. */
  readonly accessVersion: number;
}

/** Who asks, as far as it was proven. */
export interface Identity {
  readonly uid: string;
  readonly name: string;
  /** `claimed`: a guest's own word. `invite`: an invite we signed. `app`: the host application's word. */
  readonly proof: 'claimed' | 'invite' | 'app';
  /** Present with an invite: the one meeting it opens, and as whom. */
  readonly invite?: {
    readonly sessionId: string;
    readonly role: Role;
    readonly accessVersion: number;
  };
  /** Present where the host application's token says `host`: of every meeting here. */
  readonly role?: Role;
}
