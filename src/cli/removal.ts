import type { Meeting } from '../core/meeting.ts';
import type { Command, Context } from './context.ts';
import { detailMeeting, type Fact, writeFacts } from './describe.ts';
import type { Narrowed } from './desk/desk.ts';
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
  if (!kept) return EXIT_OK;
  const { sessionId, access } = kept.meeting;
  const { uid } = flags;
  const rotate = access === 'link' ? `, and meet rotate ${sessionId}` : '';
  note(context, 'Kicked', flags, kept, [
    ['tokens', `what ${uid} was given until now is refused`],
    insideFact(kept.putOut),
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
  if (!kept) return EXIT_OK;
  const { sessionId, access } = kept.meeting;
  const { uid } = flags;
  note(context, 'Revoked', flags, kept, [
    ['tokens', `invites and tokens of ${uid} are refused, later ones too`],
    insideFact(kept.putOut),
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

/** Null where it was printed as JSON. */
async function remove(
  context: Context,
  how: 'kick' | 'revoke',
  { id, uid, json }: RemovalFlags,
): Promise<Narrowed | null> {
  const kept = await withDesk(context, desk => desk.remove(how, id, uid));
  if (!json) return kept;
  const { meeting, base, putOut } = kept;
  context.out.line(JSON.stringify({ ...detailMeeting(meeting, base, context.now()), uid, putOut }));
  return null;
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
