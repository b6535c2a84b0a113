import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import {
  browserKilled,
  leaveButton,
  rendererKilled,
  tabClosed,
} from '../../src/smoke/scenarios/departures.ts';
import { hostEndsForAll } from '../../src/smoke/scenarios/host-ends-for-all.ts';
import { networkLost } from '../../src/smoke/scenarios/network-lost.ts';
import { cameraOffSeen, muteSeen } from '../../src/smoke/scenarios/own-media.ts';
import { rejoin } from '../../src/smoke/scenarios/rejoin.ts';
import type { Verdict } from '../../src/smoke/scenarios/scenario.ts';
import { screenShare } from '../../src/smoke/scenarios/screen-share.ts';
import { servePeerJs } from '../fixtures/pages/peerjs/serve.ts';
import { planFor } from '../fixtures/pages/plan.ts';
import { type Backend, openBackend } from './broken-page.ts';
import { failureOf, runBroken } from './smoke-run.ts';

const DEPARTURES = [leaveButton, rejoin, tabClosed, rendererKilled, browserKilled];
const OWN_MEDIA = [muteSeen, cameraOffSeen, screenShare, hostEndsForAll, networkLost];
const DEADLINE_MS = 150_000;

/** What became of each: the names of its figures, or why it was left out, or how it failed. */
function outcomesOf(verdicts: readonly Verdict[]) {
  return Object.fromEntries(
    verdicts.map(({ name, ok, skipped, detail, figures }) => [
      name,
      ok && !skipped ? Object.keys(figures).join() : detail,
    ]),
  );
}

const DEPARTED = {
  'leave-button': 'goneMs',
  rejoin: 'firstMs,secondMs',
  'tab-closed': 'goneMs',
  'renderer-killed': 'goneMs',
  'browser-killed': 'goneMs',
};
const HAS_OWN_MEETINGS = "it needs meetings of meet's own server, and this page has its own";

describe("scenarios on the vendor's flow", () => {
  let backend: Backend;
  beforeAll(async () => {
    backend = await openBackend();
  });
  afterAll(() => backend.close());

  it.each([
    ['departures', DEPARTURES, DEPARTED],
    [
      'own media',
      OWN_MEDIA,
      {
        'mute-seen': 'offMs,onMs',
        'camera-off-seen': 'offMs,onMs',
        'screen-share': 'shownMs,hiddenMs',
        'host-ends-for-all': 'hostMs,otherMs',
        'network-lost': HAS_OWN_MEETINGS,
      },
    ],
  ])(
    '%s hold, and what needs our own server is left out',
    async (_, scenarios, outcomes) => {
      const verdicts: Verdict[] = [];
      const onScenarioEnd = (verdict: Verdict) => void verdicts.push(verdict);
      const failure = await backend.run('', { scenarios, onScenarioEnd, deadlineMs: DEADLINE_MS });
      expect(outcomesOf(verdicts)).toEqual(outcomes);
      expect(failure).toEqual({ exitCode: 0 });
    },
    180_000,
  );
});

it('scenarios on PeerJS: who goes is missed, and what the page has no button for is left out', async () => {
  const { link, stop } = await servePeerJs();
  onTestFinished(stop);
  const fill = [{ selector: '[name="name"]', text: '{name}' }];
  const page = planFor(link, { fill, join: 'text=Enter the room' });
  const scenarios = [...DEPARTURES, ...OWN_MEDIA];
  const report = await runBroken({ options: { page, scenarios, deadlineMs: DEADLINE_MS } });
  expect(outcomesOf(report.scenarios ?? [])).toEqual({
    ...DEPARTED,
    'mute-seen': "alice's page shows no button for the microphone",
    'camera-off-seen': "alice's page shows no button for the camera",
    'screen-share': "alice's page shows no button for the screen",
    'host-ends-for-all': "alice's page has no global CometChatCalls to end it with",
    'network-lost': HAS_OWN_MEETINGS,
  });
  expect(failureOf(report)).toEqual({ exitCode: 0 });
}, 180_000);
