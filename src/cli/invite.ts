import { planInvite } from '../core/invite-plan.ts';
import { inviteUrl } from '../core/links.ts';
import type { Command } from './context.ts';
import { writeFacts } from './describe.ts';
import { EXIT_OK } from './exit-codes.ts';
import { formatWhen } from './format-time.ts';
import { baseUrl, findMeeting, withStore } from './meetings.ts';

export interface InviteFlags {
  readonly id: string;
  readonly as: string;
  readonly name?: string;
  readonly host?: boolean;
  readonly json?: boolean;
}

/** `meet invite`: a link that opens one meeting as one person. */
export const invite: Command<InviteFlags> = async (context, flags) => {
  const { out, notes, folder } = context;
  const now = context.now();
  const meeting = await withStore(context, store => findMeeting(store, flags.id));
  const plan = planInvite(
    meeting,
    { uid: flags.as, name: flags.name, role: flags.host ? 'host' : 'guest' },
    now,
  );
  // Only here: of all commands only this one signs, and the library is large.
  const { signInvite } = await import('../server/tokens.ts');
  const url = inviteUrl(
    baseUrl(context),
    meeting.sessionId,
    await signInvite({ ...plan, secret: folder.secret(), now }),
  );
  const { uid, name, role, expiresAt } = plan;
  if (flags.json) {
    out.line(JSON.stringify({ url, uid, role, expiresAt: new Date(expiresAt).toISOString() }));
    return EXIT_OK;
  }
  out.line(out.style('cyan', url));
  notes.line(
    `${notes.style('green', 'Invited')} ${notes.style('bold', name)} to ${meeting.title} as ${role}`,
  );
  writeFacts(notes, [
    ['expires', formatWhen(expiresAt, now)],
    ['for', `${uid} alone: whoever has this link joins as ${uid}`],
  ]);
  return EXIT_OK;
};
