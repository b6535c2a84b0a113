import { homedir, platform } from 'node:os';
import { join } from 'node:path';

/** A file name or pattern of names, relative to each of its folders; `*` stands for one folder's changing part. */
interface BrowserPlace {
  readonly headlessOnly: boolean;
  readonly paths: readonly string[];
}

type Environment = Readonly<Record<string, string | undefined>>;

/** Where Chromium-based browsers live, best first: headless shells start twice as fast as whole browsers. */
export function browserPlaces(env: Environment, system = platform()): readonly BrowserPlace[] {
  if (system === 'darwin') return macPlaces();
  if (system === 'win32') return windowsPlaces(env);
  return linuxPlaces(env);
}

function linuxPlaces(env: Environment): readonly BrowserPlace[] {
  const folders = new Set([...(env.PATH ?? '').split(':').filter(Boolean), '/usr/bin', '/usr/local/bin']);
  const inPath = (...names: string[]) =>
    names.flatMap(name => [...folders].map(folder => join(folder, name)));
  const downloads = env.PLAYWRIGHT_BROWSERS_PATH ?? join(homedir(), '.cache/ms-playwright');
  return [
    { headlessOnly: true, paths: inPath('chromium-headless-shell', 'chrome-headless-shell') },
    { headlessOnly: true, paths: downloadedShells(downloads, 'chrome-headless-shell', 'headless_shell') },
    {
      headlessOnly: false,
      paths: [
        ...inPath('chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'),
        '/opt/google/chrome/chrome',
        join(downloads, 'chromium-*/chrome-linux*/chrome'),
        ...inPath('microsoft-edge-stable', 'microsoft-edge', 'brave-browser', 'brave'),
        '/opt/microsoft/msedge/msedge',
        '/snap/bin/chromium',
      ],
    },
  ];
}

function macPlaces(): readonly BrowserPlace[] {
  const downloads = join(homedir(), 'Library/Caches/ms-playwright');
  const inApplications = (...names: string[]) =>
    names.flatMap(name =>
      ['/Applications', join(homedir(), 'Applications')].map(folder =>
        join(folder, `${name}.app/Contents/MacOS/${name}`),
      ),
    );
  return [
    { headlessOnly: true, paths: downloadedShells(downloads, 'chrome-headless-shell', 'headless_shell') },
    {
      headlessOnly: false,
      paths: inApplications('Google Chrome', 'Chromium', 'Microsoft Edge', 'Brave Browser'),
    },
  ];
}

function windowsPlaces(env: Environment): readonly BrowserPlace[] {
  const roots = [env.PROGRAMFILES, env['PROGRAMFILES(X86)'], env.LOCALAPPDATA].filter(
    root => root !== undefined,
  );
  const installed = [
    'Google/Chrome/Application/chrome.exe',
    'Chromium/Application/chrome.exe',
    'Microsoft/Edge/Application/msedge.exe',
    'BraveSoftware/Brave-Browser/Application/brave.exe',
  ];
  const downloads = join(env.LOCALAPPDATA ?? homedir(), 'ms-playwright');
  return [
    {
      headlessOnly: true,
      paths: downloadedShells(downloads, 'chrome-headless-shell.exe', 'headless_shell.exe'),
    },
    { headlessOnly: false, paths: installed.flatMap(path => roots.map(root => join(root, path))) },
  ];
}

/** Playwright's own downloads; the folders' names changed over its versions. */
function downloadedShells(downloads: string, ...names: string[]): string[] {
  return names.map(name => join(downloads, `chromium_headless_shell-*/*/${name}`));
}
