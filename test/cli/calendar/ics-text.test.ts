import { describe, expect, it } from 'vitest';
import { writeCalendar } from '../../../src/cli/ics-text.ts';
import type { Meeting } from '../../../src/core/meeting.ts';
import { openingOf } from '../../../src/core/opening.ts';
import { aMeeting, codeOf, HOUR, NOW } from '../../core/fixtures.ts';
import { HAS_PYTHON_READER, readWithIcalJs, readWithPython } from './readers.ts';

const URL = 'https://meet.example/meet/room-42#key=the-right-key';
const at = (iso: string) => Date.parse(iso);
const write = (change: Partial<Meeting>, localZone = 'UTC') =>
  writeCalendar([{ meeting: aMeeting(change), url: URL }], { now: NOW, localZone });

// From before the clocks go forward until after they went back, in the north; the other way round in the south.
const YEAR = { createdAt: at('2026-02-27T12:00Z'), expiresAt: at('2026-11-20T12:00Z') };
const TITLE =
  'Sprechstunde für Übermüdete 🙂, „mit Umlauten“; und eine Überschrift, die gewiss gefaltet wird';

const CASES: Record<string, Partial<Meeting>> = {
  'office hours in Berlin': { ...YEAR, hours: 'Mon-Fri 14:00-16:00', zone: 'Europe/Berlin' },
  'two times of the week in New York': {
    ...YEAR,
    hours: 'Mon,Wed 09:00-11:30; Fri 14:00-16:00',
    zone: 'America/New_York',
  },
  'a zone that moves by half an hour': { ...YEAR, hours: 'Sun 09:00-10:00', zone: 'Australia/Lord_Howe' },
  'a zone without daylight saving': { ...YEAR, hours: 'Tue 08:15-09:45', zone: 'Asia/Kathmandu' },
  'nights over midnight': { ...YEAR, hours: 'Fri,Sat 22:00-02:00', zone: 'Europe/London' },
  'whole days': {
    ...YEAR,
    expiresAt: at('2026-11-20T09:00Z'),
    hours: 'Sat 00:00-24:00',
    zone: 'Pacific/Auckland',
  },
  'hours in UTC': { ...YEAR, hours: 'Mon 14:00-16:00', zone: 'UTC' },
  'one meeting in summer': {
    startsAt: at('2026-07-01T12:00Z'),
    expiresAt: at('2026-07-01T13:00Z'),
    zone: 'Europe/Berlin',
  },
  'one meeting in winter': {
    startsAt: at('2026-12-01T12:00Z'),
    expiresAt: at('2026-12-01T13:00Z'),
    zone: 'Europe/Berlin',
  },
  'a long title': { startsAt: NOW, title: TITLE, zone: 'America/St_Johns' },
};

describe('a calendar of', () => {
  it.each(Object.entries(CASES))('%s has the same times for ical.js as for the door', async (_, change) => {
    const { text } = await write(change);
    const found = readWithIcalJs(text);
    expect(found.length).toBeGreaterThan(0);
    for (const [, title, start, end] of found) {
      expect(title).toBe(change.title ?? 'room 42');
      const opening = await openingOf(aMeeting(change), at(start));
      if (opening) expect(opening).toEqual({ open: true, until: at(end) });
    }
  });

  it.skipIf(!HAS_PYTHON_READER).each(Object.entries(CASES))(
    "%s has the same for Debian's python3-icalendar as for ical.js",
    async (_, change) => {
      const { text } = await write(change);
      expect(readWithPython(text).sort()).toEqual(readWithIcalJs(text).sort());
    },
  );

  it.runIf(process.env.CI || process.getuid?.() === 0)('both: the second library is there', () => {
    expect(HAS_PYTHON_READER, 'apt-get install python3-icalendar').toBe(true);
  });

  it('office hours stays at its wall clock over both changes', async () => {
    const times = readWithIcalJs((await write(CASES['office hours in Berlin'] ?? {})).text).map(
      ([, , start]) => start,
    );
    for (const start of [
      '2026-03-27T13:00:00Z',
      '2026-03-30T12:00:00Z',
      '2026-10-23T12:00:00Z',
      '2026-10-26T13:00:00Z',
    ]) {
      expect(times).toContain(start);
    }
    // Every weekday from 27 February to 19 November; on the 20th it expires before.
    expect(times).toHaveLength(190);
  });

  it.each(Object.values(CASES))('%o has lines of 75 octets at most, each with CRLF', async change => {
    const { text } = await write(change);
    const lines = text.split('\r\n');
    expect(lines.at(-1)).toBe('');
    for (const line of lines) {
      expect(line).not.toMatch(/[\r\n]/);
      expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
    }
  });

  it('a meeting says what it is, where, and reminds of it', async () => {
    const { text, uids } = await write({
      startsAt: NOW,
      expiresAt: NOW + 2 * HOUR,
      zone: 'Europe/Berlin',
      revision: 3,
    });
    const lines = text.replace(/\r\n /g, '').split('\r\n');
    expect(uids).toEqual([`room-42@${NOW - HOUR}.meet`]);
    for (const line of [
      'METHOD:PUBLISH',
      `UID:room-42@${NOW - HOUR}.meet`,
      'SEQUENCE:3',
      'DTSTAMP:20261120T150000Z',
      'DTSTART;TZID=Europe/Berlin:20261120T160000',
      'DTEND;TZID=Europe/Berlin:20261120T180000',
      'SUMMARY:room 42',
      `LOCATION:${URL}`,
      `URL;VALUE=URI:${URL}`,
      `DESCRIPTION:Join: ${URL}\\nThe link expires at 2026-11-20 17:00 UTC.`,
      'TRIGGER:-PT10M',
      'STATUS:CONFIRMED',
    ]) {
      expect(lines).toContain(line);
    }
  });

  it.each([
    ['a short one until its end', { expiresAt: NOW + 3 * HOUR }, '20261120T180000Z'],
    ['one that stays open for a day an hour long', { expiresAt: NOW + 24 * HOUR }, '20261120T160000Z'],
    [
      'one that ends with its bucket an hour long',
      { strategy: 'time', expiresAt: NOW + 9 * HOUR },
      '20261120T160000Z',
    ],
  ] as const)('%s', async (_, change, end) => {
    expect((await write({ startsAt: NOW, ...change })).text).toContain(`DTEND:${end}`);
  });

  it('a meeting without a zone is in that of this machine', async () => {
    expect((await write({ startsAt: NOW }, 'Asia/Tokyo')).text).toContain(
      'DTSTART;TZID=Asia/Tokyo:20261121T000000',
    );
  });

  it('one that was ended is cancelled, and reminds nobody', async () => {
    const { text } = await write({ startsAt: NOW, endedAt: NOW });
    expect(text).toContain('STATUS:CANCELLED');
    expect(text).not.toContain('VALARM');
  });

  it('hours that are cut short by start and expiry has what is left of them', async () => {
    const { text } = await write({
      hours: 'Fri 14:00-18:00',
      zone: 'UTC',
      startsAt: NOW,
      expiresAt: NOW + 2 * HOUR,
    });
    expect(readWithIcalJs(text).map(([, , start, end]) => [start, end])).toEqual([
      ['2026-11-20T15:00:00Z', '2026-11-20T17:00:00Z'],
    ]);
  });

  it('nothing but a link is refused', async () => {
    expect(await codeOf(() => write({}))).toBe('BAD_REQUEST');
    await expect(write({})).rejects.toThrow('--starts-at');
  });
});
