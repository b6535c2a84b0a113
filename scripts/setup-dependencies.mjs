// `npm ci`, only when the lockfile asks for something else than what is installed.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root, runQuiet, SetupError, say } from './run-command.mjs';

const OLDEST_NODE = [20, 19];

export function checkNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor >= OLDEST_NODE[1])) return;
  throw new SetupError(`Node ${OLDEST_NODE.join('.')} or newer is needed, this is ${process.versions.node}.`);
}

/** Of our own package, or of another folder in it that has a lockfile. */
export function installDependencies(folder = '') {
  if (isInstalled(folder)) return;
  say(`setup: installing dependencies${folder && ` of ${folder}`} (npm ci --ignore-scripts) …`);
  // Under `npm run` this is npm's own script, which spares the lookup and the shell on Windows.
  const npm = process.env.npm_execpath?.endsWith('npm-cli.js') ? process.env.npm_execpath : null;
  const args = ['ci', '--ignore-scripts', '--include=dev', '--no-audit', '--no-fund', '--prefer-offline'];
  const cwd = `${root}${folder}`;
  if (npm) runQuiet(process.execPath, [npm, ...args], { cwd });
  else runQuiet('npm', args, { cwd, shell: process.platform === 'win32' });
}

/** npm writes what it installed to node_modules/.package-lock.json; packages for other platforms are absent there. */
function isInstalled(folder) {
  const wanted = readPackages(`${folder}/package-lock.json`);
  const installed = readPackages(`${folder}/node_modules/.package-lock.json`);
  if (!wanted || !installed) return false;
  delete wanted[''];
  return Object.entries(wanted).every(([path, { integrity, optional, devOptional }]) =>
    installed[path] ? installed[path].integrity === integrity : Boolean(optional || devOptional),
  );
}

function readPackages(file) {
  try {
    return JSON.parse(readFileSync(join(root, file), 'utf8')).packages;
  } catch {
    return null;
  }
}
