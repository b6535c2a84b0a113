import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { createLinter } from '../../src/smoke/lint/linter.ts';
import type { Person } from '../../src/smoke/people/person.ts';
import type { PhaseName } from '../../src/smoke/phase.ts';
import type { Prepare } from '../../src/smoke/scene.ts';
import { type Breakage, failureOf, runBroken } from './smoke-run.ts';

const LINT = fileURLToPath(new URL('../../dist/smoke/lint.js', import.meta.url));

/** A run of our page under the lint, in which everybody's page is busy for ever from the end of a phase on. */
async function runLinted({ hangAfter, ...breakage }: Breakage & { readonly hangAfter?: PhaseName }) {
  const people: Person[] = [];
  const linter = createLinter(LINT, Date.now);
  const hang = ({ page }: Person) => {
    const busy = () => {
      for (;;);
    };
    page.evaluate(busy).catch(() => {});
  };
  const watcher = {
    onPerson: (person: Person) => void people.push(person),
    onEnd({ name }: { readonly name: string }) {
      if (name === hangAfter) people.filter(({ page }) => !page.isClosed()).forEach(hang);
    },
  };
  const start = performance.now();
  const report = await runBroken({
    ...breakage,
    options: { ...breakage.options, linter, watchers: [watcher] },
  });
  return { ...failureOf(report), report, seconds: (performance.now() - start) / 1000 };
}

describe('the runtime lint comes to its end', () => {
  it('where a page hangs when it is looked at, and names it', async () => {
    const { report, ...run } = await runLinted({ hangAfter: 'cleanup' });
    expect(run).toMatchObject({
      exitCode: 21,
      phase: 'lint',
      words: "bob's page hangs: it did not answer for 5 s when it was looked at",
    });
    expect(report.phases.at(-1)?.ms).toBeLessThan(8000);
  });

  it('where pages hang in the middle of the meeting', async () => {
    const run = await runLinted({ hangAfter: 'media', options: { limits: { leave: 3000 } } });
    expect(run).toMatchObject({ exitCode: 19, phase: 'leave', report: { lint: [] } });
    expect(run.seconds).toBeLessThan(30);
  });

  it.each([
    ['whenever its SDK runs', undefined],
    // The lobby then has no idle moment, so that the SDK runs only once Join was pressed.
    ['after Join was pressed', 'requestIdleCallback = () => 0'],
  ])('where a page never loads, %s', async (_, script = '') => {
    const prepare: Prepare = async page => void (await page.addInitScript(script));
    const run = await runLinted({ afterSdk: 'for (;;);', options: { prepare, limits: { page: 2000 } } });
    expect(run).toMatchObject({ exitCode: 15, phase: 'page', report: { lint: [] } });
    expect(run.seconds).toBeLessThan(30);
  });

  it.each(['join', 'cleanup'] as const)('where the browser is killed after %s', async phase => {
    const run = await runLinted({ killBrowserAfter: phase });
    expect(run.words ?? 'no rule was broken').toMatch(/ended by itself|no rule was broken/);
    expect(run.report.lint).toEqual([]);
    expect(run.seconds).toBeLessThan(30);
  });
});
