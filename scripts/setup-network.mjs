// What the test with two network namespaces needs: `ip` and `certutil`. Missing, that test is skipped, and says so.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { installPackages } from './packages.mjs';
import { SetupError, say } from './run-command.mjs';

const PACKAGES = { ip: 'iproute2', certutil: 'libnss3-tools' };

/** Installs them where that is possible without asking anybody: as root, with apt. */
export function provideNetworkTools() {
  const missing = Object.keys(PACKAGES).filter(isMissing);
  if (missing.length === 0 || process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return;
  const packages = missing.map(tool => PACKAGES[tool]);
  say(`setup: installing ${packages.join(', ')} (apt-get) …`);
  try {
    installPackages(packages);
  } catch (error) {
    // Offline, or another system: one test less, no reason to run none.
    if (!(error instanceof SetupError)) throw error;
    say(`setup: no ${packages.join(', ')}; the test on two network namespaces will be skipped.`);
  }
}

function isMissing(tool) {
  const { error } = spawnSync(tool, ['-H'], { stdio: 'ignore', timeout: 10_000 });
  return error?.code === 'ENOENT';
}
