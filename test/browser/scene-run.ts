import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import { startServer } from '../../src/cli/compose.ts';
import { openHouse, startBrowser } from '../../src/smoke/acts/prepare.ts';
import { createOwnVenue } from '../../src/smoke/pages/own-venue.ts';
import { COUPLE } from '../../src/smoke/people/cast.ts';
import { createPhaseRunner } from '../../src/smoke/phase-runner.ts';
import { createDraft } from '../../src/smoke/report/report.ts';
import { playScenarios } from '../../src/smoke/scenarios/play-scenarios.ts';
import type { Scenario, Verdict } from '../../src/smoke/scenarios/scenario.ts';
import type { Scene, SmokeServer } from '../../src/smoke/scene.ts';
import { patchSdk } from './patched-sdk.ts';

const PROBE = fileURLToPath(new URL('../../dist/smoke/probe.js', import.meta.url));

/**
 * One scenario with a real server, SDK and browser, and without the meeting before it. `afterSdk`: JavaScript that runs after
 * the real SDK's, and breaks the page. `change`: puts another server before the real one.
 */
export async function playAlone(
  scenario: Scenario,
  afterSdk = '',
  change: (server: SmokeServer) => SmokeServer | Promise<SmokeServer> = server => server,
): Promise<Verdict> {
  let aheadMs = 0;
  const folder = await mkdtemp(join(tmpdir(), 'meet-scene-'));
  const undoing: (() => Promise<unknown>)[] = [];
  onTestFinished(async () => {
    await Promise.all(undoing.map(step => step()));
    await rm(folder, { recursive: true });
  });
  const { signal } = new AbortController();
  const sdk = await patchSdk(folder, afterSdk);
  const scene: Scene = {
    options: {
      async startServer() {
        const dataDir = join(folder, 'data');
        const now = () => Date.now() + aheadMs;
        const server = await startServer({ dataDir, projectDir: folder, env: {}, port: 0, sdk, now });
        const moveClock = (ms: number) => {
          aheadMs = ms;
        };
        return change({ ...server, moveClock });
      },
      cast: COUPLE,
      backend: 'emulator',
      browser: { env: process.env },
      probeFile: PROBE,
      now: Date.now,
      signal,
      deadlineMs: 120_000,
    },
    runner: createPhaseRunner({ signal }),
    draft: createDraft(),
    watchers: [],
    undo: step => undoing.push(step),
  };
  const [browser, house] = await Promise.all([startBrowser(scene), openHouse(scene)]);
  await playScenarios([scenario], { scene, venue: createOwnVenue(house), browser, signal });
  const [verdict] = scene.draft.scenarios;
  if (!verdict) throw new Error('no verdict was given');
  return verdict;
}
