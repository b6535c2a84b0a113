import { existsSync, readdirSync } from 'node:fs';
import { platform } from 'node:os';
import { basename, join, sep } from 'node:path';
import { MeetError } from '../../core/errors.ts';
import { browserPlaces } from './browser-places.ts';

export interface BrowserSearch {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** A path the user gave; nothing else is tried then. */
  readonly wanted?: string | undefined;
  /** A headless shell cannot show a window. */
  readonly headed?: boolean;
  /** What to do without a screen, if not to leave out the flag that wants one. */
  readonly instead?: string;
}

export interface FoundBrowser {
  readonly path: string;
  readonly name: string;
}

/**
 * Finds a Chromium-based browser: the wanted one, else MEET_BROWSER or CHROME_PATH, else the usual places.
 * Returns null when there is none; throws NO_BROWSER when the one that was named does not exist.
 */
export function findBrowser(search: BrowserSearch): FoundBrowser | null {
  const named = search.wanted ?? search.env.MEET_BROWSER ?? search.env.CHROME_PATH;
  if (named) {
    if (!existsSync(named))
      throw new MeetError('NO_BROWSER', `There is no browser at ${named}; ${INSTALL_ADVICE}`);
    return describe(named);
  }
  const places = browserPlaces(search.env).filter(place => !(search.headed && place.headlessOnly));
  const path = places
    .flatMap(place => place.paths)
    .flatMap(expandPattern)
    .find(existsSync);
  return path === undefined ? null : describe(path);
}

/** As `findBrowser`, but having none, or no screen for it, is NO_BROWSER with what helps. */
export function requireBrowser(search: BrowserSearch): FoundBrowser {
  if (search.headed && !hasDisplay(search.env)) {
    const { instead = 'leave out --headed' } = search;
    const message = `There is no display to show a browser on; ${instead}, or run it under xvfb-run.`;
    throw new MeetError('NO_BROWSER', message);
  }
  const found = findBrowser(search);
  if (found) return found;
  const kind = search.headed ? 'browser with a window' : 'Chromium-based browser';
  throw new MeetError('NO_BROWSER', `No ${kind} was found; ${INSTALL_ADVICE}`);
}

function hasDisplay(env: BrowserSearch['env']): boolean {
  return platform() !== 'linux' || Boolean(env.DISPLAY || env.WAYLAND_DISPLAY);
}

const INSTALL_ADVICE =
  'install one with `apt-get install chromium-headless-shell` (Debian) or ' +
  '`npx playwright-core install chromium --only-shell`, or name one with --browser PATH.';

function describe(path: string): FoundBrowser {
  return { path, name: basename(path).replace(/\.exe$/, '') };
}

/** The paths that a pattern with `*` in its folders stands for, newest version first. */
export function expandPattern(pattern: string): string[] {
  const star = pattern.split(sep).findIndex(part => part.includes('*'));
  if (star < 0) return [pattern];
  const parts = pattern.split(sep);
  const folder = parts.slice(0, star).join(sep);
  const [before = '', after = ''] = (parts[star] ?? '').split('*');
  return list(folder)
    .filter(name => name.startsWith(before) && name.endsWith(after))
    .sort((a, b) => b.localeCompare(a, 'en', { numeric: true }))
    .flatMap(name => expandPattern(join(folder, name, ...parts.slice(star + 1))));
}

function list(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
