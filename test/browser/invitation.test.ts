import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it, onTestFinished } from 'vitest';
import { requireBrowser } from '../../src/smoke/browser/find-browser.ts';
import { startBrowserProcess } from '../../src/smoke/browser/launch.ts';
import { createLinter } from '../../src/smoke/lint/linter.ts';
import { fullMember } from '../../src/smoke/people/cast.ts';
import { inviteCompany } from '../../src/smoke/people/company.ts';
import { endsWithin } from '../../src/smoke/signals.ts';
import { createOwnRecorder } from './own-recorder.ts';
import { LINT_FILE } from './smoke-run.ts';

const PROBE = fileURLToPath(new URL('../../dist/smoke/probe.js', import.meta.url));
const CAST = { members: [fullMember('alice')], sameProfile: false };
/** Moments at which an end comes, spread over the whole way from the tab's first moment to the end of the invitation. */
const MOMENTS = 12;
/** Milliseconds in which an invitation hears that all has ended. */
const TOLD_MS = 1000;

const ENDS = {
  closed: (close: () => Promise<unknown>) => close(),
  killed: async (_: unknown, kill: () => void) => kill(),
};

/**
 * Invites alice; once her tab is there, and `afterMs` more have passed, or she has been invited, it all ends. Gives how long
 * the rest of the invitation took, in milliseconds; null when the end came first.
 */
async function inviteAndEnd(folder: string, how: keyof typeof ENDS, afterMs: number): Promise<number | null> {
  const found = requireBrowser({ env: process.env });
  const { started, end, kill } = startBrowserProcess({ browser: found, headed: false, loopbackOnly: true });
  const browser = await started;
  const watchers = [createLinter(LINT_FILE, Date.now), await createOwnRecorder(folder, () => {})];
  let close: () => Promise<unknown> = async () => {};
  let onTab = () => {};
  const tab = new Promise<void>(resolve => {
    onTab = resolve;
  });
  const undo = (step: () => Promise<unknown>) => {
    close = step;
    browser.contexts()[0]?.once('page', onTab);
  };
  const host = { options: { probeFile: PROBE }, runner: { collapse() {} }, watchers, undo };
  const invited = inviteCompany(host, () => browser, CAST);
  await tab;
  const start = performance.now();
  let over = false;
  const settled = invited
    .then(
      () => performance.now() - start,
      () => null,
    )
    .finally(() => {
      over = true;
    });
  // By turns of the event loop: a timer is a whole millisecond at least.
  while (!over && performance.now() - start < afterMs) await new Promise(setImmediate);
  await ENDS[how](close, kill);
  // What Playwright threw away is never told.
  await endsWithin(settled, TOLD_MS);
  await end();
  return Promise.race([settled, null]);
}

it.each(['closed', 'killed'] as const)(
  'who is still being invited when all is %s costs the process nothing',
  async how => {
    const folder = await mkdtemp(join(tmpdir(), 'meet-invitation-'));
    const uncaught: string[] = [];
    const note = ({ message }: Error) => void uncaught.push(message);
    process.on('uncaughtException', note);
    onTestFinished(() => {
      process.off('uncaughtException', note);
      return rm(folder, { recursive: true });
    });
    // The first of a process takes longer than all later ones.
    await inviteAndEnd(folder, how, Number.POSITIVE_INFINITY);
    const wholeMs = (await inviteAndEnd(folder, how, Number.POSITIVE_INFINITY)) ?? Number.NaN;
    const times: (number | null)[] = [];
    for (let moment = 0; moment < MOMENTS; moment += 1)
      times.push(await inviteAndEnd(folder, how, (wholeMs * moment) / MOMENTS));
    expect(uncaught).toEqual([]);
    expect(times).toContain(null);
  },
);
