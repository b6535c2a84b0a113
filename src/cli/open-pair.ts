import { getuid } from 'node:process';
import { MeetError } from '../core/errors.ts';
import type { Meeting } from '../core/meeting.ts';
import { requireBrowser } from '../smoke/browser/find-browser.ts';
import { atServer } from './at-server.ts';
import type { Context } from './context.ts';
import { type Fact, noteMeeting } from './describe.ts';
import type { Kept } from './desk/desk.ts';
import { EXIT_FAILED, EXIT_OK } from './exit-codes.ts';
import { isInCi } from './in-ci.ts';
import { catchInterruption } from './interruption.ts';
import type { OpenFlags } from './open.ts';
import { isInvite, linkFor } from './personal-link.ts';
import { openWindows } from './windows.ts';

/** `meet open --pair`: two windows, two people. Stays until both are closed, or until Ctrl-C. Gives the exit code. */
export async function openPair(context: Context, kept: Kept, flags: OpenFlags): Promise<number> {
  const { meeting } = kept;
  const people = choosePeople(meeting);
  const linksAt = (base = kept.base) =>
    Promise.all(people.map(as => linkFor(context, { meeting, base }, as)));
  const tell = (links: readonly string[]) => {
    const pair = links.map((url, index) => ({ uid: people[index], url }));
    if (flags.json) context.out.line(JSON.stringify({ sessionId: meeting.sessionId, pair }));
    else for (const { url } of pair) context.out.line(url);
    const more: Fact[] = links.some(isInvite)
      ? [['invites', `whoever has one of these links joins as ${people.join(' or ')}`]]
      : [];
    const headline = `${context.notes.style('bold', meeting.title)}, as ${people.join(' and ')}`;
    noteMeeting(context, meeting, headline, more);
  };
  const { env } = context.settings;
  if (isInCi(env)) {
    tell(await linksAt());
    context.notes.line(
      context.notes.style('dim', 'CI is set, so nothing is opened; two browsers meet with: meet smoke'),
    );
    return EXIT_OK;
  }
  const { path } = requireBrowser({
    env,
    headed: true,
    instead: 'open the links elsewhere: meet open <id> --print --as alice',
  });
  return atServer(context, flags, async served => {
    const links = await linksAt(served);
    tell(links);
    await untilClosed(context, path, links);
    return 'over';
  });
}

/** Of a meeting for listed people the first two: nobody else gets in. */
function choosePeople({ access, allow, sessionId }: Meeting): [string, string] {
  const [first, second] = access === 'allow' ? allow : ['alice', 'bob'];
  if (first && second) return [first, second];
  const words = `Only one person is on the list of ${sessionId}, and a pair needs two; open it with --as ${first}.`;
  throw new MeetError('NOT_ALLOWED', words);
}

async function untilClosed({ notes }: Context, executable: string, links: readonly string[]): Promise<void> {
  // Before the start: a browser that nobody ends stays for ever.
  const { signal, release } = catchInterruption(EXIT_FAILED);
  try {
    const windows = await openWindows({ executable, headless: false, root: getuid?.() === 0, links });
    signal.addEventListener('abort', () => void windows.close());
    if (signal.aborted) await windows.close();
    notes.line(notes.style('dim', 'Both windows are open; close them, or press Ctrl-C.'));
    await windows.closed;
  } finally {
    release();
  }
}
