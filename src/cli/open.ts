import { join } from 'node:path';
import { readCometChatSettings } from '../cometchat/settings.ts';
import { checkUid } from '../core/access.ts';
import { MeetError } from '../core/errors.ts';
import { planInvite } from '../core/invite-plan.ts';
import { inviteUrl, meetingUrl } from '../core/links.ts';
import type { Meeting } from '../core/meeting.ts';
import type { Command, Context } from './context.ts';
import { noteMeeting } from './describe.ts';
import { EXIT_OK } from './exit-codes.ts';
import { findServer } from './find-server.ts';
import { stayInForeground } from './foreground.ts';
import { baseUrl, findMeeting, withStore } from './meetings.ts';
import type { ServingFlags } from './serving.ts';

export interface OpenFlags extends ServingFlags {
  readonly id: string;
  readonly print?: boolean;
  readonly as?: string;
  readonly json?: boolean;
}

/** `meet open`: opens the join page of a meeting, and serves it first when nothing does. */
export const open: Command<OpenFlags> = async (context, given) => {
  const flags = given.as === undefined ? given : { ...given, as: checkUid(given.as) };
  const meeting = await withStore(context, store => findMeeting(store, flags.id));
  const tell = (url: string) => {
    context.out.line(flags.json ? JSON.stringify({ sessionId: meeting.sessionId, url }) : url);
    noteMeeting(context, meeting, context.notes.style('bold', meeting.title));
  };
  if (flags.print) {
    tell(await linkFor(context, meeting, baseUrl(context), flags.as));
    return EXIT_OK;
  }
  checkOpen(meeting, context.now());
  return openMeeting(context, meeting, { ...flags, onLink: tell });
};

export interface OpenOptions extends ServingFlags {
  readonly as?: string;
  /** Told the link once a server answers for it. */
  readonly onLink?: (url: string) => void;
}

/**
 * Opens a meeting in the browser: at the server that runs, or at one that is started here and stays until it is stopped.
 * Gives the exit code.
 */
export async function openMeeting(context: Context, meeting: Meeting, options: OpenOptions): Promise<number> {
  const show = async (base: string) => {
    const url = await linkFor(context, meeting, base, options.as);
    options.onLink?.(url);
    await (await import('./browser.ts')).openInBrowser(context, url);
  };
  const running = await findServer(context.folder);
  if (running) {
    await show(context.settings.url ?? running);
    return EXIT_OK;
  }
  context.notes.line('No server runs for this project; serving here until Ctrl-C.');
  // Only here: with a server that runs, the link is all there is to do, and the server's code is large.
  const { noteServer, serveProject } = await import('./serving.ts');
  return stayInForeground(
    context,
    () => serveProject(context, options),
    async server => {
      noteServer(context, server, options);
      await show(context.settings.url ?? server.url);
    },
  );
}

/**
 * The link for whoever sits here. With `as`: the emulator takes a proposal; where a uid must be proven, we hold the key
 * that invites are signed with. Throws what `planInvite` throws.
 */
async function linkFor(
  context: Context,
  meeting: Meeting,
  base: string,
  as: string | undefined,
): Promise<string> {
  if (as === undefined) return meetingUrl(base, meeting);
  const { folder, settings, now } = context;
  const file = join(settings.projectDir, 'cometchat-settings.json');
  const emulated = (await readCometChatSettings(settings.env, file)) === null;
  if (emulated && meeting.access !== 'allow') {
    const url = new URL(meetingUrl(base, meeting));
    url.searchParams.set('as', as);
    return url.href;
  }
  const at = now();
  const plan = planInvite(meeting, { uid: as }, at);
  const { signInvite } = await import('../server/tokens.ts');
  return inviteUrl(base, meeting.sessionId, await signInvite({ ...plan, secret: folder.secret(), now: at }));
}

function checkOpen({ sessionId, endedAt, expiresAt }: Meeting, now: number): void {
  if (endedAt !== null) {
    throw new MeetError(
      'MEETING_ENDED',
      `The meeting ${sessionId} was ended; create it again with --reopen.`,
    );
  }
  if (expiresAt <= now) {
    throw new MeetError(
      'MEETING_EXPIRED',
      `The meeting ${sessionId} has expired; meet extend ${sessionId} --by 1h.`,
    );
  }
}
