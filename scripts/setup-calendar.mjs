// Debian's reader of calendar files, the second opinion of a test. Elsewhere that test is skipped, and says so.
import { spawnSync } from 'node:child_process';
import { isRootOnDebian } from './debian.mjs';
import { runQuiet, SetupError, say } from './run-command.mjs';

const PACKAGE = 'python3-icalendar';

export function provideCalendarReader() {
  if (!isRootOnDebian() || isReaderFound()) return;
  say(`setup: installing a reader of calendars (apt-get install ${PACKAGE}) …`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  try {
    runQuiet('apt-get', ['update', '-qq'], { env });
    runQuiet('apt-get', ['install', '-y', '-qq', '--no-install-recommends', PACKAGE], { env });
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
    say(`setup: ${PACKAGE} could not be installed; the test that needs it is skipped.`);
  }
}

function isReaderFound() {
  return spawnSync('/usr/bin/python3', ['-c', 'import icalendar, pytz, dateutil']).status === 0;
}
