import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { runMeet, startMeet } from '../cli/server-process.ts';
import { describePostgres } from './with-postgres.ts';

describePostgres('an audit trail that is followed', postgres => {
  it('goes on through a restart of its database, and tells each row once', { timeout: 60_000 }, async () => {
    const cwd = mkdtempSync(join(tmpdir(), 'meet-follow-'));
    onTestFinished(() => rmSync(cwd, { recursive: true }));
    const env = { MEET_DATABASE_URL: await postgres().createDatabase(), MEET_SECRET: 'x'.repeat(40) };
    const create = (id: string) => runMeet(cwd, ['create', '--strategy', 'stable', '--id', id], env);
    expect((await create('before')).code).toBe(0);
    const follower = startMeet(cwd, ['audit', '--follow', '--json'], env);
    await follower.until(/Ctrl-C ends/);
    await postgres().stop('immediate');
    await follower.until(/Until it answers again this waits\./);
    await postgres().start();
    expect((await create('without')).code).toBe(0);
    await follower.until(/"without"/);
    expect((await create('after')).code).toBe(0);
    await follower.until(/"after"/);
    expect(await follower.stop('SIGINT')).toBe(0);
    const rows = follower
      .stdout()
      .trim()
      .split('\n')
      .map(line => JSON.parse(line).sessionId);
    expect(rows).toEqual(['before', 'without', 'after']);
    expect(follower.stderr().match(/this waits/g)).toHaveLength(1);
    expect(follower.stderr().match(/It answers again/g)).toHaveLength(1);
  });
});
