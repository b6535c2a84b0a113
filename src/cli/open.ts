import { checkUid } from '../core/access.ts';
import { MeetError } from '../core/errors.ts';
import type { Meeting } from '../core/meeting.ts';
import { atServer } from './at-server.ts';
import type { Command, Context } from './context.ts';
import { type Fact, noteMeeting } from './describe.ts';
import type { Kept } from './desk/desk.ts';
import { withDesk } from './desk/with-desk.ts';
import { EXIT_OK } from './exit-codes.ts';
import { isInCi } from './in-ci.ts';
import { isInvite, linkFor } from './personal-link.ts';
import type { ServingFlags } from './serving.ts';
import type { ShareFlags } from './share-flags.ts';

export interface OpenFlags extends ServingFlags, ShareFlags {
  readonly id: string;
  readonly print?: boolean;
  readonly as?: string;
  readonly pair?: boolean;
  readonly browser?: string;
  readonly device?: 'android' | 'ios';
  readonly json?: boolean;
}

/** `meet open`: opens the join page of a meeting, and serves it first when nothing does. */
export const open: Command<OpenFlags> = async (context, given) => {
  checkFlags(given);
  const flags = given.as === undefined ? given : { ...given, as: checkUid(given.as) };
  const kept = await withDesk(context, desk => desk.find(flags.id));
  const { meeting } = kept;
  const tell = (url: string) => tellLink(context, meeting, url, flags);
  if (flags.print) {
    await tell(await linkFor(context, kept, flags.as));
    return EXIT_OK;
  }
  checkOpen(meeting, context.now());
  if (flags.pair) return (await import('./open-pair.ts')).openPair(context, kept, flags);
  if (flags.device) return (await import('./open-device.ts')).openOnDevice(context, kept, flags, tell);
  if (flags.mailto) {
    const mailto = await tell(await linkFor(context, kept, flags.as));
    await (await import('./browser.ts')).openMail(context, mailto ?? '');
    return EXIT_OK;
  }
  return openMeeting(context, kept, { ...flags, onLink: tell });
};

/** Prints the link, and hands it over as the flags wish. Gives the link of the mail, where one is wanted. */
async function tellLink(
  context: Context,
  meeting: Meeting,
  url: string,
  flags: OpenFlags,
): Promise<string | undefined> {
  const { sessionId, title } = meeting;
  const mailto = flags.mailto ? (await import('./mail.ts')).meetingMail(meeting, url) : undefined;
  const invited = isInvite(url) ? flags.as : undefined;
  context.out.line(flags.json ? JSON.stringify({ sessionId, url, mailto, invited }) : (mailto ?? url));
  const more: Fact[] = invited ? [['invite', `whoever has this link joins as ${invited}`]] : [];
  noteMeeting(context, meeting, context.notes.style('bold', title), more);
  if (flags.copy || flags.qr) await (await import('./hand-over.ts')).handOver(context, url, flags);
  return mailto;
}

/** Each pair contradicts itself: what one would open, the other would not. */
const CONTRADICTIONS = [
  ['print', 'pair'],
  ['print', 'browser'],
  ['print', 'device'],
  ['pair', 'as'],
  ['pair', 'browser'],
  ['pair', 'device'],
  ['pair', 'mailto'],
  ['pair', 'copy'],
  ['pair', 'qr'],
  ['device', 'browser'],
  ['device', 'mailto'],
  ['browser', 'mailto'],
] as const;

function checkFlags(flags: OpenFlags): void {
  const both = CONTRADICTIONS.find(names => names.every(name => flags[name]));
  if (both)
    throw new MeetError(
      'BAD_REQUEST',
      `--${both[0]} and --${both[1]} contradict each other; give one of them.`,
    );
}

export interface OpenOptions extends ServingFlags {
  readonly as?: string;
  /** A browser's name or path. */
  readonly browser?: string;
  /** Told the link once a server answers for it. */
  readonly onLink: (url: string) => Promise<unknown>;
}

/**
 * Opens a meeting in the browser: at the server that runs, or at one that is started here and stays until it is stopped.
 * Gives the exit code.
 */
export async function openMeeting(context: Context, kept: Kept, options: OpenOptions): Promise<number> {
  const browsers = await import('./browser.ts');
  const program = options.browser && browsers.findNamedBrowser(context, options.browser);
  if (isInCi(context.settings.env)) {
    await options.onLink(await linkFor(context, kept, options.as));
    context.notes.line(context.notes.style('dim', 'CI is set, so nothing is opened and nothing served.'));
    return EXIT_OK;
  }
  return atServer(context, options, async served => {
    const url = await linkFor(context, { ...kept, base: served ?? kept.base }, options.as);
    await options.onLink(url);
    if (program) await browsers.openInNamed(program, url);
    else await browsers.openInBrowser(context, url);
    return 'stay';
  });
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
