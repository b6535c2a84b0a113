import { checkAgenda } from '../core/agenda.ts';
import { parseDuration } from '../core/duration.ts';
import { describeMeeting } from '../core/facts.ts';
import { meetingUrl } from '../core/links.ts';
import { isBucketed, type Meeting } from '../core/meeting.ts';
import type { State } from '../core/state.ts';
import { parseInstantIn } from '../core/time.ts';
import { checkZone } from '../core/zone.ts';
import type { Command, Context, Output } from './context.ts';
import { noteMeeting } from './describe.ts';
import type { CreateWish, Kept } from './desk/desk.ts';
import { withDesk } from './desk/with-desk.ts';
import { EXIT_OK } from './exit-codes.ts';
import { beside, giveCalendar } from './ics.ts';
import type { Appointment } from './ics-text.ts';
import { findProjectName } from './project-name.ts';
import type { ShareFlags } from './share-flags.ts';

export interface CreateFlags extends ShareFlags {
  readonly strategy?: string;
  readonly id?: string;
  readonly prefix?: string;
  readonly bucket?: string;
  readonly tz?: string;
  readonly title?: string;
  readonly startsAt?: string;
  readonly expiresIn?: string;
  readonly expiresAt?: string;
  readonly allow?: readonly string[];
  readonly hosts?: readonly string[];
  readonly public?: boolean;
  readonly hours?: string;
  readonly broadcast?: boolean;
  readonly reopen?: boolean;
  readonly open?: boolean;
  readonly json?: boolean;
}

/** The zone of buckets and of times without one. Asking the system for it costs as much as all the rest of `create`. */
async function chooseZone({ settings }: Context, flags: CreateFlags): Promise<string | undefined> {
  const zone = flags.tz ?? settings.timeZone;
  if (zone) return checkZone(zone);
  const needed = flags.startsAt || flags.expiresAt || flags.hours || isBucketed(flags.strategy);
  return needed ? Intl.DateTimeFormat().resolvedOptions().timeZone : undefined;
}

/** `always` takes hours back. */
function readKind({ settings }: Context, flags: CreateFlags, zone?: string): CreateWish['kind'] {
  const { hours, broadcast } = flags;
  const named = flags.tz ?? settings.timeZone;
  return {
    hours: hours === 'always' ? null : hours,
    zone: named === undefined ? undefined : zone,
    localZone: zone,
    broadcast,
  };
}

/** A team that nobody named is named after the project, and that is said. */
async function chooseId(
  { settings, notes }: Context,
  { strategy, id }: CreateFlags,
): Promise<string | undefined> {
  if (strategy !== 'team' || id !== undefined) return id;
  const { name, source } = await findProjectName(settings.projectDir);
  notes.line(notes.style('dim', `Team ${JSON.stringify(name)}, ${source}; another with --id.`));
  return name;
}

async function readOptions(flags: CreateFlags, zone = 'UTC'): Promise<CreateWish['options']> {
  const { title, startsAt, expiresIn, expiresAt, allow, hosts, reopen } = flags;
  return {
    title,
    allow,
    hosts,
    public: flags.public,
    reopen,
    startsAt: startsAt === undefined ? undefined : await parseInstantIn(startsAt, zone),
    expiresAt: expiresAt === undefined ? undefined : await parseInstantIn(expiresAt, zone),
    expiresIn: expiresIn === undefined ? undefined : parseDuration(expiresIn),
  };
}

function nextStep({ sessionId, access, allow, hosts, broadcast }: Meeting): string {
  if (hosts[0] !== undefined) return `meet invite ${sessionId} --as ${hosts[0]}`;
  if (broadcast) return `meet invite ${sessionId} --as ${allow[0] ?? 'alice'} --host`;
  return access === 'allow' ? `meet invite ${sessionId} --as ${allow[0]}` : `meet open ${sessionId}`;
}

function headlineOf(was: State | null, title: string, notes: Output): string {
  const said = {
    open: 'Same meeting as before:',
    early: 'Same meeting as before:',
    expired: 'Revived',
    ended: 'Reopened',
  };
  const verb = was ? said[was] : 'Created';
  return `${notes.style('green', verb)} ${notes.style('bold', title)}`;
}

async function listSeries(context: Context, wish: CreateWish, first: Kept): Promise<Appointment[]> {
  const { createSeries } = await import('./series.ts');
  const series = await withDesk(context, desk => createSeries(desk, wish, first, context.now()));
  return series.map(({ meeting, base }) => ({ meeting, url: meetingUrl(base, meeting) }));
}

/** `meet create`: the link on stdout; what it opens, for whom and until when on stderr. */
export const create: Command<CreateFlags> = async (given, flags) => {
  const context = beside(given, flags);
  const { out, notes } = context;
  const zone = await chooseZone(context, flags);
  const { strategy, prefix, bucket } = flags;
  const wish: CreateWish = {
    request: { strategy, id: await chooseId(context, flags), prefix, bucket, zone },
    options: await readOptions(flags, zone),
    kind: readKind(context, flags, zone),
    ...(flags.ics !== undefined && { check: checkAgenda }),
  };
  const kept = await withDesk(context, desk => desk.create(wish));
  const { meeting, base, created, was } = kept;

  const tell = async (url: string) => {
    const mailto = flags.mailto ? (await import('./mail.ts')).meetingMail(meeting, url) : undefined;
    if (flags.json) {
      out.line(JSON.stringify({ ...describeMeeting(meeting, base), url, created, mailto }));
    } else {
      out.line(out.style('cyan', mailto ?? url));
      noteMeeting(context, meeting, headlineOf(was, meeting.title, notes), [['next', nextStep(meeting)]]);
    }
    if (flags.copy || flags.qr) await (await import('./hand-over.ts')).handOver(context, url, flags);
    return mailto;
  };
  if (flags.open && !flags.mailto) {
    // Told by the server that opens it: the usual port may be another program's.
    return (await import('./open.ts')).openMeeting(context, kept, { onLink: tell });
  }
  const mailto = await tell(meetingUrl(base, meeting));
  await giveCalendar(context, flags, () => listSeries(context, wish, kept));
  if (flags.open && mailto) await (await import('./browser.ts')).openMail(context, mailto);
  return EXIT_OK;
};
