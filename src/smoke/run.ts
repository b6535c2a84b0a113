import type { Browser } from 'playwright-core';
import { cleanUp } from './acts/clean-up.ts';
import { checkExpiry, checkOpenDoor, checkShutDoors } from './acts/knock.ts';
import { meet, openPages } from './acts/meet.ts';
import { closeTab, leaveAndRejoin } from './acts/part.ts';
import { openHouse, startBrowser } from './acts/prepare.ts';
import { createPhaseRunner, PhaseEnd } from './phase-runner.ts';
import { noticeFor } from './report/notice.ts';
import { createDraft, type SmokeReport } from './report/report.ts';
import type { House, Scene, SmokeOptions } from './scene.ts';
import { limitSignal } from './signals.ts';

/**
 * One run: a private server, a browser, two people who meet, part and meet again. Resolves to the report also when
 * it failed, or when its time was over; rejects only on an error of the smoke test's own.
 */
export async function runSmoke(options: SmokeOptions): Promise<SmokeReport> {
  const undoing: (() => Promise<unknown>)[] = [];
  const { deadlineMs } = options;
  const deadline = limitSignal(options.signal, deadlineMs, `the ${deadlineMs / 1000} s of the run are over`);
  const { limits, onStart, onEnd } = options;
  const runner = createPhaseRunner({
    signal: deadline.signal,
    interruption: options.signal,
    limits,
    onStart,
    onEnd,
  });
  const scene: Scene = { options, runner, draft: createDraft(), undo: step => undoing.push(step) };
  try {
    const exitCode = await play(scene).then(() => 0, exitCodeOf);
    const report = finishReport(scene, exitCode);
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

async function play(scene: Scene): Promise<void> {
  const [browser, house] = await Promise.all([startBrowser(scene), prepareHouse(scene)]);
  await Promise.all([checkExpiry(scene, house), playMeeting(scene, house, browser)]);
}

async function prepareHouse(scene: Scene): Promise<House> {
  const house = await openHouse(scene);
  await Promise.all([checkShutDoors(scene, house), checkOpenDoor(scene, house)]);
  return house;
}

async function playMeeting(scene: Scene, house: House, browser: Browser): Promise<void> {
  const { couple, openedAt } = await openPages(scene, house, browser);
  await meet(scene, couple, openedAt);
  await leaveAndRejoin(scene, couple);
  await closeTab(scene, couple);
  await cleanUp(scene, couple);
}

function finishReport({ options, runner, draft }: Scene, exitCode: number): SmokeReport {
  const { sdk, browser, media, leave, cleanup } = draft;
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
    ...(notice && { notice }),
  };
}
