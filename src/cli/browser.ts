import type { ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { platform } from 'node:os';
import { delimiter, join } from 'node:path';
import open, { apps, type Options } from 'open';
import { MeetError } from '../core/errors.ts';
import type { Context } from './context.ts';
import { isInCi } from './in-ci.ts';

/** Launchers that find no browser say so within this time. */
const LAUNCH_MS = 2_000;

/** Opens `url` in the user's browser; false, with a note, where there is none. Never throws. */
export function openInBrowser(context: Context, url: string): Promise<boolean> {
  return openQuietly(context, url, 'No browser could be opened here; open the link yourself.');
}

/** Opens the draft of a mail; false, with a note, where nothing takes it. Never throws. */
export function openMail(context: Context, mailto: string): Promise<boolean> {
  return openQuietly(context, mailto, 'No mail program could be opened here; use the link that is printed.');
}

async function openQuietly({ notes, settings }: Context, target: string, failure: string): Promise<boolean> {
  if (isInCi(settings.env)) {
    notes.line(notes.style('dim', 'CI is set, so nothing is opened.'));
    return false;
  }
  const opened = await launch(target);
  if (!opened) notes.line(notes.style('yellow', failure));
  return opened;
}

const NAMES = ['chrome', 'edge', 'firefox', 'brave'] as const;

/**
 * The program that a browser's name or path stands for, here. Throws `BAD_REQUEST` for a name that we do not know, and
 * `NO_BROWSER` where there is none.
 */
export function findNamedBrowser({ settings }: Context, wanted: string): string {
  const name = NAMES.find(each => each === wanted.toLowerCase());
  if (!name && !/[\\/]/.test(wanted)) {
    const words = `--browser is ${JSON.stringify(wanted)}; give ${NAMES.join(', ')} or the path of a browser.`;
    throw new MeetError('BAD_REQUEST', words);
  }
  const candidates = name ? [apps[name]].flat() : [wanted];
  // Elsewhere the system itself knows its programs by name.
  const program =
    name && platform() !== 'linux' ? candidates[0] : candidates.find(each => isThere(each, settings.env));
  if (program) return program;
  const missing = name ? `${name} was not found` : `There is no browser at ${wanted}`;
  throw new MeetError('NO_BROWSER', `${missing}; install it, or give the path of another to --browser.`);
}

/** Opens `url` in that program. Throws `NO_BROWSER`. */
export async function openInNamed(program: string, url: string): Promise<void> {
  if (await launch(url, { app: { name: program } })) return;
  throw new MeetError('NO_BROWSER', `${program} did not open the link; give another to --browser.`);
}

function isThere(name: string, { PATH = '' }: Context['settings']['env']): boolean {
  return /[\\/]/.test(name)
    ? existsSync(name)
    : PATH.split(delimiter).some(folder => existsSync(join(folder, name)));
}

function launch(target: string, options?: Options): Promise<boolean> {
  return open(target, options).then(hasLaunched, () => false);
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
