import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createSandbox, type Sandbox } from './run-meet.ts';

const HOUR = 3_600_000;

let sandbox: Sandbox;

beforeEach(() => {
  sandbox = createSandbox('web');
});

afterEach(() => sandbox.remove());

/** How long a meeting lives, to the hour. */
const hoursLeft = (facts: Record<string, unknown>) =>
  Math.round((Date.parse(String(facts.expiresAt)) - Date.now()) / HOUR);

describe('meet create', () => {
  it('prints the link on stdout, and until when it works on stderr', async () => {
    const { code, stdout, stderr } = await sandbox.meet([
      'create',
      '--strategy',
      'stable',
      '--prefix',
      'room',
      '--id',
      '42',
    ]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^http:\/\/localhost:4680\/meet\/room-42#key=[\w-]{21}\n$/);
    expect(stderr).toMatch(/^Created room 42\n {2}expires {2}\d{4}-\d\d-\d\d \d\d:\d\d UTC \(in 30 d\)\n/);
    expect(stderr).toMatch(/\n {2}for {6}whoever has the link\n {2}next {5}meet open room-42\n$/);
  });

  it('prints JSON of a fixed shape', async () => {
    const { code, stdout, stderr } = await sandbox.meet(['create', '--json']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const facts = JSON.parse(stdout);
    expect(Object.keys(facts)).toEqual([
      'sessionId',
      'url',
      'title',
      'strategy',
      'access',
      'startsAt',
      'expiresAt',
      'hours',
      'zone',
      'broadcast',
      'revision',
      'created',
    ]);
    expect(facts).toMatchObject({
      sessionId: expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/),
      url: `http://localhost:4680/meet/${facts.sessionId}`,
      strategy: 'uuid',
      access: 'link',
      startsAt: null,
      expiresAt: new Date(Date.parse(facts.expiresAt)).toISOString(),
      created: true,
    });
    expect(hoursLeft(facts)).toBe(24);
  });

  it('gives the same meeting again, and says so', async () => {
    const args = ['create', '--strategy', 'appointment', '--id', '17'];
    const first = await sandbox.json(args);
    const again = await sandbox.json(args);
    expect(again).toEqual({ ...first, created: false, expiresAt: again.expiresAt, revision: 1 });
    expect(Date.parse(String(again.expiresAt))).toBeGreaterThan(Date.parse(String(first.expiresAt)));
    const { stdout, stderr } = await sandbox.meet(args);
    expect(stdout).toBe(`${first.url}\n`);
    expect(stderr).toMatch(/^Same meeting as before: Appointment 17\n/);
    expect(await sandbox.json(['list'])).toHaveLength(1);
  });

  it('updates what is given', async () => {
    const args = ['create', '--strategy', 'appointment', '--id', '17'];
    await sandbox.json(args);
    const changed = await sandbox.json([
      ...args,
      '--title',
      'Retro',
      '--allow',
      'alice, bob',
      '--expires-in',
      '2h',
    ]);
    expect(changed).toMatchObject({
      title: 'Retro',
      access: 'allow',
      url: 'http://localhost:4680/meet/appt-17',
      created: false,
    });
    expect(hoursLeft(changed)).toBe(2);
    const { stderr } = await sandbox.meet(args);
    expect(stderr).toContain('alice, bob, each with an invite\n');
    expect(stderr).toContain('meet invite appt-17 --as alice\n');
    expect(await sandbox.json([...args, '--public'])).toMatchObject({ access: 'public', title: 'Retro' });
  });

  it('brings back one that was ended, when asked to', async () => {
    const args = ['create', '--strategy', 'team'];
    const first = await sandbox.json(args);
    await sandbox.json(['end', 'team-web']);
    expect((await sandbox.meet(args)).code).toBe(1);
    const { code, stdout, stderr } = await sandbox.meet([...args, '--reopen']);
    expect({ code, stdout }).toEqual({ code: 0, stdout: `${first.url}\n` });
    expect(stderr).toContain('\nReopened Team web\n');
  });

  it('tells when the door opens, by the clock of --tz', async () => {
    const args = [
      'create',
      '--strategy',
      'stable',
      '--id',
      '1',
      '--starts-at',
      '2036-01-01T10:00',
      '--tz',
      'Asia/Tokyo',
      '--expires-in',
      '1h',
    ];
    expect(await sandbox.json(args)).toMatchObject({
      startsAt: '2036-01-01T01:00:00.000Z',
      expiresAt: '2036-01-01T02:00:00.000Z',
    });
    expect((await sandbox.meet(args, { TZ: 'Asia/Kolkata' })).stderr).toMatch(
      /\n {2}starts {3}2036-01-01 06:30 \+05:30 \(in \d+ d\)\n/,
    );
  });

  it('names buckets by the zone of the system, or of --tz', async () => {
    const day = (zone: string) =>
      new Intl.DateTimeFormat('sv', { timeZone: zone }).format().replaceAll('-', '');
    // Kiritimati is a day ahead of Pago Pago, at every hour.
    const east = await sandbox.json(['create', '--strategy', 'office-hours'], { TZ: 'Pacific/Kiritimati' });
    const west = await sandbox.json(['create', '--strategy', 'office-hours', '--tz', 'Pacific/Pago_Pago']);
    expect(east.sessionId).toBe(`office-hours-${day('Pacific/Kiritimati')}`);
    expect(west.sessionId).toBe(`office-hours-${day('Pacific/Pago_Pago')}`);
    expect(hoursLeft(east)).toBeLessThanOrEqual(24);
  });
});

describe('a team that nobody named', () => {
  it.each<[string, (path: string) => void, string, string]>([
    [
      'its package.json',
      path => writeFileSync(join(path, 'package.json'), '{"name":"@acme/shop"}'),
      'team-acme-shop',
      'Team "@acme/shop", from package.json; another with --id.',
    ],
    [
      'its git remote',
      path => git(path, 'git@example.com:acme/store.git'),
      'team-store',
      'Team "store", from the git remote; another with --id.',
    ],
    [
      'its git remote by https',
      path => git(path, 'https://example.com/acme/store/'),
      'team-store',
      'Team "store", from the git remote; another with --id.',
    ],
    [
      'its folder, without a remote',
      path => git(path),
      'team-web',
      'Team "web", from the folder; another with --id.',
    ],
    [
      'its folder, without a name',
      path => writeFileSync(join(path, 'package.json'), '{}'),
      'team-web',
      'Team "web", from the folder; another with --id.',
    ],
  ])('is named after %s', async (_, prepare, sessionId, said) => {
    prepare(sandbox.path);
    const { code, stdout, stderr } = await sandbox.meet(['create', '--strategy', 'team', '--json']);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ sessionId });
    expect(stderr).toBe(`${said}\n`);
  });

  it('is refused when package.json cannot be read', async () => {
    writeFileSync(join(sandbox.path, 'package.json'), '{');
    const { code, stderr } = await sandbox.meet(['create', '--strategy', 'team']);
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: expect.stringMatching(
        /^error: \S+package\.json is not valid JSON; mend it, or name the team with --id\.\n$/,
      ),
    });
  });

  it('is one for all folders of a project', async () => {
    writeFileSync(join(sandbox.path, 'package.json'), '{"name":"shop"}');
    mkdirSync(join(sandbox.path, 'src/deep'), { recursive: true });
    await sandbox.json(['create', '--strategy', 'team']);
    const below = await sandbox.json(['create', '--strategy', 'team'], {}, 'src/deep');
    expect(below).toMatchObject({ sessionId: 'team-shop', created: false });
    expect(readdirSync(join(sandbox.path, 'src/deep'))).toEqual([]);
  });
});

