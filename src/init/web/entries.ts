import type { Tree } from '../tree.ts';
import type { Server } from './detect.ts';
import type { Manifest } from './manifest.ts';
import { holdsApp } from './wire-server.ts';

const CLIENTS = ['src/main', 'src/index', 'main', 'index'].flatMap(base =>
  ['tsx', 'jsx', 'ts', 'js', 'mjs'].map(ending => `${base}.${ending}`),
);
const SERVERS = [
  ...['server/index', 'server/main', 'server/server', 'server/app', 'src/server', 'src/server/index'],
  ...['server', 'app', 'index', 'main', 'src/index', 'src/app', 'api/index', 'backend/index'],
].flatMap(base => ['ts', 'mts', 'js', 'mjs', 'cjs'].map(ending => `${base}.${ending}`));

/** The script that the page loads, else where it usually is. */
export function findClientEntry(tree: Tree): string | null {
  const page = tree.read('index.html') ?? '';
  const named = /<script\b[^>]*\bsrc=["']\/?(?:\.\/)?([^"']+\.[mc]?[jt]sx?)["']/.exec(page)?.[1];
  return [named, ...CLIENTS].find(path => path && isInside(path) && tree.read(path) !== null) ?? null;
}

/** The file that makes the server's app: one that a script runs, else where it usually is. */
export function findServerEntry(
  tree: Tree,
  { scripts }: Manifest,
  server: Exclude<Server, 'next'>,
): string | null {
  const run = Object.values(scripts).flatMap(script => script.match(/[\w./-]+\.[mc]?[jt]s\b/g) ?? []);
  const candidates = [...run.map(path => path.replace(/^\.\//, '')), ...SERVERS];
  return candidates.filter(isInside).find(path => holdsApp(server, tree.read(path) ?? '')) ?? null;
}

/** Nothing outside of the project is ever written. */
const isInside = (path: string) => !path.split('/').includes('..');
