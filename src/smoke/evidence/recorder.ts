import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Person } from '../people/person.ts';
import { DEADLINE_EXIT_CODE, type PhaseName } from '../phase.ts';
import type { SmokeReport } from '../report/report.ts';
import type { SmokeServer } from '../scene.ts';
import type { Watcher } from '../watcher.ts';
import { assemble } from './assemble.ts';
import type { Act, Picture, Versions } from './evidence.ts';
import { watchPage } from './record/page-log.ts';
import type { PersonRecord } from './record/person-record.ts';
import { followPage } from './record/pictures.ts';
import { sampleStats } from './record/sampling.ts';
import { followSession, type ServerStream } from './record/server-stream.ts';
import { createTraces } from './record/traces.ts';
import { within } from './record/within.ts';
import type { ViewFiles } from './render/page-shell.ts';
import { renderReport } from './render/report-page.ts';
import { createSecrets } from './secrets.ts';
import { explainWrite, writeWhole } from './write-whole.ts';

export interface RecorderOptions {
  /** Exists, and can be written to. */
  readonly folder: string;
  /** Style sheet and script of the page. */
  readonly view: ViewFiles;
  readonly versions: Versions;
  readonly now: () => number;
  /** Called with words for the user when the report, or a part of it, could not be written. */
  readonly onTrouble: (words: string) => void;
}

/** Milliseconds for everything that is still on its way at the end; a page that hangs costs this once, not the report. */
const PIECE_MS = 3000;
/** The same where the run's time is over. */
const LATE_PIECE_MS = 2000;

/** Phases at whose end no page shows anything, though one may be there already. */
const BEFORE_PAGES: ReadonlySet<string> = new Set([
  ...(['browser', 'serve', 'create', 'denials', 'token', 'expiry'] as const satisfies readonly PhaseName[]),
]);

/** Watches a run, and writes index.html, report.json and, when it failed, traces. */
export function createRecorder({ folder, view, versions, now, onTrouble }: RecorderOptions): Watcher {
  const startedAt = now();
  const secrets = createSecrets();
  const records: PersonRecord[] = [];
  const acts = new Map<string, Act>();
  const pictures: Promise<Picture | null>[] = [];
  const pending: Promise<unknown>[] = [];
  const streams = new Map<string, ServerStream>();
  const traces = createTraces();
  let server: SmokeServer | undefined;
  let scenario = '';

  const photograph = (act: string) => {
    const taken = records
      .filter(({ person }) => !person.page.isClosed())
      .map(async ({ person, photographer }): Promise<Picture | null> => {
        const t = now();
        const source = await photographer?.take();
        return source ? { t, person: person.name, act, source } : null;
      });
    pictures.push(...taken);
    return Promise.all(taken);
  };

  return {
    onServer(started) {
      server = started;
      secrets.note(started.adminKey);
    },
    onSession({ id, linkFor }) {
      secrets.noteUrl(linkFor(''));
      if (server && !streams.has(id)) streams.set(id, followSession(server, id));
    },
    async onPerson(person: Person) {
      const samples: PersonRecord['samples'] = [];
      const keep = (work: Promise<unknown>) => void pending.push(work.catch(() => {}));
      const log = watchPage(person.page, { now, secrets, keep });
      const record: PersonRecord = { person, log, samples, photographer: null };
      records.push(record);
      const [photographer] = await Promise.all([
        within(
          PIECE_MS,
          followPage(person.page, work => within(PIECE_MS, work)),
        ),
        within(
          PIECE_MS,
          sampleStats(person, sample => samples.push(sample)),
        ),
        within(PIECE_MS, traces.start(person.page.context(), person.name, scenario)),
      ]);
      record.photographer = photographer;
    },
    onStart(name, kind) {
      if (kind === 'scenario') scenario = name;
      acts.set(`${kind} ${name}`, { name, kind, start: now(), end: null, ok: null });
    },
    onEnd({ name, ok }, kind) {
      const end = now();
      const start = acts.get(`${kind} ${name}`)?.start ?? end;
      acts.set(`${kind} ${name}`, { name, kind, start, end, ok });
      if (kind === 'scenario') scenario = '';
      else if (!BEFORE_PAGES.has(name)) void photograph(name);
    },
    async beforeParting(name, ok) {
      await photograph(name);
      await within(PIECE_MS, traces.end(name, !ok));
    },
    async close(report: SmokeReport) {
      const totalMs = now() - startedAt;
      const patienceMs = report.exitCode === DEADLINE_EXIT_CODE ? LATE_PIECE_MS : PIECE_MS;
      const [told, taken] = await Promise.all([
        Promise.all([...streams.values()].map(stream => within(patienceMs, stream.end()))),
        Promise.all(pictures),
        within(patienceMs, Promise.all(pending)),
        within(patienceMs, traces.end('', !report.ok)),
      ]);
      const deliver = async () => {
        // It was there when the run began. What may have come in its place, writing tells.
        await mkdir(folder).catch(error => {
          if (error.code !== 'EEXIST') throw new Error(explainWrite(folder, error));
        });
        // What is too large, or finds no room, does not cost the page.
        const delivered = await traces.deliver(folder, secrets).catch(error => {
          onTrouble(`The traces could not be written. ${error.message}`);
          return [];
        });
        const evidence = await assemble({
          ...{ report, startedAt, totalMs, versions, acts: [...acts.values()], records, secrets },
          server: told.flatMap(events => events ?? []),
          pictures: taken.filter(picture => picture !== null),
          traces: delivered,
        });
        await writeWhole(join(folder, 'report.json'), `${JSON.stringify(evidence.report, null, 2)}\n`);
        await writeWhole(join(folder, 'index.html'), renderReport(evidence, view));
      };
      await deliver().catch(error => onTrouble(`The report could not be written. ${error.message}`));
    },
  };
}