describe('the data folder', () => {
  it('is made by the first command, for its owner, and not for git', async () => {
    git(sandbox.path);
    await sandbox.json(['create', '--strategy', 'team']);
    await sandbox.json(['invite', 'team-web', '--as', 'alice']);
    const folder = join(sandbox.path, '.meet');
    expect(readdirSync(folder).sort()).toEqual(['.gitignore', 'meet.db', 'secret']);
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    for (const name of readdirSync(folder)) expect(statSync(join(folder, name)).mode & 0o777).toBe(0o600);
    expect(readFileSync(join(folder, '.gitignore'), 'utf8')).toBe('*\n');
    expect(execFileSync('git', ['-C', sandbox.path, 'status', '--porcelain'], { encoding: 'utf8' })).toBe('');
  });

  it('is where MEET_DATA_DIR says', async () => {
    await sandbox.json(['create'], { MEET_DATA_DIR: 'elsewhere/deep' });
    expect(readdirSync(join(sandbox.path, 'elsewhere/deep')).sort()).toEqual(['.gitignore', 'meet.db']);
    expect(readdirSync(sandbox.path)).toEqual(['elsewhere']);
  });
});

describe('a link', () => {
  it('starts with MEET_URL', async () => {
    const { url } = await sandbox.json(['create', '--strategy', 'team', '--public'], {
      MEET_URL: 'https://meet.example.com/',
    });
    expect(url).toBe('https://meet.example.com/meet/team-web');
  });

  it('starts with the address of the server that runs, and not of one that was killed', async () => {
    const folder = join(sandbox.path, '.meet');
    mkdirSync(folder);
    const announce = (pid: number) =>
      writeFileSync(
        join(folder, 'server.json'),
        JSON.stringify({ pid, url: 'http://localhost:4999', startedAt: new Date().toISOString() }),
      );
    const args = ['create', '--strategy', 'team', '--public'];
    announce(process.pid);
    expect((await sandbox.json(args)).url).toBe('http://localhost:4999/meet/team-web');
    const ended = sandbox.start(['--version']);
    await new Promise(resolve => ended.once('close', resolve));
    announce(ended.pid ?? 0);
    expect((await sandbox.json(args)).url).toBe('http://localhost:4680/meet/team-web');
  });
});

function git(path: string, remote?: string): void {
  execFileSync('git', ['init', '-q', path]);
  if (remote) execFileSync('git', ['-C', path, 'remote', 'add', 'origin', remote]);
}
