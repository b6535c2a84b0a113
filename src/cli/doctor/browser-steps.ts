import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

export interface Step {
  readonly command: string;
  readonly args: readonly string[];
  /** Tried where this step fails. */
  readonly instead?: Step;
}

/** Where packages can be installed without asking. Ubuntu is left out: its `chromium` is a snap, which containers cannot run. */
export function isRootOnDebian(): boolean {
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return false;
  return /^ID=debian$/m.test(readFileSync('/etc/os-release', 'utf8'));
}

/** What installs a browser, by Debian's packages or Playwright's own. Our set-up scripts take the same steps as `meet doctor`. */
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
