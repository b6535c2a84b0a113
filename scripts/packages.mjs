import { runQuiet } from './run-command.mjs';

export const APT_ENV = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };

/** Installs Debian packages, silently; throws a `SetupError` with apt's words when that fails. */
export function installPackages(names) {
  runQuiet('apt-get', ['update', '-qq'], { env: APT_ENV });
  runQuiet('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...names], { env: APT_ENV });
}
