import { describe, expect, it, vi } from 'vitest';
import { smokeFailure } from '../../../src/smoke/phase.ts';
import { playScenarios } from '../../../src/smoke/scenarios/play-scenarios.ts';
import type { Scenario } from '../../../src/smoke/scenarios/scenario.ts';
import { emptyShow, scenario } from './stand-ins.ts';

const good = scenario({ name: 'good' });
const bad = scenario({
  name: 'bad',
  play: async () => {
    throw smokeFailure('bob saw nothing');
  },
});
const endless = scenario({ name: 'endless', limitMs: 60_000, play: () => new Promise(() => {}) });

async function play(scenarios: readonly Scenario[], end?: { reason: string; interrupted?: boolean }) {
  const over = new AbortController();
  const interruption = end?.interrupted ? over.signal : new AbortController().signal;
  const show = emptyShow({ signal: over.signal, interruption });
  const told: string[] = [];
  const options = Object.assign(show.scene.options, {
    onScenarioStart(name: string) {
      told.push(name);
      if (name === 'endless') over.abort(new Error(end?.reason));
    },
  });
  expect(options.signal).toBe(interruption);
  const exitCode = await playScenarios(scenarios, show);
  const verdicts = show.scene.draft.scenarios.map(({ name, ok, skipped = false, detail }) => [
    ...[name, ok, skipped, detail],
  ]);
  return { exitCode, verdicts, told };
}

describe('playScenarios', () => {
  it('plays all, one that fails too, and exits with 22 then', async () => {
    expect(await play([bad, good])).toEqual({
      exitCode: 22,
      verdicts: [
        ['bad', false, false, 'bob saw nothing'],
        ['good', true, false, 'all good'],
      ],
      told: ['bad', 'good'],
    });
  });

  it('exits with 0 when all hold, those left out not counted', async () => {
    const unfit = scenario({ name: 'unfit', unfit: () => 'needs the emulator' });
    expect(await play([good, unfit])).toMatchObject({
      exitCode: 0,
      verdicts: [
        ['good', true, false, 'all good'],
        ['unfit', true, true, 'needs the emulator'],
      ],
    });
  });

  it('says in one line how one failed', async () => {
    const broken = () => Promise.reject(new Error('page.click: Target closed\nCall log:\n  - waiting'));
    expect(await play([scenario({ play: broken })])).toMatchObject({
      verdicts: [['quiet', false, false, 'page.click: Target closed']],
    });
  });

  it('fails one whose time is over, and says how long it had', async () => {
    const slow = scenario({ limitMs: 10, play: () => new Promise(() => {}) });
    expect(await play([slow])).toMatchObject({
      exitCode: 22,
      verdicts: [['quiet', false, false, 'it came to no end (waited 0.01 s)']],
    });
  });

  it('does not wait for ever for who looks on, and judges as if nobody did', async () => {
    vi.useFakeTimers();
    try {
      const show = emptyShow({ signal: new AbortController().signal });
      const hanging = { beforeParting: () => new Promise<void>(() => {}) };
      const failing = { beforeParting: () => Promise.reject(new Error('no picture')) };
      const watched = { ...show, scene: { ...show.scene, watchers: [hanging, failing] } };
      const played = playScenarios([good], watched);
      await vi.advanceTimersByTimeAsync(6000);
      expect(await played).toBe(0);
      expect(show.scene.draft.scenarios).toMatchObject([{ name: 'good', ok: true }]);
    } finally {
      vi.useRealTimers();
    }
  });

  it('gives a page that is slow to notice who is gone more time', async () => {
    const show = emptyShow({ signal: new AbortController().signal });
    const driver = { goneBudgetMs: 20 } as typeof show.venue.driver;
    const slow = scenario({ limitMs: 10, play: () => new Promise(() => {}) });
    await playScenarios([slow], { ...show, venue: { ...show.venue, driver } });
    expect(show.scene.draft.scenarios).toMatchObject([{ detail: 'it came to no end (waited 0.03 s)' }]);
  });

  it("exits with 23 when the run's time is over, and names what was not tried", async () => {
    expect(await play([good, endless, good], { reason: 'the 120 s of the run are over' })).toEqual({
      exitCode: 23,
      verdicts: [
        ['good', true, false, 'all good'],
        ['endless', false, false, 'the 120 s of the run are over'],
        ['good', true, true, 'not tried: the 120 s of the run are over'],
      ],
      told: ['good', 'endless'],
    });
  });

  it('tells the verdict, though people never part when the time is over', async () => {
    const over = new AbortController();
    const show = emptyShow({
      signal: over.signal,
      watchers: [{ beforeParting: () => new Promise(() => {}) }],
    });
    const play = async () => {
      over.abort(new Error('over'));
      return { detail: 'all good' };
    };
    expect(await playScenarios([scenario({ play })], show)).toBe(23);
    expect(show.scene.draft.scenarios).toMatchObject([{ name: 'quiet', ok: true }]);
  });

  it('keeps the exit code of what failed first', async () => {
    expect(await play([bad, endless], { reason: 'over' })).toMatchObject({ exitCode: 22 });
  });

  it('exits with 130 when the user wants no more', async () => {
    expect(await play([endless], { reason: 'interrupted', interrupted: true })).toMatchObject({
      exitCode: 130,
      verdicts: [['endless', false, false, 'interrupted']],
    });
  });
});
