import type { Browser } from 'playwright-core';
import { checkRules } from './acts/check-rules.ts';
import { cleanUp } from './acts/clean-up.ts';
import { checkExpiry, checkOpenDoor, checkShutDoors } from './acts/knock.ts';
import { meet, openPages } from './acts/meet.ts';
import { openSession } from './acts/open-session.ts';
import { closeTab, leaveAndRejoin } from './acts/part.ts';
import { openHouse, startBrowser } from './acts/prepare.ts';
import { openPageVenue } from './acts/serve-page.ts';
import { closeAll } from './closing.ts';
import { createOwnVenue } from './pages/own-venue.ts';
import { DEADLINE_EXIT_CODE, INTERRUPTED_EXIT_CODE } from './phase.ts';
import { createPhaseRunner, PhaseEnd } from './phase-runner.ts';
import { noticeFor } from './report/notice.ts';
import { createDraft, type SmokeReport } from './report/report.ts';
import { playScenarios } from './scenarios/play-scenarios.ts';
import { type House, type Scene, SECOND, type SmokeOptions } from './scene.ts';
import { lateSignal, limitSignal, rejectOn } from './signals.ts';
import type { Venue } from './venue.ts';

/**
 * One run: a private server, a browser, people who meet, part and meet again. Resolves to the report also when
 * it failed, or when its time was over; rejects only on an error of the smoke test's own.
 */
export async function runSmoke(options: SmokeOptions): Promise<SmokeReport> {
  const undoing: (() => Promise<unknown>)[] = [];
  const { deadlineMs } = options;
  const deadline = limitSignal(options.signal, deadlineMs, `the ${deadlineMs / 1000} s of the run are over`);
  const { limits, linter } = options;
  const watchers = [...(options.watchers ?? []), ...(linter ? [linter] : [])];
  const runner = createPhaseRunner({
    signal: deadline.signal,
    interruption: options.signal,
    limits,
    onStart(name) {
      options.onStart?.(name);
      for (const watcher of watchers) watcher.onStart?.(name, 'phase');
    },
    onEnd(result) {
      options.onEnd?.(result);
      for (const watcher of watchers) watcher.onEnd?.(result, 'phase');
    },
  });
  const draft = createDraft();
  const scene: Scene = { options, runner, draft, watchers, undo: step => undoing.push(step) };
  try {
    const exitCode = await playInTime(scene, deadline.signal);
    if (exitCode !== 0 && draft.lint.length === 0) await addFindings(scene);
    const report = finishReport(scene, exitCode);
    tellTroubles(options, await closeAll(watchers.map(watcher => async () => watcher.close?.(report))));
    await options.keep?.(report, scene.draft.link);
    return report;
  } finally {
    deadline.release();
    tellTroubles(options, await closeAll(undoing));
  }
}

/** Milliseconds after the deadline in which what runs may still say what it waited for; then it is left where it hangs. */
const LATE_MS = 4 * SECOND;

/** Plays; gives the exit code. */
async function playInTime(scene: Scene, signal: AbortSignal): Promise<number> {
  const late = lateSignal(signal, LATE_MS);
  try {
    return await Promise.race([play(scene, signal), rejectOn(late.signal)]);
  } catch (error) {
    if (error instanceof PhaseEnd) return error.exitCode;
    if (!signal.aborted) throw error;
    return scene.options.signal.aborted ? INTERRUPTED_EXIT_CODE : DEADLINE_EXIT_CODE;
  } finally {
    late.release();
  }
}

/** A run that broke did not come to the rules, but its pages may show why it broke; those that hang are not waited for. */
async function addFindings({ options, draft }: Scene): Promise<void> {
  const found = await options.linter?.conclude(SECOND).catch(() => null);
  draft.lint.push(...(found?.findings ?? []));
}

function tellTroubles({ onTrouble }: SmokeOptions, troubles: readonly string[]): void {
  for (const trouble of troubles) onTrouble?.(trouble);
}

/** Resolves to the exit code. */
async function play(scene: Scene, signal: AbortSignal): Promise<number> {
  const { page } = scene.options;
  const opening = page ? openPageVenue(scene, page) : prepareHouse(scene).then(createOwnVenue);
  const [browser, venue] = await Promise.all([startBrowser(scene), opening]);
  const { house } = venue;
  await Promise.all([house && checkExpiry(scene, house), playMeeting(scene, venue, browser)]);
  const exitCode = await playScenarios(scene.options.scenarios ?? [], { scene, venue, browser, signal });
  if (exitCode === 0) signal.throwIfAborted();
  if (!signal.aborted) await checkRules(scene).catch(error => keepCode(error, exitCode));
  return exitCode;
}

/** Broken rules are no longer what failed first where a scenario has. */
function keepCode(error: unknown, exitCode: number): void {
  if (exitCode === 0 || !(error instanceof PhaseEnd)) throw error;
}

async function prepareHouse(scene: Scene): Promise<House> {
  const house = await openHouse(scene);
  await Promise.all([checkShutDoors(scene, house), checkOpenDoor(scene, house)]);
  return house;
}

async function playMeeting(scene: Scene, venue: Venue, browser: Browser): Promise<void> {
  const session = await openSession(scene, venue);
  scene.draft.link ??= session.linkFor(scene.options.cast.members[0]?.name ?? '');
  for (const watcher of scene.watchers) watcher.onSession?.(session);
  const opened = await openPages(scene, venue, { session, browser });
  await meet(scene, venue, opened);
  await leaveAndRejoin(scene, venue, opened.people);
  await closeTab(scene, venue, opened.people);
  await cleanUp(scene, venue, opened.people);
}

function finishReport({ options, runner, draft }: Scene, exitCode: number): SmokeReport {
  const { sdk, browser, media, leave, cleanup, lint, scenarios } = draft;
  const phases = runner.results();
  const notice = noticeFor({ backend: options.backend, sdk });
  return {
    ok: exitCode === 0,
    exitCode,
    backend: options.backend,
    sdk,
    browser,
    phases,
    media,
    leave,
    cleanup,
    lint,
    ...(scenarios.length > 0 && { scenarios }),
    ...(notice && { notice }),
  };
}
