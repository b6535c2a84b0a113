import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import ICAL from 'ical.js';

/** One time that an entry comes: uid, title, start and end in UTC. */
export type Occurrence = readonly [uid: string, title: string, start: string, end: string];

const SCRIPT = fileURLToPath(new URL('expand.py', import.meta.url));
/** Debian's own: a pyenv or the like in front of it does not have Debian's packages. */
const PYTHON = existsSync('/usr/bin/python3') ? '/usr/bin/python3' : 'python3';

/** Whether the second reader is there; `scripts/setup.mjs` installs it where it can. */
export const HAS_PYTHON_READER = spawnSync(PYTHON, ['-c', 'import icalendar, pytz, dateutil']).status === 0;

/** What Python's icalendar makes of a file, by the zones that Python knows. */
export function readWithPython(text: string): Occurrence[] {
  const { status, stdout, stderr } = spawnSync(PYTHON, [SCRIPT], { input: text, encoding: 'utf8' });
  if (status !== 0) throw new Error(`python3-icalendar: ${stderr}`);
  return JSON.parse(stdout);
}

const iso = (time: ICAL.Time) => time.toJSDate().toISOString().replace('.000Z', 'Z');

function occurrencesOf(event: ICAL.Event): Occurrence[] {
  const found: Occurrence[] = [];
  const times = event.iterator();
  for (let time = times.next(); time; time = times.next()) {
    const { startDate, endDate } = event.getOccurrenceDetails(time);
    found.push([event.uid, event.summary, iso(startDate), iso(endDate)]);
  }
  return found;
}

/** What ical.js makes of a file, by the zones that the file itself defines. */
export function readWithIcalJs(text: string): Occurrence[] {
  const calendar = new ICAL.Component(ICAL.parse(text));
  ICAL.TimezoneService.reset();
  for (const zone of calendar.getAllSubcomponents('vtimezone')) ICAL.TimezoneService.register(zone);
  return calendar.getAllSubcomponents('vevent').flatMap(vevent => occurrencesOf(new ICAL.Event(vevent)));
}
