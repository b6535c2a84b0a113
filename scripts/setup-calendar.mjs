// Debian's reader of calendar files, the second opinion of a test. Elsewhere that test is skipped, and says so.
import { spawnSync } from 'node:child_process';
import { installPackages } from './packages.mjs';
import { SetupError, say } from './run-command.mjs';

const PACKAGE = 'python3-icalendar';

/** Runs after the build, as what is Debian the product knows. */
export async function provideCalendarReader() {
  const { isRootOnDebian } = await import('../dist/cli/browser-steps.js');
  if (!isRootOnDebian() || isReaderFound()) return;
  say(`setup: installing a reader of calendars (apt-get install ${PACKAGE}) …`);
  try {
    installPackages([PACKAGE]);
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
    say(`setup: ${PACKAGE} could not be installed; the test that needs it is skipped.`);
  }
}

function isReaderFound() {
  return spawnSync('/usr/bin/python3', ['-c', 'import icalendar, pytz, dateutil']).status === 0;
}
