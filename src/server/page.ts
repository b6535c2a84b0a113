import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import type { LinkedApps } from '../core/app-links.ts';
import { MeetError } from '../core/errors.ts';
import type { Sdk } from './sdk.ts';

/** Where the page's head is filled in. */
const PLACEHOLDER = '<!--meet:config-->';

/** The pages, ready to send, and where their parts are. */
export interface Page {
  /** The join page. */
  readonly html: string;
  /** The home page, which loads no SDK. */
  readonly home: string;
  /** Prefix of the page's scripts and styles; it changes with their content. */
  readonly assetsPath: string;
  /** Prefix of the SDK's files; it changes with the SDK. */
  readonly sdkPath: string;
}

/**
 * Reads the built pages and fills in what it needs to know. The result is the same for every meeting, so it tells
 * nobody which ids exist. Throws `BAD_CONFIG` when the page is not built.
 */
export async function loadPage(
  webRoot: string,
  sdk: Sdk,
  backend: 'emulator' | 'cloud',
  apps?: LinkedApps,
): Promise<Page> {
  const [template, homeTemplate] = await Promise.all(
    ['index.html', 'home.html'].map(name => readFile(join(webRoot, name), 'utf8').catch(() => null)),
  );
  if (typeof template !== 'string' || typeof homeTemplate !== 'string') {
    throw new MeetError('BAD_CONFIG', `The join page is not built (${webRoot}); run npm run build.`);
  }
  const files = await readFolder(webRoot);
  const assetsPath = `/assets/${hashOf(files)}/`;
  const sdkPath = `/sdk/${sdk.hash}/`;
  const locate = (html: string) =>
    [...files.keys()].reduce((text, name) => text.replaceAll(`"/${name}"`, `"${assetsPath}${name}"`), html);
  const html = locate(template).replace(PLACEHOLDER, () => headOf(sdk, backend, sdkPath, assetsPath, apps));
  return { html, home: locate(homeTemplate), assetsPath, sdkPath };
}

function headOf(
  sdk: Sdk,
  backend: 'emulator' | 'cloud',
  sdkPath: string,
  assetsPath: string,
  apps: LinkedApps | undefined,
): string {
  const { name, version, major, source } = sdk;
  const url = sdkPath + encodeURIComponent(sdk.script);
  const css = sdk.style === null ? undefined : sdkPath + encodeURIComponent(sdk.style);
  const config = JSON.stringify({
    sdk: { name, version, major, source, url, css },
    backend,
    app: appOf(apps),
  });
  // SDK 4 always dials wss://xmpp.<host>: the shim leads that to our own origin, so it must run before the SDK.
  const shim = backend === 'emulator' && major === 4 && `<script src="${assetsPath}shim.js"></script>`;
  return [
    `<meta name="meet-config" content='${escapeHtml(config)}'>`,
    shim,
    // Fetched at once, behind all that the page shows first; the page runs it when nobody is disturbed by it.
    `<link rel="preload" as="script" fetchpriority="low" href="${url}">`,
  ]
    .filter(Boolean)
    .join('\n    ');
}

/** By which scheme the page may offer an app, and on which systems there is one: elsewhere that link would lead nowhere. */
function appOf(apps: LinkedApps | undefined) {
  if (!apps?.scheme) return undefined;
  const systems = (['android', 'ios'] as const).filter(system => apps[system].length > 0);
  return { scheme: apps.scheme, systems };
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, character => `&#${character.charCodeAt(0)};`);
}

/** By the name relative to the folder, in a fixed order. */
async function readFolder(folder: string): Promise<Map<string, Buffer>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries.filter(entry => entry.isFile()).map(entry => join(entry.parentPath, entry.name));
  const names = paths.map(path => relative(folder, path).replaceAll('\\', '/')).sort();
  return new Map(
    await Promise.all(names.map(async name => [name, await readFile(join(folder, name))] as const)),
  );
}

function hashOf(files: ReadonlyMap<string, Buffer>): string {
  const hash = createHash('sha256');
  for (const [name, bytes] of files) hash.update(`${name}\0${bytes.length}\0`).update(bytes);
  return hash.digest('hex').slice(0, 16);
}
