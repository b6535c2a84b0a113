import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readdir, readFile, realpath, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { MeetError } from '../core/errors.ts';

export const SDK_NAME = '@cometchat/calls-sdk-javascript';

/** A copy of the Calls SDK that browsers can load with a plain `<script>`. */
export interface Sdk {
  readonly name: string;
  readonly version: string;
  readonly major: 4 | 5;
  /** Where the copy was found: ours, the project's, or a path that was given. */
  readonly source: 'bundled' | 'project' | 'path';
  /** The folder with the UMD file, and what that may load later. */
  readonly folder: string;
  /** The UMD file, relative to the folder. */
  readonly script: string;
  /** The style sheet of v5, relative to the folder. */
  readonly style: string | null;
  /** The script itself: read for its hash anyway, and sent from memory since every visit loads it. */
  readonly bytes: Buffer;
  /** Hash of the script: its address changes with its content, so that browsers may keep it for ever. */
  readonly hash: string;
}

/**
 * Finds the SDK. `choice`: `bundled`, `project`, or a path to a package's folder or its UMD file; undefined takes the
 * project's copy (from `cwd` upwards) where there is one, else ours. Throws `BAD_CONFIG`.
 */
export async function resolveSdk(choice: string | undefined, cwd: string): Promise<Sdk> {
  if (choice === 'bundled') return loadSdk(bundledFolder(), 'bundled');
  const project = choice === undefined || choice === 'project' ? findPackage(cwd) : null;
  if (choice === undefined) return project ? loadProject(project) : loadSdk(bundledFolder(), 'bundled');
  if (choice !== 'project') return loadPath(resolve(cwd, choice));
  if (project) return loadSdk(project, 'project');
  throw new MeetError('BAD_CONFIG', `This project has no ${SDK_NAME}; npm install it, or use --sdk bundled.`);
}

/** In our own checkout the project's copy and ours are one: called by the name that is true everywhere. */
async function loadProject(folder: string): Promise<Sdk> {
  const same = (await realpath(folder)) === (await realpath(bundledFolder()));
  return loadSdk(folder, same ? 'bundled' : 'project');
}

function bundledFolder(): string {
  const folder = findPackage(dirname(fileURLToPath(import.meta.url)));
  if (folder) return folder;
  throw new MeetError('BAD_CONFIG', `Our copy of ${SDK_NAME} is missing; install meet again (npm ci).`);
}

/** Walks up as Node does. Not `require.resolve`, which an `exports` map without `./package.json` would stop. */
function findPackage(from: string): string | null {
  const folder = join(from, 'node_modules', SDK_NAME);
  if (existsSync(join(folder, 'package.json'))) return folder;
  const parent = dirname(from);
  return parent === from ? null : findPackage(parent);
}

async function loadPath(path: string): Promise<Sdk> {
  const found = await stat(path).catch(() => null);
  if (!found) throw new MeetError('BAD_CONFIG', `There is no SDK at ${path}; check --sdk.`);
  if (found.isDirectory()) return loadSdk(path, 'path');
  const root = [dirname(path), dirname(dirname(path))].find(folder =>
    existsSync(join(folder, 'package.json')),
  );
  if (root) return loadSdk(root, 'path', path);
  throw new MeetError(
    'BAD_CONFIG',
    `${path} has no package.json beside or above it; give --sdk the package's folder.`,
  );
}

async function loadSdk(root: string, source: Sdk['source'], file?: string): Promise<Sdk> {
  const manifest = await readManifest(root);
  const script = file ?? pickScript(root, manifest.main);
  const folder = dirname(script);
  const bytes = await readFile(script).catch(() => null);
  if (!bytes) throw new MeetError('BAD_CONFIG', `${root} has no ${script}; install the SDK again.`);
  return {
    name: manifest.name,
    version: manifest.version,
    major: manifest.major,
    source,
    folder,
    script: basename(script),
    style: manifest.major === 5 ? await findStyle(folder) : null,
    bytes,
    hash: createHash('sha256').update(bytes).digest('hex').slice(0, 16),
  };
}

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly major: 4 | 5;
  readonly main: string;
}

async function readManifest(root: string): Promise<Manifest> {
  const file = join(root, 'package.json');
  const text = await readFile(file, 'utf8').catch(() => {
    throw new MeetError('BAD_CONFIG', `${root} has no package.json; give --sdk the package's folder.`);
  });
  const { name, version, main } = parseObject(text, file);
  if (name !== SDK_NAME || typeof version !== 'string') {
    throw new MeetError('BAD_CONFIG', `${root} is not ${SDK_NAME}; check --sdk.`);
  }
  const major = Number.parseInt(version, 10);
  if (major !== 4 && major !== 5) {
    throw new MeetError('BAD_CONFIG', `${SDK_NAME} ${version} is not supported; install version 4 or 5.`);
  }
  return { name, version, major, main: typeof main === 'string' ? main : 'index.js' };
}

function parseObject(text: string, file: string): Record<string, unknown> {
  try {
    return Object(JSON.parse(text));
  } catch {
    throw new MeetError('BAD_CONFIG', `${file} is not valid JSON; install the SDK again.`);
  }
}

/** v5 brings its UMD beside an ES module that `main` may name; v4's `main` is the UMD. */
function pickScript(root: string, main: string): string {
  const umd = join(root, 'dist', 'index.umd.js');
  return existsSync(umd) ? umd : join(root, main);
}

async function findStyle(folder: string): Promise<string | null> {
  const names = await readdir(folder);
  return names.find(name => name.endsWith('.css')) ?? null;
}
