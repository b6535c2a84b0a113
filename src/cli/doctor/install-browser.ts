import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { MeetError } from '../../core/errors.ts';
import { findBrowser } from '../../smoke/browser/find-browser.ts';
import type { Context } from '../context.ts';

interface Step {
  readonly command: string;
  readonly args: readonly string[];
  /** Tried where this step fails. */
  readonly instead?: Step;
}

/** Installs a browser where none is found, by the system's packages or Playwright's own. Throws `NO_BROWSER`. */
export function installBrowser(context: Context): void {
  const { env } = context.settings;
  if (findBrowser({ env })) return;
  for (const step of stepsFor(isRootOnDebian())) runStep(context, step);
  if (findBrowser({ env })) return;
  throw new MeetError('NO_BROWSER', 'No browser was found after installing one; name one with MEET_BROWSER.');
}

/** Ubuntu is left out: its `chromium` package is a snap, which containers cannot run. */
function isRootOnDebian(): boolean {
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return false;
  return /^ID=debian$/m.test(readFileSync('/etc/os-release', 'utf8'));
}

export function stepsFor(debian: boolean): readonly Step[] {
  if (debian) {
    const install = ['install', '-y', '-qq', '--no-install-recommends'];
    // Debian before bookworm has only the whole browser.
    const whole = { command: 'apt-get', args: [...install, 'chromium'] };
    return [
      { command: 'apt-get', args: ['update', '-qq'] },
      { command: 'apt-get', args: [...install, 'chromium-headless-shell'], instead: whole },
    ];
  }
  const playwright = createRequire(import.meta.url).resolve('playwright-core/package.json');
  const cli = join(dirname(playwright), 'cli.js');
  // As root Playwright can fetch the system's libraries too.
  const libraries = process.platform === 'linux' && process.getuid?.() === 0 ? ['--with-deps'] : [];
  return [{ command: process.execPath, args: [cli, 'install', 'chromium', '--only-shell', ...libraries] }];
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
