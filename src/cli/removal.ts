import { parseLink } from '../core/links.ts';
import type { Meeting } from '../core/meeting.ts';
import { harmless } from './audit-words.ts';
import type { Command, Context } from './context.ts';
import { detailMeeting, type Fact, writeFacts } from './describe.ts';
import type { Insider, Narrowed } from './desk/desk.ts';
import { withDesk } from './desk/with-desk.ts';
import { EXIT_OK } from './exit-codes.ts';

export interface RemovalFlags {
  readonly id: string;
  readonly uid: string;
  readonly json?: boolean;
}

/** `meet kick`: what somebody was given until now is refused; they may come again by what they are given anew. */
export const kick: Command<RemovalFlags> = async (context, flags) => {
  const kept = await remove(context, 'kick', flags);
  if (flags.json) return EXIT_OK;
  const { sessionId, access } = kept.meeting;
  const { uid } = flags;
  const rotate = access === 'link' ? `, and meet rotate ${sessionId}` : '';
  note(context, 'Kicked', flags, kept, [
    ['tokens', `what ${uid} was given until now is refused`],
    ...whoWasInside('kick', flags, kept),
    [
      'back',
      access === 'allow'
        ? `by a new invite: meet invite ${sessionId} --as ${uid}`
        : 'by a new invite, or by the link, also under another name',
    ],
    ['for good', `meet revoke ${sessionId} --uid ${uid}${rotate}`],
  ]);
  return EXIT_OK;
};

/** `meet revoke`: the same for good. */
export const revoke: Command<RemovalFlags> = async (context, flags) => {
  const kept = await remove(context, 'revoke', flags);
  if (flags.json) return EXIT_OK;
  const { sessionId, access } = kept.meeting;
  const { uid } = flags;
  note(context, 'Revoked', flags, kept, [
    ['tokens', `invites and tokens of ${uid} are refused, later ones too`],
    ...whoWasInside('revoke', flags, kept),
    ['back', `after: meet invite ${sessionId} --as ${uid}`],
    ...(access === 'allow' ? [] : [['but', anybody(sessionId, access)] as const]),
  ]);
  return EXIT_OK;
};

/** What became of those inside. A server looks twice a second at the meetings that have people inside. */
export function insideFact(putOut: number | null | undefined): Fact {
  if (putOut === undefined)
    return ['inside', "put out within a second; CometChat's cloud keeps who is inside"];
  if (putOut === null) return ['inside', "stays until they leave: CometChat's cloud puts nobody out"];
  return ['inside', putOut === 0 ? 'nobody was' : `${putOut} put out`];
}

/** Who has the link says who they are. */
function anybody(sessionId: string, access: Meeting['access']): string {
  if (access === 'public')
    return 'whoever knows the id comes under another name; list who may: meet create --allow';
  return `whoever has the link comes under another name; change it: meet rotate ${sessionId}`;
}

interface Removed extends Narrowed {
  /** Who was inside before; null where nobody can tell. */
  readonly people: readonly Insider[] | null;
}

async function remove(context: Context, how: 'kick' | 'revoke', flags: RemovalFlags): Promise<Removed> {
  const { id, uid } = flags;
  const kept = await withDesk(context, async desk => {
    const people = await desk.people(parseLink(id).sessionId).catch(() => null);
    return { ...(await desk.remove(how, id, uid)), people };
  });
  if (!flags.json) return kept;
  const { meeting, base, putOut } = kept;
  context.out.line(JSON.stringify({ ...detailMeeting(meeting, base, context.now()), uid, putOut }));
  const { notes } = context;
  if (missed(flags, kept)) writeFacts(notes, whoWasInside(how, flags, kept));
  return kept;
}

/** Whether others were inside, and nobody of that uid. Uids are folded, as CometChat folds them. */
function missed({ uid }: RemovalFlags, { people }: Removed): boolean {
  return !!people?.length && !people.some(each => sameWord(each.uid ?? uid, uid));
}

const sameWord = (one: string, other: string) => one.trim().toLowerCase() === other.trim().toLowerCase();

/** What people see of each other is a name, and what puts them out is a uid: a guest's is made by the server. */
function whoWasInside(how: string, flags: RemovalFlags, kept: Removed): Fact[] {
  const { people, putOut, meeting } = kept;
  if (!missed(flags, kept) || putOut) return [insideFact(people?.length === 0 ? 0 : putOut)];
  const { sessionId } = meeting;
  const named = (people ?? []).filter(({ name }) => sameWord(name, flags.uid));
  const hints = named.map(
    ({ name, uid }): Fact => [
      'but',
      `${harmless(name)} is, as ${uid}: meet ${how} ${sessionId} --uid ${uid}`,
    ],
  );
  const others: Fact[] = [['but', `others are; each with their uid: meet show ${sessionId}`]];
  return [['inside', `nobody with the uid ${flags.uid}`], ...(hints.length > 0 ? hints : others)];
}

function note(
  { notes }: Context,
  done: string,
  { uid }: RemovalFlags,
  { meeting }: Narrowed,
  facts: readonly Fact[],
): void {
  notes.line(`${notes.style('green', done)} ${notes.style('bold', uid)} from ${meeting.title}`);
  writeFacts(notes, facts);
}
