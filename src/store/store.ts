import type { Meeting } from '../core/meeting.ts';
import type { Creation } from '../core/meeting-plan.ts';
import type { Notice } from '../core/webhook.ts';
import { type AuditStore, createAuditStore } from './audit.ts';
import type { Backend, StoreState } from './backend.ts';
import { type CodeStore, createCodeStore } from './codes.ts';
import { countByState, type MeetingCounts } from './count.ts';
import { type CounterStore, createCounterStore } from './counters.ts';
import { inspectFile, openFile } from './file.ts';
import { createMeeting, findMeeting, findMeetings, listMeetings, updateMeeting } from './meetings.ts';
import { createOutboxStore, type OutboxStore } from './outbox.ts';
import { createServerStore, type ServerStore } from './servers.ts';

/** Where the store is: a file of this machine, or a PostgreSQL that many servers share. */
export type StoreOptions =
  | { readonly file: string }
  | {
      /** postgres://user:password@host/database */
      readonly url: string;
      /** The most connections at once; 10 by default. */
      readonly poolSize?: number | undefined;
    };

/** Meetings in a database that the CLI and any number of servers share. All failures of the database are `STORE_FAILED`. */
export interface MeetingStore {
  /**
   * Stores what `planFor` makes of what is there, and with it what `tell` says of that: both or neither. Nobody else reads or
   * writes in between. Rethrows what they throw.
   */
  create(
    planFor: (existing: Meeting | null) => Creation,
    sessionId: string,
    tell?: (creation: Creation) => Notice | null,
  ): Promise<Creation>;
  find(sessionId: string): Promise<Meeting | null>;
  /** The same without waiting, where the store knows it by heart; undefined: ask `find`, which also tells what is wrong. */
  recall(sessionId: string): Meeting | undefined;
  /** Those of these that are there. */
  findAll(sessionIds: readonly string[]): Promise<Meeting[]>;
  /** All meetings, the newest first. */
  list(): Promise<Meeting[]>;
  /** How many there are in each state at `now` (epoch ms). */
  count(now: number): Promise<MeetingCounts>;
  /** Like `create`, for a meeting that must be there: `MEETING_NOT_FOUND`. */
  update(
    sessionId: string,
    change: (meeting: Meeting) => Meeting,
    tell?: (after: Meeting, before: Meeting) => Notice | null,
  ): Promise<Meeting>;
  readonly audit: AuditStore;
  /** Null with a file, which one server has. */
  readonly counters: CounterStore | null;
  /** One-time codes of admins, good at every server of this store. */
  readonly codes: CodeStore;
  readonly outbox: OutboxStore;
  readonly servers: ServerStore;
  close(): Promise<void>;
}

/**
 * Opens the store, and makes or migrates it first when needed; safe while others do the same. Throws `STORE_FAILED`, whose
 * message has the place and the fix, and `BAD_CONFIG` for a URL that cannot be used; never with the password in it.
 */
export async function openStore(options: StoreOptions): Promise<MeetingStore> {
  const backend = await openBackend(options);
  const { db, guard, auditFile, close } = backend;
  return {
    create: (planFor, sessionId, tell = tellNobody) =>
      guard(() => createMeeting(backend, planFor, sessionId, tell)),
    find: sessionId => guard(() => findMeeting(backend, sessionId)),
    recall: sessionId => backend.reader?.recall(sessionId),
    findAll: sessionIds => guard(() => findMeetings(db, sessionIds)),
    list: () => guard(() => listMeetings(db)),
    count: now => guard(() => countByState(db, now)),
    update: (sessionId, change, tell = tellNobody) =>
      guard(() => updateMeeting(backend, sessionId, change, tell)),
    audit: createAuditStore(db, guard, auditFile),
    counters: 'file' in options ? null : createCounterStore(db, guard),
    codes: createCodeStore(db, guard),
    outbox: createOutboxStore(backend),
    servers: createServerStore(db, guard),
    close,
  };
}

/** What is there, null for a file that is not made yet; nothing is made or migrated. Throws as `openStore`. */
export async function inspectStore(options: StoreOptions): Promise<StoreState | null> {
  if ('file' in options) return inspectFile(options.file);
  const { inspectPostgres } = await import('./postgres.ts');
  return inspectPostgres(options.url);
}

const tellNobody = () => null;

async function openBackend(options: StoreOptions): Promise<Backend> {
  if ('file' in options) return openFile(options.file);
  // Loaded late: who keeps meetings in a file must not pay for it.
  const { openPostgres } = await import('./postgres.ts');
  return openPostgres(options);
}
