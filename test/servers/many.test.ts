import { once } from 'node:events';
import { expect, it, onTestFinished } from 'vitest';
import { createSandbox, finish } from '../cli/run-meet.ts';
import { describePostgres } from './with-postgres.ts';

const ADMIN_KEY = 'an-admin-key-of-these-very-tests-here';
const SECRET = 'a-secret-that-signs-in-these-tests';

describePostgres('servers and commands on one PostgreSQL', postgres => {
  const makeEnv = async (): Promise<Record<string, string>> => ({
    MEET_DATABASE_URL: await postgres().createDatabase(),
    MEET_ADMIN_KEY: ADMIN_KEY,
    MEET_SECRET: SECRET,
    MEET_DRAIN: '1s',
  });

  /** `meet serve` in a project of its own. */
  async function serve(env: Record<string, string>) {
    const sandbox = createSandbox();
    const child = sandbox.start(['serve', '--port', '0', '--json'], env);
    const ended = finish(child);
    onTestFinished(async () => {
      child.kill('SIGKILL');
      await ended;
      sandbox.remove();
    });
    const [line] = await once(child.stdout, 'data');
    const { url } = JSON.parse(String(line));
    const ask = async (method: string, path: string, body?: object) => {
      const headers = { authorization: `Bearer ${ADMIN_KEY}`, 'content-type': 'application/json' };
      const response = await fetch(url + path, {
        method,
        headers,
        ...(body && { body: JSON.stringify(body) }),
      });
      // biome-ignore lint/suspicious/noExplicitAny: each test states the shape it expects.
      return { status: response.status, body: (await response.json()) as any, headers: response.headers };
    };
    return { child, ended, ask, sandbox };
  }

  it('have the same meetings; a code made at one makes an admin at the other, once', async () => {
    const env = await makeEnv();
    const [here, there] = await Promise.all([serve(env), serve(env)]);
    const { json, remove } = createSandbox();
    onTestFinished(remove);
    const made = await json(['create', '--strategy', 'team', '--id', 'core'], env);
    expect(made).toMatchObject({ sessionId: 'team-core', created: true });
    for (const { ask } of [here, there])
      expect((await ask('GET', '/api/meetings/team-core')).body.sessionId).toBe('team-core');
    await there.ask('POST', '/api/meetings/team-core/end');
    expect(await json<{ sessionId: string; state: string }[]>(['list'], env)).toMatchObject([
      { sessionId: 'team-core', state: 'ended' },
    ]);
    const { code } = (await here.ask('POST', '/api/admin/code')).body;
    expect((await there.ask('POST', '/api/admin/session', { code })).status).toBe(200);
    expect((await here.ask('POST', '/api/admin/session', { code })).status).toBe(401);
  });

  it('say so where they have another secret', async () => {
    const env = await makeEnv();
    await serve(env);
    const other = await serve({ ...env, MEET_SECRET: 'another-secret-than-that-of-the-first' });
    other.child.kill();
    expect((await other.ended).stderr).toContain('Another server of this database has another MEET_SECRET,');
  });

  it('drain: not ready at once, answering on, and an end with 0', async () => {
    const { child, ended, ask } = await serve(await makeEnv());
    const { sessionId } = (await ask('POST', '/api/meetings', {})).body;
    child.kill('SIGTERM');
    await expect.poll(async () => (await ask('GET', '/readyz')).status, { interval: 5 }).toBe(503);
    const answer = await ask('GET', `/api/meetings/${sessionId}`);
    expect([answer.status, answer.headers.get('connection')]).toEqual([200, 'close']);
    const { code, stderr } = await ended;
    expect(code).toBe(0);
    expect(stderr).toContain('PostgreSQL at 127.0.0.1');
    expect(stderr).toContain('people meet only within one');
    expect(stderr).not.toContain('a-password-to-look-for');
  });

  it('end at once at a second signal', async () => {
    const { child, ended, ask } = await serve({ ...(await makeEnv()), MEET_DRAIN: '10m' });
    child.kill('SIGTERM');
    await expect.poll(async () => (await ask('GET', '/readyz')).status, { interval: 5 }).toBe(503);
    child.kill('SIGTERM');
    expect((await ended).code).toBe(1);
  });

  it('fail in one line without the database, and without the password', async () => {
    const { meet, remove } = createSandbox();
    onTestFinished(remove);
    const url = postgres().url.replace(/:\d+\//, ':1/');
    expect(await meet(['list'], { MEET_DATABASE_URL: url })).toEqual({
      code: 1,
      stdout: '',
      stderr:
        'error: The meeting store failed (ECONNREFUSED): PostgreSQL at 127.0.0.1:1/postgres does not answer; start it, or check host and port in MEET_DATABASE_URL.\n',
    });
  });
});
