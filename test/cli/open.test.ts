import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { launcher, runMeet, startMeet, startServe, temporaryProject } from './server-process.ts';

// Whole processes, beside whatever else the machine is busy with.
vi.setConfig({ testTimeout: 30_000 });
const PATIENCE = { timeout: 20_000 };

async function project(...flags: string[]) {
  const made = await temporaryProject();
  const args = ['create', '--strategy', 'team', '--id', 'core', '--json', ...flags];
  const { url } = JSON.parse((await runMeet(made.folder, args)).stdout);
  return { ...made, key: String(new URL(url).hash) };
}

describe('meet open, with a server that runs', () => {
  it('opens the link there and ends', async () => {
    const { folder, opened, key } = await project();
    const { url } = await startServe(folder);
    const { code, stdout } = await runMeet(folder, ['open', 'team-core']);
    expect({ code, stdout }).toEqual({ code: 0, stdout: `${url}/meet/team-core${key}` });
    expect(await opened()).toBe(stdout);
  });

  it.each([
    ['launcher that finds no browser', 'exit 3'],
    ['launcher that is broken', 'kill -9 $$'],
  ])('prints the link all the same with a %s, and says so', async (_, script) => {
    const { folder, key } = await project();
    await launcher(folder, script);
    const { url } = await startServe(folder);
    const { code, stdout, stderr } = await runMeet(folder, ['open', 'team-core']);
    expect({ code, stdout }).toEqual({ code: 0, stdout: `${url}/meet/team-core${key}` });
    expect(stderr).toContain('open the link yourself');
  });

  it('is what create --open does', async () => {
    const { folder, opened } = await project();
    await startServe(folder);
    const { code, stdout } = await runMeet(folder, ['create', '--open']);
    expect(code).toBe(0);
    expect(await opened()).toBe(stdout);
  });
});

