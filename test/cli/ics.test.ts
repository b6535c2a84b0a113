import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readWithIcalJs } from './calendar/readers.ts';
import { createSandbox, type Sandbox } from './run-meet.ts';

let sandbox: Sandbox;
let file: string;

beforeEach(() => {
  sandbox = createSandbox();
  file = join(sandbox.path, 'meeting.ics');
});
afterEach(() => sandbox.remove());

const TEAM = ['create', '--strategy', 'team', '--id', 'core'];
const AT = ['--starts-at', '2036-07-01T15:00', '--expires-at', '2036-07-01T16:00', '--tz', 'Europe/Berlin'];
const ENV = { MEET_URL: 'https://meet.example' };
const read = () => readFileSync(file, 'utf8').replace(/\r\n /g, '');
const uidOf = (text: string) => /^UID:(.*)\r$/m.exec(text)?.[1];

describe('meet --ics', () => {
  it('writes a file for nobody else’s eyes, with the link that is printed', async () => {
    const { code, stdout, stderr } = await sandbox.meet([...TEAM, ...AT, '--ics', file], ENV);
    expect(code).toBe(0);
    expect(stderr).toContain(`Calendar file: ${file} (one entry)`);
    expect(stderr).not.toContain('this machine only');
    expect(read()).toContain(`\r\nLOCATION:${stdout.trim()}\r\n`);
    expect(uidOf(read())).toMatch(/^team-core@\d+\.meet$/);
    expect(readWithIcalJs(read())).toEqual([
      [uidOf(read()), 'Team core', '2036-07-01T13:00:00Z', '2036-07-01T14:00:00Z'],
    ]);
    if (process.platform !== 'win32') expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  it('has - for standard output, and the link beside it', async () => {
    const { stdout, stderr } = await sandbox.meet([...TEAM, ...AT, '--ics', '-'], ENV);
    expect(stdout).toMatch(/^BEGIN:VCALENDAR\r\n/);
    expect(stdout).toMatch(/\r\nEND:VCALENDAR\r\n$/);
    expect(stderr).toContain('https://meet.example/meet/team-core#key=');
  });

  it('counts changes up, in the place of the older file, until the meeting is cancelled', async () => {
    await sandbox.meet([...TEAM, ...AT, '--ics', file], ENV);
    expect(read()).toContain('SEQUENCE:0');
    const uid = uidOf(read());
    await sandbox.meet([...TEAM, '--title', 'Retro', '--ics', file], ENV);
    expect(read()).toContain('SEQUENCE:1');
    await sandbox.meet(['end', 'team-core'], ENV);
    // By now the server has moved: for a calendar it is the same meeting all the same.
    const moved = { MEET_URL: 'https://elsewhere.example' };
    expect((await sandbox.meet(['show', 'team-core', '--ics', file], moved)).code).toBe(0);
    expect(read()).toContain('https://elsewhere.example/meet/team-core');
    expect(read()).toContain('SEQUENCE:2');
    expect(read()).toContain('STATUS:CANCELLED');
    expect(uidOf(read())).toBe(uid);
  });

  it('says nothing of hours that were taken out, as docs/calendar.md warns', async () => {
    const uids = () => [...read().matchAll(/^UID:(.*)@/gm)].map(([, uid]) => uid);
    await sandbox.meet([...TEAM, '--hours', 'Mon 9-10; Wed 9-11', '--tz', 'UTC', '--ics', file], ENV);
    expect(uids()).toEqual(['team-core', 'team-core.2']);
    await sandbox.meet([...TEAM, '--hours', 'Mon 9-10', '--ics', file], ENV);
    expect(uids()).toEqual(['team-core']);
  });

  it('of an invite carries that person’s link', async () => {
    await sandbox.meet([...TEAM, ...AT], ENV);
    const { stdout } = await sandbox.meet(['invite', 'team-core', '--as', 'bob', '--ics', file], ENV);
    expect(read()).toContain(`LOCATION:${stdout.trim()}`);
    expect(stdout).toContain('#invite=');
  });

  it('warns of a link that works on this machine only', async () => {
    expect((await sandbox.meet([...TEAM, ...AT, '--ics', file])).stderr).toContain('this machine only');
  });

  it.each([
    ['another calendar', 'BEGIN:VCALENDAR\r\nUID:other@meet.example\r\nEND:VCALENDAR\r\n'],
    ['anything else', 'my notes\n'],
  ])('replaces %s only with --force', async (_, text) => {
    writeFileSync(file, text);
    const refused = await sandbox.meet([...TEAM, ...AT, '--ics', file], ENV);
    expect(refused).toMatchObject({ code: 2, stderr: expect.stringContaining('--force') });
    expect(readFileSync(file, 'utf8')).toBe(text);
    expect((await sandbox.meet([...TEAM, '--ics', file, '--force'], ENV)).code).toBe(0);
    expect(uidOf(read())).toMatch(/^team-core@/);
  });

  it('makes the meetings of the next buckets, whose links work when their day comes', async () => {
    const args = [
      'create',
      '--strategy',
      'time',
      '--prefix',
      'standup',
      '--bucket',
      'week',
      '--tz',
      'Europe/Berlin',
    ];
    const hours = ['--hours', 'Mon-Sun 0:00-24:00', '--title', 'Standup'];
    const { code, stderr } = await sandbox.meet([...args, ...hours, '--ics', file], ENV);
    expect({ code, stderr }).toMatchObject({ code: 0 });
    const meetings = await sandbox.json<{ sessionId: string; url: string; startsAt: string | null }[]>(
      ['list'],
      ENV,
    );
    expect(meetings).toHaveLength(12);
    expect(new Set(meetings.map(({ url }) => url)).size).toBe(12);
    for (const { sessionId, url } of meetings) {
      expect(sessionId).toMatch(/^standup-\d{4}w\d\d$/);
      expect(read()).toContain(`LOCATION:${url}\r\n`);
    }
    // Only the current one may be open before its week begins.
    expect(meetings.filter(({ startsAt }) => startsAt === null)).toHaveLength(1);
    const again = await sandbox.meet([...args, ...hours, '--ics', file], ENV);
    expect(again.code).toBe(0);
    expect(await sandbox.json(['list'], ENV)).toHaveLength(12);
  });

  it('gives each day the id of that day, from the first one on', async () => {
    const args = ['create', '--strategy', 'office-hours', '--tz', 'Europe/Berlin', '--ics', file];
    const times = ['--starts-at', '2034-10-28T14:00', '--expires-in', '1h'];
    expect((await sandbox.meet([...args, ...times], ENV)).code).toBe(0);
    const entries = readWithIcalJs(read()).map(([uid = '', , start = '']) => [uid.split('@')[0], start]);
    expect(entries).toHaveLength(28);
    // The clock goes back in between.
    expect(entries.slice(0, 2)).toEqual([
      ['office-hours-20341028', '2034-10-28T12:00:00Z'],
      ['office-hours-20341029', '2034-10-29T13:00:00Z'],
    ]);
  });

  it('brings back with --reopen the meeting that was asked for, and none of those to come', async () => {
    const args = ['create', '--strategy', 'office-hours', '--tz', 'Europe/Berlin', '--ics', file];
    const times = ['--starts-at', '2034-05-02T14:00', '--expires-in', '1h'];
    await sandbox.meet([...args, ...times], ENV);
    for (const day of ['20340502', '20340503']) await sandbox.meet(['end', `office-hours-${day}`], ENV);
    expect((await sandbox.meet([...args, ...times, '--reopen'], ENV)).code).toBe(0);
    const states = read()
      .split('BEGIN:VEVENT')
      .map(entry => [uidOf(entry)?.split('@')[0], /^STATUS:(.*)\r$/m.exec(entry)?.[1]]);
    expect(states.slice(1, 4)).toEqual([
      ['office-hours-20340502', 'CONFIRMED'],
      ['office-hours-20340503', 'CANCELLED'],
      ['office-hours-20340504', 'CONFIRMED'],
    ]);
  });

  it('refuses a meeting of which nobody knows when it is, and makes none', async () => {
    const refused = await sandbox.meet(['create', '--ics', file], ENV);
    expect(refused).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining('--starts-at') });
    expect(existsSync(file)).toBe(false);
    expect(await sandbox.json(['list'], ENV)).toEqual([]);
  });

  it.each([
    ['--json', ['--ics', '-', '--json']],
    ['--open', ['--ics', 'x.ics', '--open']],
  ])('does not go with %s where that wants the same', async (name, flags) => {
    const refused = await sandbox.meet([...TEAM, ...AT, ...flags], ENV);
    expect(refused).toMatchObject({ code: 2, stderr: expect.stringContaining(name) });
    expect(await sandbox.json(['list'], ENV)).toEqual([]);
  });

  it.each([
    ['in a folder that is not there', () => join(sandbox.path, 'nowhere', 'x.ics')],
    [
      'that is a folder',
      () => {
        mkdirSync(file);
        return file;
      },
    ],
  ])('tells of a file %s', async (_, place) => {
    const { code, stderr } = await sandbox.meet([...TEAM, ...AT, '--ics', place()], ENV);
    expect({ code, stderr }).toMatchObject({ code: 2, stderr: expect.stringContaining('cannot be written') });
  });
});

