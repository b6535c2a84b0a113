import { describe, expect, it } from 'vitest';
import { MeetError } from '../../src/core/errors.ts';
import { PHASES, type PhaseName, smokeFailure } from '../../src/smoke/phase.ts';
import { createPhaseRunner, PhaseEnd } from '../../src/smoke/phase-runner.ts';

const never = () => new Promise<never>(() => {});
const open = new AbortController().signal;

async function endOf(run: Promise<unknown>): Promise<PhaseEnd> {
  const error = await run.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof PhaseEnd)) throw new Error('the phase did not fail');
  return error;
}

describe('a phase', () => {
  it('gives its value and notes its detail', async () => {
    const runner = createPhaseRunner({ signal: open });
    const work = async () => ({ value: 7, detail: 'seven' });
    expect(await runner.run({ name: 'create', limitMs: 1000, work })).toBe(7);
    expect(runner.results()).toEqual([{ name: 'create', ok: true, ms: expect.any(Number), detail: 'seven' }]);
  });

  it.each(Object.entries(PHASES))('%s fails with exit code %d', async (name, exitCode) => {
    const runner = createPhaseRunner({ signal: open });
    const end = await endOf(
      runner.run({
        name: name as PhaseName,
        limitMs: 1000,
        work: async () => {
          throw smokeFailure('broken');
        },
      }),
    );
    expect([end.phase, end.exitCode, end.message]).toEqual([name, exitCode, 'broken']);
  });

  it('fails in the phase that is to blame', async () => {
    const runner = createPhaseRunner({ signal: open });
    const work = async () => {
      throw smokeFailure('alice was not let in', 'token');
    };
    const end = await endOf(runner.run({ name: 'join', limitMs: 1000, work }));
    expect([end.phase, end.exitCode]).toEqual(['token', 14]);
  });

  it('says the cause when its time is over', async () => {
    const runner = createPhaseRunner({ signal: open });
    const explain = async () => "bob's camera never started";
    const end = await endOf(runner.run({ name: 'camera', limitMs: 10, work: never, explain }));
    expect([end.exitCode, end.message]).toEqual([17, "bob's camera never started (waited 0.01 s)"]);
  });

  it('fails with 23 and its cause when the whole run is over', async () => {
    const over = new AbortController();
    const runner = createPhaseRunner({ signal: over.signal });
    const run = runner.run({
      name: 'join',
      limitMs: 60_000,
      work: never,
      explain: async () => 'bob never joined',
    });
    over.abort(new Error('120 s for the whole run are over'));
    const end = await endOf(run);
    expect([end.phase, end.exitCode, end.message]).toEqual([
      'join',
      23,
      'bob never joined (120 s for the whole run are over)',
    ]);
  });

  it('fails with 130 and blames nobody when the user wants no more', async () => {
    const user = new AbortController();
    const runner = createPhaseRunner({ signal: user.signal, interruption: user.signal });
    const run = runner.run({
      name: 'join',
      limitMs: 60_000,
      work: never,
      explain: async () => 'bob never joined',
    });
    user.abort();
    const end = await endOf(run);
    expect([end.exitCode, end.message]).toEqual([130, 'interrupted']);
  });

  it('ends a neighbour with the first failure, and notes only that', async () => {
    const runner = createPhaseRunner({ signal: open });
    const serve = runner.run({ name: 'serve', limitMs: 60_000, work: never });
    serve.catch(() => {});
    const work = async () => {
      throw new MeetError('NO_BROWSER', 'no browser');
    };
    await endOf(runner.run({ name: 'browser', limitMs: 1000, work }));
    expect(runner.results().map(({ name, ok }) => [name, ok])).toEqual([['browser', false]]);
    const later = runner.run({ name: 'page', limitMs: 1000, work: async () => ({ value: 1, detail: '' }) });
    expect((await endOf(later)).phase).toBe('browser');
  });

  it('ends at once, in the phase that runs, when the ground gives way', async () => {
    const runner = createPhaseRunner({ signal: open });
    const run = runner.run({ name: 'media', limitMs: 60_000, work: never });
    runner.collapse('the browser ended by itself');
    const end = await endOf(run);
    expect([end.exitCode, end.message]).toEqual([18, 'the browser ended by itself']);
  });

  it('keeps the order of the report, whatever ended first', async () => {
    const runner = createPhaseRunner({ signal: open });
    const work = async () => ({ value: undefined, detail: '' });
    for (const name of ['serve', 'create', 'browser'] as const)
      await runner.run({ name, limitMs: 1000, work });
    expect(runner.results().map(({ name }) => name)).toEqual(['browser', 'serve', 'create']);
  });
});
