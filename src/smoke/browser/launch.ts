import { readFile } from 'node:fs/promises';
import { getuid } from 'node:process';
import type { Browser } from 'playwright-core';
import { MeetError } from '../../core/errors.ts';
import { browserEnvironment, makeBrowserHome } from './browser-home.ts';
import { type BrowserProcess, followBrowser } from './browser-process.ts';
import type { FoundBrowser } from './find-browser.ts';

export interface LaunchOptions {
  readonly browser: FoundBrowser;
  readonly headed: boolean;
  /** True when nothing but this machine may be asked: never with a real cloud behind the page. */
  readonly loopbackOnly: boolean;
  /** What the browser gets of the environment is taken from this; undefined: all of this process's, and no home of its own. */
  readonly env?: Readonly<Record<string, string | undefined>>;
}

const ARGUMENTS = [
  '--use-fake-device-for-media-stream',
  '--use-fake-ui-for-media-stream',
  // Without it Chromium refuses the loopback address as a way to the other side, where there is no network card.
  '--allow-loopback-in-peer-connection',
  '--autoplay-policy=no-user-gesture-required',
  '--mute-audio',
  '--disable-gpu',
  '--disable-quic',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
  '--disable-features=WebRtcHideLocalIpsWithMdns,MediaRouter,OptimizationHints,Translate',
];

/** Stops Chromium's own look-ups too, which no other switch does. */
const LOOPBACK_ONLY =
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost, EXCLUDE *.localhost';

export function browserArguments(options: { loopbackOnly: boolean; root: boolean }): string[] {
  return [
    ...ARGUMENTS,
    ...(options.loopbackOnly ? [LOOPBACK_ONLY] : []),
    // Chromium's sandbox does not start for root.
    ...(options.root ? ['--no-sandbox'] : []),
  ];
}

/** Starts the browser; NO_BROWSER when what was found is none or does not start. */
export function launchBrowser(options: LaunchOptions): Promise<Browser> {
  return startBrowserProcess(options).started;
}

/** As `launchBrowser`, with the means to end it whatever becomes of it. */
export function startBrowserProcess(options: LaunchOptions): BrowserProcess {
  const home = options.env ? makeBrowserHome() : Promise.resolve(null);
  return followBrowser(async mark => launch(options, mark, await home), home);
}

async function launch(options: LaunchOptions, mark: string, home: string | null): Promise<Browser> {
  // 350 to 470 ms of loading that only this command pays.
  const { chromium } = await import('playwright-core');
  const env = home && options.env ? await browserEnvironment(options.env, home) : undefined;
  try {
    return await chromium.launch({
      executablePath: options.browser.path,
      headless: !options.headed,
      // Not userInfo(), which throws where the user has no name, as in many containers.
      args: [...browserArguments({ loopbackOnly: options.loopbackOnly, root: getuid?.() === 0 }), mark],
      ...(env && { env: { ...env } }),
      // Ctrl-C is the command's to handle: the report comes first.
      handleSIGINT: false,
      handleSIGTERM: false,
      handleSIGHUP: false,
    });
  } catch (cause) {
    const words = `${options.browser.path} did not start as a browser (${reasonOf(cause)})`;
    throw new MeetError('NO_BROWSER', `${words}; name another with --browser PATH.`, { cause });
  }
}

/** The probe, built from src/smoke/in-page. */
export async function readProbe(file: string): Promise<string> {
  return readFile(file, 'utf8');
}

/** Playwright's first line, without its function's name. A program that ends at once is no browser. */
function reasonOf(error: unknown): string {
  const [line = ''] = (error instanceof Error ? error.message : String(error)).split('\n', 1);
  return /has been closed/.test(line) ? 'it ended at once' : line.replace(/^browserType\.launch: /, '');
}