describe('meet create --open, without a server', () => {
  it.each([
    ['line', [], (text: string) => text.trim()],
    ['JSON', ['--json'], (text: string) => JSON.parse(text).url],
  ])('prints the link that is served, as a %s', async (_, flags, read) => {
    const { folder, opened } = await temporaryProject();
    // Whatever the port that was tried first: the result must not be guessed before it is bound.
    await writeFile(join(folder, 'meet.config.json'), '{"port": 0}');
    const meet = startMeet(folder, ['create', '--open', ...flags]);
    await expect.poll(opened, PATIENCE).toMatch(/^http:\/\/localhost:\d+\/meet\//);
    expect(read(meet.stdout())).toBe(await opened());
    expect(await meet.stop()).toBe(0);
  });
});

describe('meet open, without a server', () => {
  it('starts one, opens the link, and stays until it is stopped', async () => {
    const { folder, opened, key } = await project();
    const meet = startMeet(folder, ['open', 'team-core', '--port', '0']);
    await meet.until(/#key=/);
    await expect.poll(opened, PATIENCE).toMatch(/^http:\/\/localhost:\d+\/meet\/team-core#key=/);
    const link = new URL((await opened()) ?? '');
    expect(link.hash).toBe(key);
    expect((await fetch(`${link.origin}/readyz`)).status).toBe(200);
    expect(meet.stderr()).toContain('serving here until Ctrl-C');
    expect(await meet.stop()).toBe(0);
  });

  it('does not take one that was killed for one that runs', async () => {
    const { folder } = await project();
    const killed = await startServe(folder);
    await killed.stop('SIGKILL');
    const file = join(folder, '.meet', 'server.json');
    // As if another process had got its number since.
    await writeFile(
      file,
      JSON.stringify({ pid: process.pid, url: killed.url, startedAt: new Date().toISOString() }),
    );
    const meet = startMeet(folder, ['open', 'team-core', '--port', '0']);
    await meet.until(/serving here/);
  });
});

describe('meet open --print', () => {
  it.each([
    'team-core',
    'http://localhost:4680/meet/team-core',
    'https://elsewhere.example/meet/team-core#key=x',
  ])('prints the link of %s and nothing else', async id => {
    const { folder, opened, key } = await project();
    const { code, stdout, stderr } = await runMeet(folder, ['open', id, '--print']);
    expect({ code, stdout }).toEqual({ code: 0, stdout: `http://localhost:4680/meet/team-core${key}` });
    expect(stderr).toContain('expires');
    expect(await opened()).toBeNull();
  });

  it('starts with MEET_URL where that is set', async () => {
    const { folder } = await project();
    const env = { MEET_URL: 'https://meet.example.com' };
    expect((await runMeet(folder, ['open', 'team-core', '--print'], env)).stdout).toMatch(
      /^https:\/\/meet\.example\.com\/meet\/team-core#key=/,
    );
  });

  it('prints JSON when asked to', async () => {
    const { folder, key } = await project();
    const { stdout } = await runMeet(folder, ['open', 'team-core', '--print', '--json']);
    expect(JSON.parse(stdout)).toEqual({
      sessionId: 'team-core',
      url: `http://localhost:4680/meet/team-core${key}`,
    });
  });
});

describe('meet open --as', () => {
  it('proposes a uid to the emulator', async () => {
    const { folder, key } = await project();
    const { stdout } = await runMeet(folder, ['open', 'team-core', '--print', '--as', 'alice']);
    expect(stdout).toBe(`http://localhost:4680/meet/team-core?as=alice${key}`);
  });

  it('proves a listed uid with an invite, and refuses the others', async () => {
    const { folder } = await project('--allow', 'alice');
    const alice = await runMeet(folder, ['open', 'team-core', '--print', '--as', 'alice']);
    expect(alice.stdout).toMatch(/\/meet\/team-core#invite=ey/);
    expect(alice.stderr).toMatch(/invite +whoever has this link joins as alice/);
    expect((await runMeet(folder, ['open', 'team-core', '--print', '--as', 'eve'])).code).toBe(1);
  });

  it('proves a uid with an invite where it is an account', async () => {
    const { folder } = await project();
    const env = { COMETCHAT_APP_ID: 'app1', COMETCHAT_REGION: 'us', COMETCHAT_API_KEY: 'k' };
    const asAlice = ['open', 'team-core', '--print', '--as', 'alice'];
    const { stdout } = await runMeet(folder, [...asAlice, '--json'], env);
    expect(JSON.parse(stdout)).toMatchObject({
      url: expect.stringContaining('#invite=ey'),
      invited: 'alice',
    });
    await runMeet(folder, ['revoke', 'team-core', '--uid', 'Alice']);
    for (const how of [[], ['--mailto']])
      expect(await runMeet(folder, [...asAlice, ...how], env)).toEqual({
        code: 1,
        stdout: '',
        stderr: expect.stringContaining(
          'alice was revoked from team-core; to let them in again: meet invite team-core --as alice',
        ),
      });
    await runMeet(folder, ['invite', 'team-core', '--as', 'alice'], env);
    expect((await runMeet(folder, asAlice, env)).stdout).toMatch(/#invite=ey/);
  });
});

describe('meet open of what cannot be opened', () => {
  it.each([
    ['an unknown id', ['open', 'team-nobody'], 1],
    ['what is no id', ['open', 'Team Core!'], 2],
    ['nothing', ['open'], 2],
    ['nobody', ['open', 'team-core', '--as', 'a b'], 2],
  ])('exits for %s with its code and one line', async (_, args, code) => {
    const { folder } = await project();
    const result = await runMeet(folder, args);
    expect({ code: result.code, stdout: result.stdout }).toEqual({ code, stdout: '' });
    expect(result.stderr.split('\n')).toHaveLength(1);
  });

  it('exits with 1 for an ended meeting, and opens nothing', async () => {
    const { folder, opened } = await project();
    await runMeet(folder, ['end', 'team-core']);
    const { code, stderr } = await runMeet(folder, ['open', 'team-core']);
    expect({ code, opened: await opened() }).toEqual({ code: 1, opened: null });
    expect(stderr).toContain('--reopen');
  });
});
