import { randomUUID } from 'node:crypto';
import { nanoid } from 'nanoid';
import { checkAgenda } from '../core/agenda.ts';
import { parseDuration } from '../core/duration.ts';
import { describeMeeting } from '../core/facts.ts';
import type { KindWish } from '../core/kind.ts';
import { meetingUrl } from '../core/links.ts';
import { isBucketed, type Meeting } from '../core/meeting.ts';
import { type CreateOptions, planCreate } from '../core/meeting-plan.ts';
import { readSchedule } from '../core/opening.ts';
import { type IdRequest, namedAt, planSessionId } from '../core/session-id.ts';
import { parseInstantIn } from '../core/time.ts';
import { checkZone } from '../core/zone.ts';
import type { Command, Context, Output } from './context.ts';
import { noteMeeting, stateOf } from './describe.ts';
import { EXIT_OK } from './exit-codes.ts';
import { beside, giveCalendar } from './ics.ts';
import type { Appointment } from './ics-text.ts';
import { baseUrl, withStore } from './meetings.ts';
import { findProjectName } from './project-name.ts';
import type { Wish } from './series.ts';
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
async function readKind({ settings }: Context, flags: CreateFlags, zone?: string): Promise<KindWish> {
  const { hours, broadcast } = flags;
  const named = flags.tz ?? settings.timeZone;
  return {
    schedule: hours === 'always' ? null : hours === undefined ? undefined : await readSchedule(hours),
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

async function readOptions(flags: CreateFlags, zone = 'UTC'): Promise<CreateOptions> {
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

function headlineOf(before: Meeting | null, title: string, notes: Output, now: number): string {
  const said = {
    open: 'Same meeting as before:',
    early: 'Same meeting as before:',
    expired: 'Revived',
    ended: 'Reopened',
  };
  const verb = before ? said[stateOf(before, now)] : 'Created';
  return `${notes.style('green', verb)} ${notes.style('bold', title)}`;
}

async function listSeries(context: Context, wish: Wish, first: Meeting): Promise<Appointment[]> {
  const { createSeries } = await import('./series.ts');
  const meetings = await withStore(context, store => createSeries(store, wish, first));
  return meetings.map(meeting => ({ meeting, url: meetingUrl(baseUrl(context), meeting) }));
}

/** `meet create`: the link on stdout; what it opens, for whom and until when on stderr. */
export const create: Command<CreateFlags> = async (given, flags) => {
  const context = beside(given, flags);
  const { out, notes } = context;
  const now = context.now();
  const zone = await chooseZone(context, flags);
  const { strategy, prefix, bucket } = flags;
  const request: IdRequest = { strategy, id: await chooseId(context, flags), prefix, bucket, zone };
  const options = { ...(await readOptions(flags, zone)), ...(await readKind(context, flags, zone)) };
  const plan = await planSessionId(request, namedAt(now, options.startsAt), randomUUID);

  let before: Meeting | null = null;
  const planFor = (existing: Meeting | null) => {
    before = existing;
    const creation = planCreate(existing, plan, options, now, nanoid);
    if (flags.ics !== undefined) checkAgenda(creation.meeting);
    return creation;
  };
  const { meeting, created } = await withStore(context, store => store.create(planFor, plan.sessionId));

  const tell = async (url: string) => {
    const mailto = flags.mailto ? (await import('./mail.ts')).meetingMail(meeting, url) : undefined;
    if (flags.json) {
      out.line(JSON.stringify({ ...describeMeeting(meeting, baseUrl(context)), url, created, mailto }));
    } else {
      out.line(out.style('cyan', mailto ?? url));
      noteMeeting(context, meeting, headlineOf(before, meeting.title, notes, now), [
        ['next', nextStep(meeting)],
      ]);
    }
    if (flags.copy || flags.qr) await (await import('./hand-over.ts')).handOver(context, url, flags);
    return mailto;
  };
  if (flags.open && !flags.mailto) {
    // Told by the server that opens it: the usual port may be another program's.
    return (await import('./open.ts')).openMeeting(context, meeting, { onLink: tell });
  }
  const mailto = await tell(meetingUrl(baseUrl(context), meeting));
  await giveCalendar(context, flags, () => listSeries(context, { request, options, now }, meeting));
  if (flags.open && mailto) await (await import('./browser.ts')).openMail(context, mailto);
  return EXIT_OK;
};
