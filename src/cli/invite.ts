import { MeetError } from '../core/errors.ts';
import { type InvitePlan, planInvite } from '../core/invite-plan.ts';
import type { Meeting } from '../core/meeting.ts';
import type { Command, Context } from './context.ts';
import { writeFacts } from './describe.ts';
import type { Desk, Kept } from './desk/desk.ts';
import { withDesk } from './desk/with-desk.ts';
import { EXIT_OK } from './exit-codes.ts';
import { formatWhen } from './format-time.ts';
import { beside, giveCalendar } from './ics.ts';
import type { ShareFlags } from './share-flags.ts';
import { formatTable } from './table.ts';

export interface InviteFlags extends ShareFlags {
  readonly id: string;
  readonly as: readonly string[];
  /** As many as there are people, in their order. */
  readonly name?: readonly string[];
  readonly host?: boolean;
  readonly open?: boolean;
  readonly json?: boolean;
}

interface Invite extends InvitePlan {
  readonly url: string;
  /** The link that is printed: with `--mailto` that of a mail. */
  readonly link: string;
  readonly mailto: string | undefined;
}

/** `meet invite`: for each person a link that opens one meeting as nobody else. */
export const invite: Command<InviteFlags> = async (given, flags) => {
  const context = beside(given, flags);
  checkFlags(flags);
  const { meeting, invites } = await withDesk(context, async desk => {
    const kept = await desk.find(flags.id);
    return { ...kept, invites: await makeInvites(context, desk, kept, flags) };
  });
  const [first] = invites;
  if (first && invites.length === 1) writeOne(context, meeting, first, flags);
  else writeSeveral(context, meeting, invites, flags);
  if (first) await giveCalendar(context, flags, async () => [{ meeting, url: first.url }]);
  if (first && (flags.copy || flags.qr))
    await (await import('./hand-over.ts')).handOver(context, first.url, flags);
  if (flags.open) {
    const { openMail } = await import('./browser.ts');
    for (const { mailto } of invites) if (mailto) await openMail(context, mailto);
  }
  return EXIT_OK;
};

function checkFlags({ as, name, copy, qr, ics, open, mailto }: InviteFlags): void {
  const twice = as.find((uid, index) => as.indexOf(uid) !== index);
  if (twice !== undefined)
    throw new MeetError('BAD_REQUEST', `${twice} is named twice; invite each person once.`);
  if (name && name.length !== as.length) {
    const words = `--as names ${as.length} and --name ${name.length}; give each person a name, in the same order, or none.`;
    throw new MeetError('BAD_REQUEST', words);
  }
  if ((copy || qr || ics) && as.length > 1) {
    const words = '--copy, --qr and --ics take one link; invite one person at a time, or leave them out.';
    throw new MeetError('BAD_REQUEST', words);
  }
  if (open && !mailto) {
    const words = '--open opens the mail of --mailto; to join as somebody: meet open <id> --as <uid>.';
    throw new MeetError('BAD_REQUEST', words);
  }
}

/** All are planned before one is signed: nobody is invited by a command that fails. */
async function makeInvites(context: Context, desk: Desk, kept: Kept, flags: InviteFlags): Promise<Invite[]> {
  const { meeting } = kept;
  const now = context.now();
  const role = flags.host ? 'host' : undefined;
  const plans = flags.as.map((uid, index) =>
    planInvite(meeting, { uid, name: flags.name?.[index], role }, now),
  );
  const mail = flags.mailto ? await import('./mail.ts') : null;
  return Promise.all(
    plans.map(async plan => {
      const url = await desk.invite(kept, plan);
      const mailto = mail?.inviteMail(meeting, url, plan);
      return { ...plan, url, mailto, link: mailto ?? url };
    }),
  );
}

const factsOf = ({ url, uid, role, expiresAt, mailto }: Invite) => ({
  url,
  uid,
  role,
  expiresAt: new Date(expiresAt).toISOString(),
  mailto,
});

function writeOne(
  { out, notes, now }: Context,
  meeting: Meeting,
  invite: Invite,
  { json }: InviteFlags,
): void {
  const { uid, name, role, expiresAt, link } = invite;
  if (json) {
    out.line(JSON.stringify(factsOf(invite)));
    return;
  }
  out.line(out.style('cyan', link));
  notes.line(
    `${notes.style('green', 'Invited')} ${notes.style('bold', name)} to ${meeting.title} as ${role}`,
  );
  writeFacts(notes, [
    ['expires', formatWhen(expiresAt, now())],
    ['for', `${uid} alone: whoever has this link joins as ${uid}`],
  ]);
}

function writeSeveral(
  { out, notes, now }: Context,
  meeting: Meeting,
  invites: readonly Invite[],
  { json }: InviteFlags,
): void {
  if (json) {
    out.line(JSON.stringify(invites.map(each => ({ ...factsOf(each), name: each.name }))));
    return;
  }
  const rows = invites.map(({ uid, name, link }) => ({
    UID: uid,
    NAME: name === uid ? '' : name,
    LINK: link,
  }));
  for (const line of formatTable(rows, title => out.style('bold', title))) out.line(line);
  const [{ expiresAt } = meeting] = invites;
  // Who is on the meeting's list of hosts is invited as one.
  const roles = [...new Set(invites.map(({ role }) => role))].join(' or ');
  notes.line(
    `${notes.style('green', 'Invited')} ${invites.length} people to ${notes.style('bold', meeting.title)}, each as ${roles}`,
  );
  writeFacts(notes, [
    ['expire', formatWhen(expiresAt, now())],
    ['for', 'one person each: whoever has a link joins as its uid'],
  ]);
}
