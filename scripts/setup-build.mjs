// The build, only when a source is newer than it.
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { root, runQuiet, say } from './run-command.mjs';

const SOURCES = ['src', 'web', 'scripts/build.mjs', 'package-lock.json'];
const PRODUCTS = [
  'dist/cli/main.js',
  'dist/cli/find-browser.js',
  'dist/cli/browser-steps.js',
  'dist/smoke/probe.js',
  'dist/web/index.html',
];

export function buildWhenStale() {
  const built = Math.min(...PRODUCTS.map(path => changedAt(join(root, path))));
  if (built > Math.max(...SOURCES.map(path => newestIn(join(root, path))))) return;
  say('setup: building …');
  runQuiet(process.execPath, ['scripts/build.mjs']);
}

/** Folders count too: a removed file changes its folder's time. */
function newestIn(path) {
  if (!statSync(path).isDirectory()) return changedAt(path);
  return Math.max(changedAt(path), ...readdirSync(path).map(name => newestIn(join(path, name))));
}

/** Milliseconds since the epoch; 0 for what does not exist. */
function changedAt(path) {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}
