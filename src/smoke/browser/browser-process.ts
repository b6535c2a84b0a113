import type { ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { rm } from 'node:fs/promises';
import { platform } from 'node:os';
import { kill } from 'node:process';
import type { Browser } from 'playwright-core';
import { endsWithin } from '../signals.ts';

/** Milliseconds for a browser that was asked to close, and then for its processes to be gone. */
const CLOSE_LIMIT_MS = 3000;

/** A browser on its way, and the means to end it whether or not it answers. */
export interface BrowserProcess {
  readonly started: Promise<Browser>;
  /** Closes it; ends its processes when it does not answer. Resolves to false then, and never rejects. */
  end(): Promise<boolean>;
  /** Ends its processes at once, as the system does when memory is short: nothing says goodbye. */
  kill(): void;
}

/** Starts what `launch` launches with the switch it is given, by which the process is known from its first moment. */
export function followBrowser(
  launch: (mark: string) => Promise<Browser>,
  home: Promise<string | null>,
): BrowserProcess {
  // Chromium ignores switches it does not know. Playwright tells no process, least of all one that never answered.
  const mark = `--meet-run=${randomUUID()}`;
  const spawned: ChildProcess[] = [];
  const watch = (message: unknown) => spawned.push((message as { process: ChildProcess }).process);
  const findChild = () => spawned.find(({ spawnargs }) => spawnargs?.includes(mark));
  subscribe('child_process', watch);
  const started = launch(mark).finally(() => unsubscribe('child_process', watch));
  // Also where nobody calls `end`: its folder goes with the browser.
  const removed = started
    .then(() => untilClosed(findChild()))
    .catch(() => {})
    .then(async () => removeFolder(await home))
    .catch(() => {});
  return {
    started,
    async end() {
      const asked = started.then(browser => browser.close()).catch(() => {});
      const willing = await endsWithin(asked, CLOSE_LIMIT_MS);
      if (!willing) {
        killGroup(findChild());
        await endsWithin(asked, CLOSE_LIMIT_MS);
      }
      await endsWithin(removed, CLOSE_LIMIT_MS);
      return willing;
    },
    kill: () => killGroup(findChild()),
  };
}

async function removeFolder(folder: string | null): Promise<void> {
  if (folder) await rm(folder, { recursive: true, force: true, maxRetries: 3 });
}

async function untilClosed(child: ChildProcess | undefined): Promise<void> {
  if (!child || child.exitCode !== null || child.signalCode !== null) return;
  await new Promise(resolve => child.once('close', resolve));
}

/** The browser and its children are one group, which Playwright sees to; a stopped process ends by SIGKILL too. */
function killGroup(child: ChildProcess | undefined): void {
  if (!child?.pid) return;
  try {
    if (platform() === 'win32') child.kill('SIGKILL');
    else kill(-child.pid, 'SIGKILL');
  } catch {
    // It ended meanwhile.
  }
}
