import { existsSync, readFileSync } from 'node:fs';

/** Where packages can be installed without asking. Ubuntu is left out: its `chromium` is a snap, which containers cannot run. */
export function isRootOnDebian() {
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return false;
  return /^ID=debian$/m.test(readFileSync('/etc/os-release', 'utf8'));
}