describe('meet with kinds of meeting', () => {
  it('shows and lists hours and broadcasts, and says how hosts come in', async () => {
    const args = [...TEAM, '--hours', 'mon-fri 14-16', '--tz', 'Europe/Berlin', '--broadcast'];
    const { code, stderr } = await sandbox.meet(args);
    expect(code).toBe(0);
    expect(stderr).toContain('Mon-Fri 14:00-16:00 (Europe/Berlin)');
    expect(stderr).toContain('meet invite team-core --as alice --host');
    const { stdout } = await sandbox.meet(['show', 'team-core']);
    expect(stdout).toContain('Mon-Fri 14:00-16:00 (Europe/Berlin)');
    expect(stdout).toContain('broadcast: hosts speak, the others watch');
    expect((await sandbox.meet(['list'])).stdout).toContain('Mon-Fri 14:00-16:00, br');
    const facts = { hours: 'Mon-Fri 14:00-16:00', zone: 'Europe/Berlin', broadcast: true };
    expect(await sandbox.json(['show', 'team-core'])).toMatchObject(facts);
    expect(await sandbox.json([...TEAM, '--hours', 'always'])).toMatchObject({ ...facts, hours: null });
  });

  it.each([
    ['hours that cannot be read', ['--hours', 'weekdays'], 'write hours like'],
    ['hours by an offset', ['--hours', 'Mon 9-10', '--tz', '+01:00'], 'Europe/Berlin'],
    [
      'hours that never come',
      ['--hours', 'Mon 9:00-9:01', '--starts-at', '2036-07-01T12:00Z', '--expires-at', '2036-07-02T12:00Z'],
      'let it expire later',
    ],
  ])('refuses %s', async (_, flags, words) => {
    const { code, stderr } = await sandbox.meet([...TEAM, ...flags]);
    expect({ code, stderr }).toMatchObject({ code: 2, stderr: expect.stringContaining(words) });
  });
});
