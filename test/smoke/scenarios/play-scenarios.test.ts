import { describe, expect, it } from 'vitest';
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

  it('fails one whose time is over, and says how long it had', async () => {
    const slow = scenario({ limitMs: 10, play: () => new Promise(() => {}) });
    expect(await play([slow])).toMatchObject({
      exitCode: 22,
      verdicts: [['quiet', false, false, 'waited 0.01 s']],
    });
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
