import { type Cast, COUPLE } from '../smoke/people/cast.ts';
import { describeLoad } from '../smoke/people/load.ts';
import { parseCast } from '../smoke/people/parse-cast.ts';
import type { Context } from './context.ts';
import type { SmokeFlags } from './smoke-flags.ts';

/** Who meets, by --people and --same-profile. BAD_REQUEST where the flags make no meeting. */
export function readCast({ people, sameProfile = false }: SmokeFlags): Cast {
  return { members: people === undefined ? COUPLE.members : parseCast(people), sameProfile };
}

/** Says so when more people are asked for than this many processors bear; they are tried all the same. */
export function warnOfLoad({ notes }: Context, { members }: Cast, cores: number): void {
  const words = describeLoad(members, cores);
  if (words) notes.line(notes.style('yellow', `  ${words}`));
}
