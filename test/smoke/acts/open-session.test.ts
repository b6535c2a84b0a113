import { expect, it } from 'vitest';
import { openSession } from '../../../src/smoke/acts/open-session.ts';
import { createAnyVenue } from '../../../src/smoke/pages/any-venue.ts';
import type { PagePlan } from '../../../src/smoke/pages/page-plan.ts';
import { COUPLE } from '../../../src/smoke/people/cast.ts';
import { createPhaseRunner } from '../../../src/smoke/phase-runner.ts';
import type { Scene } from '../../../src/smoke/scene.ts';
import { planFor } from '../../fixtures/pages/plan.ts';

const LINK = 'http://localhost:5173/{sessionId}';

async function open(createSession: PagePlan['createSession'], limitMs = 1000) {
  const page = planFor(LINK, { createSession });
  const runner = createPhaseRunner({
    signal: new AbortController().signal,
    limits: { create: limitMs },
  });
  const scene = { runner, options: { page } } as unknown as Scene;
  const [ended] = await Promise.allSettled([openSession(scene, createAnyVenue(page, COUPLE))]);
  return { ended, phases: runner.results() };
}

it('has no phase where an id can be made up', async () => {
  expect(await open(undefined)).toMatchObject({ ended: { status: 'fulfilled' }, phases: [] });
});

it('takes the session that createSession makes', async () => {
  const { ended, phases } = await open(async () => ({ sessionId: 'made' }));
  expect(ended).toMatchObject({ value: { id: 'made' } });
  expect(phases).toMatchObject([{ name: 'create', ok: true }]);
});

it.each([
  [
    'refuses',
    async () => Promise.reject(new TypeError('fetch failed', { cause: new Error('connect ECONNREFUSED') })),
    'createSession failed: fetch failed (connect ECONNREFUSED)',
  ],
  [
    'throws at once',
    () => {
      throw new Error('no such variable\nat line 3');
    },
    'createSession failed: no such variable',
  ],
  ['hangs', () => new Promise<never>(() => {}), 'createSession came to no end (waited 0.05 s)'],
])('fails in words where createSession %s', async (_, createSession, detail) => {
  const { ended, phases } = await open(createSession, 50);
  expect(ended).toMatchObject({ status: 'rejected', reason: { phase: 'create', exitCode: 12 } });
  expect(phases).toMatchObject([{ name: 'create', ok: false, detail }]);
});
