import { randomUUID } from 'node:crypto';
import { nanoid } from 'nanoid';
import { parseDuration } from '../core/duration.ts';
import { describeMeeting } from '../core/facts.ts';
import { type CreateOptions, type Creation, planCreate } from '../core/meeting-plan.ts';
import { type IdRequest, planSessionId } from '../core/session-id.ts';
import { parseInstantIn } from '../core/time.ts';
import { checkZone } from '../core/zone.ts';
import type { Command, Context } from './context.ts';
import { noteMeeting } from './describe.ts';
import { baseUrl, withStore } from './meetings.ts';
import { findProjectName } from './project-name.ts';

export interface CreateFlags {
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
  readonly public?: boolean;
  readonly reopen?: boolean;
  readonly open?: boolean;
  readonly json?: boolean;
}

/** The zone of buckets and of times without one. Asking the system for it costs as much as all the rest of `create`. */
async function chooseZone({ settings }: Context, flags: CreateFlags): Promise<string | undefined> {
  const zone = flags.tz ?? settings.timeZone;
  if (zone) await checkZone(zone);
  const needed = flags.startsAt || flags.expiresAt || ['office-hours', 'time'].includes(flags.strategy ?? '');
  return zone ?? (needed ? Intl.DateTimeFormat().resolvedOptions().timeZone : undefined);
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
  const { title, startsAt, expiresIn, expiresAt, allow, reopen } = flags;
  return {
    title,
    allow,
    public: flags.public,
    reopen,
    startsAt: startsAt === undefined ? undefined : await parseInstantIn(startsAt, zone),
    expiresAt: expiresAt === undefined ? undefined : await parseInstantIn(expiresAt, zone),
    expiresIn: expiresIn === undefined ? undefined : parseDuration(expiresIn),
  };
}

function print(context: Context, { meeting, created }: Creation, json: boolean | undefined): void {
  const { out, notes } = context;
  const facts = describeMeeting(meeting, baseUrl(context));
  if (json) {
    out.line(JSON.stringify({ ...facts, created }));
    return;
  }
  out.line(out.style('cyan', facts.url));
  const headline = created ? notes.style('green', 'Created') : 'Same meeting as before:';
  noteMeeting(context, meeting, `${headline} ${notes.style('bold', meeting.title)}`);
}

/** `meet create`: the link on stdout; what it opens, for whom and until when on stderr. */
export const create: Command<CreateFlags> = async (context, flags) => {
  const now = context.now();
  const zone = await chooseZone(context, flags);
  const { strategy, prefix, bucket } = flags;
  const request: IdRequest = { strategy, id: await chooseId(context, flags), prefix, bucket, zone };
  const plan = await planSessionId(request, now, randomUUID);
  const options = await readOptions(flags, zone);
  const creation = await withStore(context, store =>
    store.create(existing => planCreate(existing, plan, options, now, nanoid), plan.sessionId),
  );
  print(context, creation, flags.json);
  if (!flags.open) return 0;
  return (await import('./open.ts')).openMeeting(context, creation.meeting, {});
};
