import { setTimeout } from 'node:timers/promises';
import type { AuditRecord } from '../core/audit.ts';
import { parseDuration } from '../core/duration.ts';
import { MeetError } from '../core/errors.ts';
import { parseLink } from '../core/links.ts';
import { parseInstant } from '../core/time.ts';
import { checkOutcome } from '../server/outcomes.ts';
import { describeRecord, harmlessJson, STEADY_WIDTHS } from './audit-words.ts';
import type { Command, Context } from './context.ts';
import { EXIT_FAILED, EXIT_OK } from './exit-codes.ts';
import { fitTable } from './fit-table.ts';
import { createFollower, type Follower, isPassing, pauseAfter, type Query } from './follow-trail.ts';
import { catchInterruption } from './interruption.ts';
import { withTrail } from './read-trail.ts';

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

/** `meet audit`: who asked, what was answered, when and why; the newest last. */
export const audit: Command<AuditFlags> = async (context, flags) => {
  const query = readQuery(flags, context.now());
  await withTrail(context, async find => {
    const follower = flags.follow ? createFollower(find, query, context.now) : null;
    // What the limit leaves out is not to be told as new.
    await follower?.begin();
    const records = (await find({ ...query, limit: flags.limit ?? 50 })).reverse();
    const print = createPrinter(context, flags);
    if (records.length > 0) print(records);
    else if (!follower) context.notes.line('Nothing of that kind was asked.');
    if (!follower) return;
    context.notes.line(context.notes.style('dim', 'What is asked from now on; Ctrl-C ends.'));
    follower.shown(records);
    await follow(context, follower, print);
  });
  return EXIT_OK;
};

function readQuery(flags: AuditFlags, now: number): Query {
  const { meeting, uid, since, until, denied, outcome } = flags;
  checkFilters(flags);
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
function checkFilters({ denied, outcome }: AuditFlags): void {
  if (outcome === undefined) return;
  if (denied)
    throw new MeetError('BAD_REQUEST', 'Give --denied, for all refusals, or --outcome, for one of them.');
  checkOutcome(outcome);
}

/** `1h`: an hour ago; or a time. */
function readTime(text: string, now: number): number {
  return /^\d{4}-/.test(text) ? parseInstant(text) : now - parseDuration(text);
}

type Print = (records: readonly AuditRecord[]) => void;

function createPrinter({ out, io }: Context, flags: AuditFlags): Print {
  if (flags.json)
    return records => {
      for (const { at, ...record } of records)
        out.line(harmlessJson({ at: new Date(at).toISOString(), ...record }));
    };
  const widths = new Map(flags.follow ? Object.entries(STEADY_WIDTHS) : []);
  const dim = (title: string) => out.style('dim', title);
  let told = '';
  return records => {
    const rows = records.map(record => describeRecord(record, out.style));
    const width = io.stdout.isTTY ? (io.stdout.columns ?? 80) : Number.POSITIVE_INFINITY;
    const [head = [], ...lines] = fitTable(rows, { width, styleTitle: dim, steady: widths });
    // Again when other columns have room: the terminal was made smaller, or a longer name came.
    const titles = head.join('\n').replace(/ +/g, ' ');
    for (const line of titles === told ? [] : head) out.line(line);
    told = titles;
    for (const line of lines.flat()) out.line(line);
  };
}

async function follow({ notes }: Context, follower: Follower, print: Print): Promise<void> {
  const { signal, release } = catchInterruption(EXIT_FAILED);
  let failures = 0;
  try {
    while (!signal.aborted) {
      try {
        const fresh = await follower.next();
        if (failures > 0) notes.line(notes.style('green', 'It answers again.'));
        failures = 0;
        if (fresh.length > 0) print(fresh);
      } catch (error) {
        if (!isPassing(error)) throw error;
        if (failures === 0) notes.line(`${error.message} Until it answers again this waits.`);
        failures += 1;
      }
      await setTimeout(pauseAfter(failures), undefined, { signal }).catch(() => {});
    }
  } finally {
    release();
  }
}
