import { execFileSync, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../../', import.meta.url));
const CONFIG = 'test/fixtures/endless/vitest.config.ts';
const SCRIPT = `import { runTests } from '${new URL('../../scripts/run-tests.mjs', import.meta.url)}';
process.exitCode = await runTests(process.argv.slice(1));`;

/** The tests of the fixture, as `npm test` runs ours. */
async function runFixture(files: readonly string[], limits: Readonly<Record<string, string>>) {
  // What runs this test tells its children about itself, and they are no part of it.
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('VITEST')));
  const args = ['--input-type=module', '-e', SCRIPT, '--', '--config', CONFIG, ...files];
  const child = spawn(process.execPath, args, {
    cwd: root,
    env: { ...env, ...limits },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const printed = { stdout: '', stderr: '' };
  for (const stream of ['stdout', 'stderr'] as const)
    child[stream].on('data', data => {
      printed[stream] += data;
    });
  const exitCode = await new Promise(resolve => child.on('close', resolve));
  return { exitCode, ...printed, last: printed.stdout.trimEnd().split('\n').at(-1) };
}

/** Dead processes that nobody asked for yet are none. */
function listEndless(): string[] {
  const lines = execFileSync('ps', ['-A', '-o', 'stat=,args='], { encoding: 'utf8' }).split('\n');
  return lines.filter(line => /^[^Z].*meet-endless/.test(line));
}

describe('a run of the tests', () => {
  it('counts what passed and failed', async () => {
    expect(await runFixture(['fine'], {})).toMatchObject({ exitCode: 1, last: '1 passed, 1 failed' });
  });

  it('ends after its minutes, says what ran, counts it as failed, and leaves no process', async () => {
    const run = await runFixture(['busy'], { MEET_TEST_MINUTES: '0.15' });
    expect(run).toMatchObject({ exitCode: 1, last: '0 passed, 1 failed' });
    expect(run.stderr).toMatch(
      /did not end within 0\.15 minutes, and were ended; what ran:\n {2}\S+busy\.case\.ts\n/,
    );
    await expect.poll(listEndless).toEqual([]);
  }, 40_000);

  it('goes on with the next file where a test never comes back, or waits for ever', async () => {
    const run = await runFixture([], { MEET_TEST_BUSY_SECONDS: '2' });
    expect(run).toMatchObject({ exitCode: 1, last: '2 passed, 4 failed' });
    expect(run.stderr).toMatch(
      /busy for 2 s without a pause, and ended: \S+busy\.case\.ts > never comes back,/,
    );
  }, 40_000);

  it('refuses a bound that is none', async () => {
    const run = await runFixture(['fine'], { MEET_TEST_MINUTES: 'soon' });
    expect(run.stderr).toContain('MEET_TEST_MINUTES needs a number of minutes');
  });
});
