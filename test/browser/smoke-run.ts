import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished } from 'vitest';
import { startServer } from '../../src/cli/compose.ts';
import { requireBrowser } from '../../src/smoke/browser/find-browser.ts';
import { COUPLE } from '../../src/smoke/people/cast.ts';
import type { PhaseName } from '../../src/smoke/phase.ts';
import type { SmokeReport } from '../../src/smoke/report/report.ts';
import { runSmoke } from '../../src/smoke/run.ts';
import type { SmokeOptions } from '../../src/smoke/scene.ts';
import { patchSdk } from './patched-sdk.ts';
import { startTamperer, type Tamper } from './tamperer.ts';

/** What to break in an otherwise whole run. */
export interface Breakage {
  /** Browser arguments to replace, by what they begin with; '' takes one away. */
  readonly browserArguments?: Readonly<Record<string, string>>;
  /** JavaScript that runs after the real SDK's. */
  readonly afterSdk?: string;
  /** Where the server keeps its data; else a folder that goes with the test. */
  readonly dataDir?: string;
  /** Changes an answer of our server's API. */
  readonly tamper?: Tamper;
  readonly killBrowserAfter?: PhaseName;
  /** Stops all of its processes, which then answer nothing. */
  readonly stopBrowserAfter?: PhaseName;
  readonly options?: Partial<SmokeOptions>;
}

const PROBE = fileURLToPath(new URL('../../dist/smoke/probe.js', import.meta.url));
/** The linter's part in the page. */
export const LINT_FILE = fileURLToPath(new URL('../../dist/smoke/lint.js', import.meta.url));

/** Of the runs that failed in this file's tests. */
export const seenExitCodes = new Set<number>();

/** A real run with a real server, SDK and browser, of which one thing is broken. */
export async function runBroken(breakage: Breakage): Promise<SmokeReport> {
  const folder = await mkdtemp(join(tmpdir(), 'meet-broken-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const { browserArguments = {}, afterSdk, tamper, killBrowserAfter, stopBrowserAfter, options } = breakage;
  const wanted = await wrapBrowser(folder, browserArguments);
  const sdk = afterSdk === undefined ? 'bundled' : await patchSdk(folder, afterSdk);
  const report = await runSmoke({
    async startServer() {
      const dataDir = breakage.dataDir ?? join(folder, 'data');
      const server = await startServer({ dataDir, projectDir: folder, env: {}, port: 0, sdk });
      return tamper ? startTamperer(server, tamper) : server;
    },
    cast: COUPLE,
    backend: 'emulator',
    browser: { env: process.env, wanted },
    probeFile: PROBE,
    now: Date.now,
    signal: new AbortController().signal,
    deadlineMs: 60_000,
    onEnd({ name }) {
      if (name === killBrowserAfter) signalBrowser(folder, 'SIGKILL');
      if (name === stopBrowserAfter) signalBrowser(folder, 'SIGSTOP');
    },
    ...options,
  });
  await expect.poll(() => listBrowser(folder)).toEqual([]);
  seenExitCodes.add(report.exitCode);
  return report;
}

/** What failed: the phase, the exit code and the words. */
export function failureOf({ exitCode, phases }: SmokeReport) {
  const failed = phases.find(({ ok }) => !ok);
  return { exitCode, phase: failed?.name, words: failed?.detail };
}

/** A browser that gets other arguments than it was given: how a user's browser may differ from ours. */
async function wrapBrowser(folder: string, changes: Readonly<Record<string, string>>): Promise<string> {
  const { path } = requireBrowser({ env: process.env });
  const cases = Object.entries(changes).map(([start, other]) => `${start}*) set -- "$@" ${other} ;;`);
  const script = [
    '#!/bin/sh',
    `echo $$ > '${join(folder, 'pid')}'`,
    'for given; do shift; case "$given" in',
    ...cases,
    '*) set -- "$@" "$given" ;;',
    `esac; done; exec '${path}' "$@"`,
  ];
  const file = join(folder, 'browser');
  await writeFile(file, script.join('\n'));
  await chmod(file, 0o755);
  return file;
}

/** All of its processes: they are one group, whose leader is the wrapper. */
function signalBrowser(folder: string, signal: NodeJS.Signals): void {
  process.kill(-groupOf(folder), signal);
}

function groupOf(folder: string): number {
  return Number(readFileSync(join(folder, 'pid'), 'utf8'));
}

/** What still runs of the browser; dead processes that nobody asked for are none. */
function listBrowser(folder: string): string[] {
  if (!existsSync(join(folder, 'pid'))) return [];
  const lines = execFileSync('ps', ['-e', '-o', 'pgid=,stat=,args='], { encoding: 'utf8' }).split('\n');
  const line = new RegExp(`^ *${groupOf(folder)} +[^Z]`);
  return lines.filter(text => line.test(text));
}
