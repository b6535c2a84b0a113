import { readdir, readFile, rm, rmdir, writeFile } from 'node:fs/promises';
import { arch, release, type } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { MeetError } from '../core/errors.ts';
import { explainWrite } from '../smoke/evidence/write-whole.ts';
import type { TimedReport } from '../smoke/report/repetition.ts';
import type { Watcher } from '../smoke/watcher.ts';
import { makeFolder } from '../store/make-folder.ts';
import type { Context } from './context.ts';
import type { SmokeFlags } from './smoke-flags.ts';
import { VERSION } from './version.ts';

/** Where `--report` puts its pages. */
export interface ReportDesk {
  /** Who watches a run, counted from 1; nobody where no report was asked for. */
  watchersFor(run: number): Promise<readonly Watcher[]>;
  /** Links the pages of many runs, and says where the report is; false when a part of it could not be written. */
  finish(runs: readonly TimedReport[]): Promise<boolean>;
}

const NO_DESK: ReportDesk = { watchersFor: async () => [], finish: async () => true };

/** Makes sure that the folder can be written to, before a run is spent; BAD_REQUEST where it cannot. */
export async function openReportDesk(
  { notes, now }: Context,
  { report: folder, repeat = 1 }: SmokeFlags,
): Promise<ReportDesk> {
  if (folder === undefined) return NO_DESK;
  await prepareFolder(folder);
  await clearFolder(folder);
  const view = { style: await readView('report.css'), script: await readView('report.js') };
  const versions = { meet: VERSION, node: process.versions.node, system: `${type()} ${release()} ${arch()}` };
  let written = true;
  const onTrouble = (words: string) => {
    written = false;
    notes.line(`${notes.style('red', 'error:')} ${words}`);
  };
  return {
    async watchersFor(run) {
      // Playwright's types aside, nothing of it is loaded by a run without a report.
      const { createRecorder } = await import('../smoke/evidence/recorder.ts');
      const own = repeat > 1 ? join(folder, folderOf(run)) : folder;
      try {
        if (own !== folder) await clearFolder(own);
      } catch (error) {
        // A disk that is full by now costs the reports, not the runs.
        onTrouble(explainWrite(own, error));
        return [];
      }
      return [createRecorder({ folder: own, view, versions, now, onTrouble })];
    },
    async finish(runs) {
      if (repeat > 1) await writeRuns(folder, runs, view).catch(error => onTrouble(describeTrouble(error)));
      if (written) notes.line(`  report  ${join(folder, 'index.html')}`);
      return written;
    },
  };
}

const folderOf = (run: number) => `run-${run}`;

// The same from src/cli and from the bundle in dist/cli.
function readView(name: string): Promise<string> {
  return readFile(fileURLToPath(new URL(`../../dist/smoke/${name}`, import.meta.url)), 'utf8');
}

async function writeRuns(
  folder: string,
  runs: readonly TimedReport[],
  view: { style: string; script: string },
): Promise<void> {
  const { renderRuns } = await import('../smoke/evidence/render/runs-page.ts');
  await writeFile(join(folder, 'index.html'), renderRuns(runs, folderOf, view));
}

/** Rights say little (root, read-only disks, quotas): writing a file says it all. */
async function prepareFolder(folder: string): Promise<void> {
  const trial = join(folder, '.meet-report');
  try {
    makeFolder(folder);
    await writeFile(trial, '');
    await rm(trial);
  } catch (error) {
    throw new MeetError(
      'BAD_REQUEST',
      `--report needs a folder. ${explainWrite(folder, error)} Name another.`,
    );
  }
}

/** What an earlier report left there: a trace of that failure beside the page of this success would mislead. */
async function clearFolder(folder: string): Promise<void> {
  makeFolder(folder);
  const names = await readdir(folder);
  const runs = names.filter(name => RUN_FOLDER.test(name)).map(name => join(folder, name));
  await Promise.all([emptyFolder(folder, names), ...runs.map(removeRun)]);
}

async function emptyFolder(folder: string, names: readonly string[]): Promise<void> {
  const old = names.filter(name => OWN_FILE.test(name));
  await Promise.all(old.map(name => rm(join(folder, name), { force: true })));
}

/** What an earlier `--repeat` left; a folder with files of somebody else's in it stays, and so does what is none. */
async function removeRun(folder: string): Promise<void> {
  await emptyFolder(folder, await readdir(folder).catch(() => []));
  await rmdir(folder).catch(() => {});
}

const RUN_FOLDER = /^run-\d+$/;
const OWN_FILE = /^(trace-[\w-]+\.zip|index\.html|report\.json)$/;

function describeTrouble(error: unknown): string {
  return `The report's first page could not be written: ${error instanceof Error ? error.message : error}.`;
}
