import type { Browser } from 'playwright-core';
import { cleanUp } from './acts/clean-up.ts';
import { checkExpiry, checkOpenDoor, checkShutDoors } from './acts/knock.ts';
import { meet, openPages } from './acts/meet.ts';
import { closeTab, leaveAndRejoin } from './acts/part.ts';
import { openHouse, startBrowser } from './acts/prepare.ts';
import { createOwnVenue } from './pages/own-venue.ts';
import { SCENARIO_EXIT_CODE } from './phase.ts';
import { createPhaseRunner, PhaseEnd } from './phase-runner.ts';
import { noticeFor } from './report/notice.ts';
import { createDraft, type SmokeReport } from './report/report.ts';
import { playScenarios } from './scenarios/play-scenarios.ts';
import type { House, Scene, SmokeOptions } from './scene.ts';
import { limitSignal } from './signals.ts';
import type { Venue } from './venue.ts';

/**
 * One run: a private server, a browser, people who meet, part and meet again. Resolves to the report also when
 * it failed, or when its time was over; rejects only on an error of the smoke test's own.
 */
export async function runSmoke(options: SmokeOptions): Promise<SmokeReport> {
  const undoing: (() => Promise<unknown>)[] = [];
  const { deadlineMs } = options;
  const deadline = limitSignal(options.signal, deadlineMs, `the ${deadlineMs / 1000} s of the run are over`);
  const { limits, watchers = [] } = options;
  const runner = createPhaseRunner({
    signal: deadline.signal,
    interruption: options.signal,
    limits,
    onStart(name) {
      options.onStart?.(name);
      for (const watcher of watchers) watcher.onStart?.(name);
    },
    onEnd(result) {
      options.onEnd?.(result);
      for (const watcher of watchers) watcher.onEnd?.(result);
    },
  });
  const draft = createDraft();
  const scene: Scene = { options, runner, draft, watchers, undo: step => undoing.push(step) };
  try {
    const exitCode = await play(scene, deadline.signal).then(() => 0, exitCodeOf);
    const report = finishReport(scene, exitCode);
    await Promise.all(watchers.map(watcher => watcher.close?.(report)));
    await options.keep?.(report, scene.draft.link);
    return report;
  } finally {
    deadline.release();
    await Promise.all(undoing.map(step => step()));
  }
}

function exitCodeOf(error: unknown): number {
  if (error instanceof PhaseEnd) return error.exitCode;
  throw error;
}

async function play(scene: Scene, signal: AbortSignal): Promise<void> {
  const [browser, house] = await Promise.all([startBrowser(scene), prepareHouse(scene)]);
  const venue = createOwnVenue(house);
  await Promise.all([checkExpiry(scene, house), playMeeting(scene, venue, browser)]);
  await playScenarios(scene.options.scenarios ?? [], { scene, venue, browser, signal });
}

async function prepareHouse(scene: Scene): Promise<House> {
  const house = await openHouse(scene);
  await Promise.all([checkShutDoors(scene, house), checkOpenDoor(scene, house)]);
  return house;
}

async function playMeeting(scene: Scene, venue: Venue, browser: Browser): Promise<void> {
  const session = await venue.openSession();
  for (const watcher of scene.watchers) watcher.onSession?.(session);
  const opened = await openPages(scene, venue, { session, browser });
  await meet(scene, venue, opened);
  await leaveAndRejoin(scene, venue, opened.people);
  await closeTab(scene, venue, opened.people);
  await cleanUp(scene, venue, opened.people);
}

function finishReport({ options, runner, draft }: Scene, playedTo: number): SmokeReport {
  const { sdk, browser, media, leave, cleanup, lint, scenarios } = draft;
  const exitCode = playedTo || (scenarios.every(({ ok }) => ok) ? 0 : SCENARIO_EXIT_CODE);
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
