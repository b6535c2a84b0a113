import { MeetError } from '../../core/errors.ts';
import type { IdentitySignal } from './snapshot.ts';

/**
 * What a person brings: `full` camera and microphone; `voice` no camera; `observer` no camera and a silent microphone
 * (SDK v4 does not dial with neither); `denied` both, but the browser refuses the page.
 */
export type Role = 'full' | 'voice' | 'observer' | 'denied';

export interface CastMember {
  readonly name: string;
  readonly role: Role;
  /** Comes only when the others are in the call. */
  readonly late: boolean;
}

export interface Cast {
  readonly members: readonly CastMember[];
  /** All in tabs of one browser profile, as two windows of one user would be. */
  readonly sameProfile: boolean;
}

/** Who meets when nobody says otherwise. */
export const COUPLE: Cast = { members: ['alice', 'bob'].map(fullMember), sameProfile: false };

export function fullMember(name: string): CastMember {
  return { name, role: 'full', late: false };
}

/** Neighbours in the list are far apart; any two are at least 30 degrees and 190 hertz apart, and no tone is another's octave. */
const SIGNALS: readonly IdentitySignal[] = [
  { hue: 0, hertz: 440 },
  { hue: 120, hertz: 1030 },
  { hue: 240, hertz: 640 },
  { hue: 60, hertz: 1480 },
  { hue: 180, hertz: 830 },
  { hue: 300, hertz: 1750 },
  { hue: 30, hertz: 2370 },
  { hue: 150, hertz: 1230 },
  { hue: 270, hertz: 2010 },
  { hue: 90, hertz: 2770 },
  { hue: 210, hertz: 3190 },
  { hue: 330, hertz: 2570 },
];

/** How many people can be told apart by colour and tone. */
export const MOST_PEOPLE = SIGNALS.length;

/** The picture and tone of the person at a place of the cast. */
export function signalAt(index: number): IdentitySignal {
  const signal = SIGNALS[index];
  if (signal) return signal;
  throw new MeetError('BAD_REQUEST', `At most ${MOST_PEOPLE} people can be told apart; ask for fewer.`);
}

/** The place of the person whose picture and tone it is; tabs are opened side by side, and come in any order. */
export function placeOf({ hertz }: IdentitySignal): number {
  return SIGNALS.findIndex(signal => signal.hertz === hertz);
}

/** Whether somebody's picture or tone is to be expected at the others. */
export function sends(role: Role, medium: 'video' | 'audio'): boolean {
  return role === 'full' || (role === 'voice' && medium === 'audio');
}
