import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { runMeet, startServe, temporaryProject } from './server-process.ts';

// Whole processes, beside whatever else the machine is busy with.
vi.setConfig({ testTimeout: 30_000 });

async function statusOf(link: string): Promise<number> {
  const { origin, hash } = new URL(link);
  const response = await fetch(`${origin}/api/admin/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ code: new URLSearchParams(hash.slice(1)).get('admin') }),
  });
  return response.status;
}

describe('meet serve', () => {
  it('keeps the admin link out of what is no terminal, as in a pipeline’s log', async () => {
    const { folder } = await temporaryProject();
    const logging = await startServe(folder, ['--json'], { MEET_LOG: 'trace' });
    expect(JSON.parse(logging.stdout())).not.toHaveProperty('adminUrl');
    expect(logging.stderr()).not.toContain('admin=');
    await logging.stop();
    const { until } = await startServe(folder);
    expect(await until(/to cometchat-uid-5\n/)).not.toContain('admin=');
  });

  it('prints it where it was asked for, and it works once', async () => {
    const { folder } = await temporaryProject();
    const { url, stdout, stderr } = await startServe(folder, ['--json', '--admin'], { MEET_LOG: 'trace' });
    const { adminUrl } = JSON.parse(stdout());
    expect(adminUrl).toMatch(new RegExp(`^${url}/#admin=[\\w-]{32}$`));
    expect(stderr()).toContain(`admin    ${adminUrl} (once, within 15 min; then: meet admin)`);
    expect([await statusOf(adminUrl), await statusOf(adminUrl)]).toEqual([200, 401]);
    const code = adminUrl.split('=')[1];
    expect(stderr().split(code)).toHaveLength(2);
  });

  it('opens the home page as admin with --open', async () => {
    const { folder, opened } = await temporaryProject();
    const { url, stdout, stderr } = await startServe(folder, ['--open']);
    await expect.poll(opened).toContain(`${url}/#admin=`);
    expect(stdout() + stderr()).not.toContain('admin=');
    expect(await statusOf((await opened()) ?? '')).toBe(200);
  });
});

describe('meet admin', () => {
  it('opens a new link of the server that runs, and the one before it is dead', async () => {
    const { folder, opened } = await temporaryProject();
    const { url, stdout } = await startServe(folder, ['--json', '--admin']);
    const first = JSON.parse(stdout()).adminUrl;
    const { code, stdout: link, stderr } = await runMeet(folder, ['admin']);
    expect({ code, opened: await opened() }).toEqual({ code: 0, opened: link });
    expect(link).toMatch(new RegExp(`^${url}/#admin=`));
    expect(stderr).toMatch(/^Works once, until .*in 15 min/);
    expect([await statusOf(first), await statusOf(link)]).toEqual([401, 200]);
  });

  it('only prints it with --print, and as JSON', async () => {
    const { folder, opened } = await temporaryProject();
    const { url } = await startServe(folder);
    const { stdout } = await runMeet(folder, ['admin', '--print', '--json']);
    const { adminUrl, expiresAt } = JSON.parse(stdout);
    expect(adminUrl).toContain(`${url}/#admin=`);
    expect(Date.parse(expiresAt) - Date.now()).toBeGreaterThan(14 * 60_000);
    expect(await opened()).toBeNull();
    const adminKey = (await readFile(join(folder, '.meet', 'admin-key'), 'utf8')).trim();
    expect(stdout).not.toContain(adminKey);
  });

  it('starts with the address that links have, where that is another', async () => {
    const { folder } = await temporaryProject();
    await startServe(folder);
    const env = { MEET_URL: 'https://meet.example.com' };
    const { stdout } = await runMeet(folder, ['admin', '--print'], env);
    expect(stdout).toMatch(/^https:\/\/meet\.example\.com\/#admin=[\w-]{32}$/);
  });

  it('exits with 1 and one line where no server runs', async () => {
    const { folder } = await temporaryProject();
    const { code, stdout, stderr } = await runMeet(folder, ['admin']);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(
      /^error: No server runs for this project; .*meet serve, or name one: --server <url>$/,
    );
  });
});
