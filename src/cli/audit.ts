import { setTimeout } from 'node:timers/promises';
import { stripVTControlCharacters } from 'node:util';
import type { AuditRecord } from '../core/audit.ts';
import { parseDuration } from '../core/duration.ts';
import { MeetError } from '../core/errors.ts';
import { parseLink } from '../core/links.ts';
import { parseInstant } from '../core/time.ts';
import type { AuditQuery } from '../store/audit.ts';
import { describeRecord, harmlessJson } from './audit-words.ts';
import type { Command, Context } from './context.ts';
import { EXIT_FAILED, EXIT_OK } from './exit-codes.ts';
import { catchInterruption } from './interruption.ts';
import { type Find, withTrail } from './read-trail.ts';
import { formatTable } from './table.ts';

export interface AuditFlags {
  readonly meeting?: string;
  readonly uid?: string;
  readonly since?: string;
  readonly until?: string;
  readonly denied?: boolean;
  readonly outcome?: string;
  readonly limit?: number;
  readonly follow?: boolean;
  readonly json?: boolean;
}

interface PrintFlags extends AuditFlags {
  /** Without titles. */
  readonly headless?: boolean;
}

type Query = Omit<AuditQuery, 'limit'>;

const FOLLOW_MS = 1_000;
const MOST_AT_ONCE = 1_000;
/** Clocks of several servers differ: a row may come that is a little older than one that we have. */
const OVERLAP_MS = 5_000;

/** `meet audit`: who asked, what was answered, when and why; the newest last. */
export const audit: Command<AuditFlags> = async (context, flags) => {
  const query = readQuery(flags, context.now());
  await withTrail(context, async find => {
    // What the limit leaves out is not to be told as new.
    const since = context.now() - OVERLAP_MS;
    const before = flags.follow ? await find({ ...query, since, limit: MOST_AT_ONCE }) : [];
    const records = (await find({ ...query, limit: flags.limit ?? 50 })).reverse();
    if (records.length > 0) print(context, records, flags);
    else if (!flags.follow) context.notes.line('Nothing of that kind was asked.');
    if (!flags.follow) return;
    context.notes.line(context.notes.style('dim', 'What is asked from now on; Ctrl-C ends.'));
    const seen = new Set([...before, ...records].map(({ id }) => id));
    await follow(context, flags, { query, find, seen });
  });
  return EXIT_OK;
};

function readQuery(flags: AuditFlags, now: number): Query {
  const { meeting, uid, since, until, denied, outcome } = flags;
  checkOutcome(flags);
  return {
    // A meeting that never was has rows too: what was asked of it.
    sessionId: meeting?.includes('/') ? parseLink(meeting).sessionId : meeting,
    uid,
    since: since === undefined ? undefined : readTime(since, now),
    until: until === undefined ? undefined : readTime(until, now),
    outcome: outcome ?? (denied ? 'denied' : undefined),
  };
}

/** Throws `BAD_REQUEST` for an outcome that is none. */
function checkOutcome({ denied, outcome }: AuditFlags): void {
  if (outcome === undefined) return;
  if (denied)
    throw new MeetError('BAD_REQUEST', 'Give --denied, for all refusals, or --outcome, for one of them.');
  if (outcome === 'ok' || /^[A-Z]+(_[A-Z]+)*$/.test(outcome)) return;
  throw new MeetError('BAD_REQUEST', '--outcome is ok, or a code like NOT_ALLOWED, in capitals.');
}

/** `1h`: an hour ago; or a time. */
function readTime(text: string, now: number): number {
  return /^\d{4}-/.test(text) ? parseInstant(text) : now - parseDuration(text);
}

function print({ out, io }: Context, records: readonly AuditRecord[], flags: PrintFlags): void {
  if (flags.json) {
    for (const { at, ...record } of records)
      out.line(harmlessJson({ at: new Date(at).toISOString(), ...record }));
    return;
  }
  const fixed = flags.follow ?? false;
  const rowsOf = (reason: number) =>
    records.map(record => describeRecord(record, { style: out.style, fixed, reason }));
  const [head = '', ...lines] = formatTable(rowsOf(0), title => out.style('dim', title));
  const width = io.stdout.isTTY ? (io.stdout.columns ?? 80) : Number.POSITIVE_INFINITY;
  const room = width - Math.max(...[head, ...lines].map(line => stripVTControlCharacters(line).length)) - 2;
  // A reason that gets no room to be read in does better on lines of its own, as the terminal breaks them.
  const table = formatTable(rowsOf(room < 24 ? 200 : room), title => out.style('dim', title));
  for (const line of flags.headless ? table.slice(1) : table) out.line(line);
}

async function follow(
  context: Context,
  flags: AuditFlags,
  { query, find, seen }: { query: Query; find: Find; seen: Set<string> },
): Promise<void> {
  const { signal, release } = catchInterruption(EXIT_FAILED);
  let newest = context.now();
  try {
    while (!signal.aborted) {
      const since = Math.max(query.since ?? 0, newest - OVERLAP_MS);
      const found = (await find({ ...query, since, limit: MOST_AT_ONCE })).reverse();
      const fresh = found.filter(({ id }) => !seen.has(id));
      for (const { id, at } of fresh) {
        seen.add(id);
        newest = Math.max(newest, at);
      }
      if (fresh.length > 0) print(context, fresh, { ...flags, headless: true });
      await setTimeout(FOLLOW_MS, undefined, { signal }).catch(() => {});
    }
  } finally {
    release();
  }
}
