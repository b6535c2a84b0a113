import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { startServer } from '../../src/cli/compose.ts';
import { type Breakage, failureOf, runBroken } from './smoke-run.ts';

/** Seconds after the deadline within which everything has to be over, whatever hangs. */
const LATEST_S = 12;

/** A broken run, what was told of its end, and how long it took. That no process is left is checked by `runBroken`. */
async function runHanging(breakage: Breakage) {
  const troubles: string[] = [];
  const start = performance.now();
  const onTrouble = (words: string) => troubles.push(words);
  const report = await runBroken({ ...breakage, options: { ...breakage.options, onTrouble } });
  return { ...failureOf(report), troubles, seconds: (performance.now() - start) / 1000 };
}

async function makeFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'meet-hang-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  return folder;
}

describe('a run of which something hangs ends at its deadline with 23, and leaves no process', () => {
  it('a page that is busy for ever', async () => {
    const run = await runHanging({ afterSdk: 'for (;;);', options: { deadlineMs: 5000 } });
    expect(run).toMatchObject({
      exitCode: 23,
      phase: 'page',
      words: expect.stringMatching(/the 5 s of the run are over/),
    });
    expect(run.seconds).toBeLessThan(5 + LATEST_S);
  });

  it('a browser that was stopped, and has to be killed', async () => {
    const run = await runHanging({ stopBrowserAfter: 'join', options: { deadlineMs: 7000 } });
    expect(run).toMatchObject({ exitCode: 23, words: expect.stringMatching(/the 7 s of the run are over/) });
    expect(run.troubles).toContain('the browser did not close and was killed');
    expect(run.seconds).toBeLessThan(7 + LATEST_S);
  });

  it('a browser that never answers', async () => {
    const wanted = join(await makeFolder(), 'browser');
    await writeFile(wanted, '#!/bin/sh\nexec sleep 600\n');
    await chmod(wanted, 0o755);
    const browser = { env: process.env, wanted };
    const run = await runHanging({ options: { browser, deadlineMs: 2000 } });
    expect(run).toMatchObject({
      exitCode: 23,
      phase: 'browser',
      words: expect.stringMatching(/did not answer after it was started/),
    });
    expect(run.seconds).toBeLessThan(2 + LATEST_S);
  });

  it('a server that never starts', async () => {
    const startServer = () => new Promise<never>(() => {});
    const run = await runHanging({ options: { startServer, deadlineMs: 2000 } });
    expect(run).toMatchObject({
      exitCode: 23,
      phase: 'serve',
      words: expect.stringMatching(/the private server did not start/),
    });
    expect(run.seconds).toBeLessThan(2 + LATEST_S);
  });
});

describe('what does not close', () => {
  it('is told, and does not change what was found: a server', async () => {
    const folder = await makeFolder();
    const run = await runHanging({
      options: {
        async startServer() {
          const server = await startServer({ dataDir: folder, projectDir: folder, env: {}, port: 0 });
          onTestFinished(() => server.stop());
          return { ...server, stop: () => new Promise(() => {}) };
        },
      },
    });
    expect(run).toMatchObject({
      exitCode: 0,
      troubles: ['something of this run did not close within 6 s and was left'],
    });
  });

  it('is told, and does not change what was found: a browser that stops at the end', async () => {
    const run = await runHanging({ stopBrowserAfter: 'cleanup' });
    expect(run).toMatchObject({ exitCode: 0, troubles: ['the browser did not close and was killed'] });
  });
});
