// The servers that tests run ours with, and the public scanner. Missing, those tests are skipped, and say so.
import { existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { installPackages } from './packages.mjs';
import { SetupError, say } from './run-command.mjs';

const isPostgresHere = () =>
  existsSync('/usr/lib/postgresql') &&
  readdirSync('/usr/lib/postgresql').some(version => existsSync(`/usr/lib/postgresql/${version}/bin/initdb`));

const PACKAGES = {
  postgresql: isPostgresHere,
  'nginx-light': () => existsSync('/usr/sbin/nginx'),
  wapiti: () => existsSync('/usr/bin/wapiti'),
};

/** Installs them where that is possible without asking anybody: as root, with apt. */
export function provideServers() {
  const missing = Object.keys(PACKAGES).filter(name => !PACKAGES[name]());
  if (missing.length === 0 || process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return;
  say(`setup: installing ${missing.join(', ')} (apt-get) …`);
  try {
    withoutStarting(() => installPackages(missing));
  } catch (error) {
    // Offline, or another system: some tests less, no reason to run none.
    if (!(error instanceof SetupError)) throw error;
    say(`setup: no ${missing.join(', ')}; the tests that need them will be skipped.`);
  }
}

/** What Debian's packages ask before they start a service: 101 is no. The tests start their own, on ports of their own. */
const POLICY = '/usr/sbin/policy-rc.d';

function withoutStarting(install) {
  if (existsSync(POLICY)) return install();
  writeFileSync(POLICY, '#!/bin/sh\nexit 101\n', { mode: 0o755 });
  try {
    install();
  } finally {
    rmSync(POLICY, { force: true });
  }
}
