import { describeMeeting, type MeetingFacts } from '../core/facts.ts';
import type { Meeting } from '../core/meeting.ts';
import type { Opening } from '../core/opening.ts';
import { type State, stateOf } from '../core/state.ts';
import type { Context, Output } from './context.ts';
import { formatWhen } from './format-time.ts';

export interface MeetingDetails extends MeetingFacts {
  readonly state: State;
  readonly allow: readonly string[];
  readonly hosts: readonly string[];
  readonly createdAt: string;
  readonly endedAt: string | null;
}

/** A meeting as `show --json`, `list --json` and the commands that change one print it. */
export function detailMeeting(
  meeting: Meeting,
  base: string,
  now: number,
  opening: Opening | null = null,
): MeetingDetails {
  return {
    ...describeMeeting(meeting, base),
    state: stateOf(meeting, now, opening),
    allow: meeting.allow,
    hosts: meeting.hosts,
    createdAt: new Date(meeting.createdAt).toISOString(),
    endedAt: meeting.endedAt === null ? null : new Date(meeting.endedAt).toISOString(),
  };
}

/** Who may join, in words. */
export function describeAccess({ access, allow }: Meeting): string {
  if (access === 'public') return 'everybody who knows the id';
  if (access !== 'allow') return 'whoever has the link';
  return allow.length > 0
    ? `${allow.join(', ')}, each with an invite`
    : 'nobody: the last on its list was revoked';
}

export type Fact = readonly [label: string, text: string];

/** Writes facts below each other: a label, and what it says. */
export function writeFacts(output: Output, facts: readonly Fact[]): void {
  const width = Math.max(...facts.map(([label]) => label.length));
  for (const [label, text] of facts) output.line(`  ${output.style('dim', label.padEnd(width))}  ${text}`);
}

/** When a meeting can be joined. A link is never printed without it. */
export function lifeFacts(meeting: Meeting, now: number): Fact[] {
  const { startsAt, endedAt, expiresAt } = meeting;
  const start: Fact[] =
    startsAt === null ? [] : [[startsAt > now ? 'starts' : 'started', formatWhen(startsAt, now)]];
  if (endedAt !== null) return [...start, ['ended', formatWhen(endedAt, now)]];
  return [...start, [expiresAt > now ? 'expires' : 'expired', formatWhen(expiresAt, now)]];
}

/** What is special about a meeting. */
export function kindFacts({ hours, zone, broadcast, hosts }: Meeting): Fact[] {
  return [
    ...(hours === null ? [] : [['hours', `${hours} (${zone})`] as const]),
    ...(hosts.length === 0 ? [] : [[hosts.length > 1 ? 'hosts' : 'host', hosts.join(', ')] as const]),
    ...(broadcast ? [['kind', 'broadcast: hosts speak, the others watch'] as const] : []),
  ];
}

/** What goes under a link: until when it works, and for whom. */
export function noteMeeting(
  { notes, now }: Context,
  meeting: Meeting,
  headline: string,
  more: readonly Fact[] = [],
): void {
  notes.line(headline);
  writeFacts(notes, [
    ...lifeFacts(meeting, now()),
    ...kindFacts(meeting),
    ['for', describeAccess(meeting)],
    ...more,
  ]);
}
