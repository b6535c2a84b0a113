import type { ChildProcess } from 'node:child_process';
import open from 'open';
import type { Context } from './context.ts';

/** Launchers that find no browser say so within this time. */
const LAUNCH_MS = 2_000;

/** Opens `url` in the user's browser; false, with a note, where there is none. Never throws. */
export async function openInBrowser({ notes }: Context, url: string): Promise<boolean> {
  const opened = await open(url).then(hasLaunched, () => false);
  if (!opened) notes.line(notes.style('yellow', 'No browser could be opened here; open the link yourself.'));
  return opened;
}

/** On Linux a launcher starts even where there is no browser to launch, and fails a moment later. */
function hasLaunched(launcher: ChildProcess): Promise<boolean> {
  return new Promise(resolve => {
    const timer = setTimeout(() => resolve(true), LAUNCH_MS);
    const settle = (launched: boolean) => {
      clearTimeout(timer);
      resolve(launched);
    };
    launcher.once('error', () => settle(false));
    launcher.once('exit', code => settle(code === 0));
  });
}
