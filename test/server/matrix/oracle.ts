/**
 * What must come out, as tables that a person can read: written from the design, not from the product's code, which this
 * folder's tests compare with it.
 */

/** A door: whose meeting it is, and what of its link is shown. */
export const DOORS = [
  ['link', 'right'],
  ['link', 'wrong'],
  ['link', 'none'],
  ['link', 'old'],
  ['rotated', 'right'],
  ['rotated', 'old'],
  ['allow', 'none'],
  ['allow', 'right'],
  ['public', 'none'],
  ['public', 'wrong'],
] as const;
export type Access = (typeof DOORS)[number][0];
export type Key = (typeof DOORS)[number][1];

/**
 * Who somebody turns out to be: one column per door, in their order. `g` in as guest, `h` in as host, `-` NOT_ALLOWED,
 * `x` REMOVED. The old key of `link` is in its grace, that of `rotated` is not.
 */
const TABLE = {
  //                                  link      rotated  allow  public
  'a guest': 'g - - g   g -      - -    g g',
  'a guest who claims a listed uid': 'g - - g   g -      - -    g g',
  "a guest who claims a host's uid": 'g - - g   g -      - -    g g',
  invited: 'g g g g   g g      g g    g g',
  'invited as host': 'h h h h   h h      h h    h h',
  'invited before a narrowing': 'g - - g   g -      - -    g g',
  'invited as host elsewhere': 'g - - g   g -      - -    g g',
  'invited, then revoked': 'x x x x   x x      x x    x x',
  'unlisted, of the app': 'g - - g   g -      - -    g g',
  'listed, of the app': 'g - - g   g -      g g    g g',
  'host of the meeting, of the app': 'h h h h   h h      h h    h h',
  'host of all, of the app': 'h h h h   h h      h h    h h',
  'kicked, of the app': 'x x x x   x x      x x    x x',
  'kicked, come again, of the app': 'g - - g   g -      g g    g g',
} as const;
export type Who = keyof typeof TABLE;
export const WHO = Object.keys(TABLE) as Who[];

/** Where a meeting is in its life: what stops everybody there, before or after who they are was looked at. */
export const SITUATIONS = {
  'a minute before the door opens': { late: 'MEETING_NOT_STARTED' },
  'as the door opens, before the start': {},
  'in the middle': {},
  'in its last second': {},
  'as it expires': { early: 'MEETING_EXPIRED' },
  ended: { early: 'MEETING_ENDED' },
  'ended and expired': { early: 'MEETING_ENDED' },
  'ended and reopened': {},
  'in its hours': {},
  'between its hours': { late: 'MEETING_NOT_STARTED' },
  'after its last hours': { early: 'MEETING_EXPIRED' },
  unknown: { early: 'MEETING_NOT_FOUND' },
} as const satisfies Record<string, { early?: string; late?: string }>;
export type Situation = keyof typeof SITUATIONS;

/** How old the token is that is shown, and whether it still counts. A JWT's issuer may be half a minute slow. */
export const AGES = {
  fresh: true,
  'in its last second': true,
  over: false,
  'over by its own clock': 'jwt',
} as const;
export type Age = keyof typeof AGES;

export interface Rules {
  readonly guests: boolean;
  /** With the cloud an invite is somebody's account, for its own meeting alone; and a claimed uid may be one. */
  readonly cloud: boolean;
}

/** Those whom nobody proved for this meeting. */
const UNPROVEN: readonly Who[] = [
  'a guest',
  'a guest who claims a listed uid',
  "a guest who claims a host's uid",
  'invited before a narrowing',
  'invited as host elsewhere',
];

/** What is shown may also be the admin's, who manages every meeting and joins none. */
export type Bearer = Who | 'the admin' | null;

/** The role of whoever changes the meeting's title, or the code of the refusal: a claim, or nothing, is no host's. */
export function changeOf(bearer: Bearer, door: number, situation: Situation): string {
  const isOver = situation.startsWith('ended') && situation !== 'ended and reopened';
  const change = situation === 'unknown' ? 'MEETING_NOT_FOUND' : isOver ? 'MEETING_ENDED' : 'changed';
  if (bearer === 'the admin') return change;
  if (bearer === null || bearer.startsWith('a guest')) return 'NOT_ADMIN';
  if (situation === 'unknown') return 'MEETING_NOT_FOUND';
  const sign = TABLE[bearer].split(/ +/)[door];
  if (sign === 'x') return 'REMOVED';
  return sign === 'h' ? change : 'NOT_ALLOWED';
}

/** The role of whoever gets in, or the code of the refusal. `who` is null where the token is nobody's. */
export function outcomeOf(who: Bearer, door: number, situation: Situation, rules: Rules): string {
  if (who === null || who === 'the admin') return 'NO_IDENTITY';
  const { early, late }: { early?: string; late?: string } = SITUATIONS[situation];
  if (early) return early;
  const sign = TABLE[who].split(/ +/)[door];
  if (sign === 'x') return 'REMOVED';
  if (sign === '-') return 'NOT_ALLOWED';
  if (!rules.guests && UNPROVEN.includes(who)) return 'GUESTS_OFF';
  if (late) return late;
  if (rules.cloud && who.startsWith('a guest who claims')) return 'NO_IDENTITY';
  if (rules.cloud && UNPROVEN.includes(who) && who.startsWith('invited')) return 'NOT_ALLOWED';
  return sign === 'h' ? 'host' : 'guest';
}
