import { spawnSync } from 'node:child_process';
import { MeetError } from '../../core/errors.ts';
import { findBrowser } from '../../smoke/browser/find-browser.ts';
import type { Context } from '../context.ts';
import { isRootOnDebian, type Step, stepsFor } from './browser-steps.ts';

/** Installs a browser where none is found, by the system's packages or Playwright's own. Throws `NO_BROWSER`. */
export function installBrowser(context: Context): void {
  const { env } = context.settings;
  if (findBrowser({ env })) return;
  for (const step of stepsFor(isRootOnDebian())) runStep(context, step);
  if (findBrowser({ env })) return;
  throw new MeetError('NO_BROWSER', 'No browser was found after installing one; name one with MEET_BROWSER.');
}

/** What it prints goes to stderr, where our own notes go. */
function runStep(context: Context, { command, args, instead }: Step): void {
  context.notes.line(`${command} ${args.join(' ')}`);
  const env = { ...context.settings.env, DEBIAN_FRONTEND: 'noninteractive' };
  const { status } = spawnSync(command, args, { env, stdio: ['ignore', 2, 2] });
  if (status === 0) return;
  if (instead) runStep(context, instead);
  else throw new MeetError('NO_BROWSER', `${command} failed; install a Chromium-based browser by hand.`);
}
