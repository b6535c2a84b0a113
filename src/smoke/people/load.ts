import { type CastMember, sends } from './cast.ts';

/**
 * Streams of video that one processor core carries at this test's picture: each person who shows herself is encoded
 * once and decoded by everybody else.
 */
const STREAMS_PER_CORE = 15;

/** Says that a machine is likely to be too small for a cast, and how that was reckoned; null when it bears it. Pure. */
export function describeLoad(members: readonly CastMember[], cores: number): string | null {
  const streams = countStreams(members);
  const bearable = cores * STREAMS_PER_CORE;
  if (streams <= bearable) return null;
  return (
    `${members.length} people may be too many for this machine: they make ${streams} streams of video, and ` +
    `${cores === 1 ? 'one core carries' : `${cores} cores carry`} about ${bearable} (${STREAMS_PER_CORE} each). ` +
    'Where it fails, ask for fewer, or for voices: alice,bob,carol:voice'
  );
}

function countStreams(members: readonly CastMember[]): number {
  const filmed = members.filter(({ role }) => sends(role, 'video')).length;
  const inside = members.filter(({ role }) => role !== 'denied').length;
  return filmed * inside;
}
