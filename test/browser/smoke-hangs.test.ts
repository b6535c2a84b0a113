import { chmod, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { startServer } from '../../src/cli/compose.ts';
import { createLinter } from '../../src/smoke/lint/linter.ts';
import type { Scenario } from '../../src/smoke/scenarios/scenario.ts';
import { planFor } from '../fixtures/pages/plan.ts';
import { createOwnRecorder } from './own-recorder.ts';
import { type Breakage, failureOf, LINT_FILE, runBroken } from './smoke-run.ts';

/** Seconds after the deadline within which everything has to be over, whatever hangs: ten, and two for a busy machine. */
const LATEST_S = 12;

interface Hanging extends Breakage {
  readonly deadlineMs: number;
  /** A folder for a report of the run. */
  readonly folder?: string | undefined;
}

/** A broken run, what was told of its end, and how long it took. That no process is left is checked by `runBroken`. */
async function runHanging({ deadlineMs, folder, ...breakage }: Hanging) {
  const troubles: string[] = [];
  const onTrouble = (words: string) => troubles.push(words);
  const watchers = folder === undefined ? [] : [await createOwnRecorder(folder, onTrouble)];
  const linter = createLinter(LINT_FILE, Date.now);
  const start = performance.now();
  const report = await runBroken({
    ...breakage,
    options: { deadlineMs, onTrouble, watchers, linter, ...breakage.options },
  });
  const lateS = (performance.now() - start - deadlineMs) / 1000;
  return { ...failureOf(report), troubles, lateS, report };
}

async function makeFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'meet-hang-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  return folder;
}

/** Takes every connection, and never says a word. */
async function startMute(): Promise<string> {
  const sockets = new Set<Socket>();
  const mute = createServer(socket => void sockets.add(socket.on('error', () => {})));
  await new Promise<void>(resolve => mute.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    mute.close();
    for (const socket of sockets) socket.destroy();
  });
  return `http://localhost:${(mute.address() as AddressInfo).port}`;
}

/** A server in name only, which is there at once. */
async function startMuteServer() {
  const url = await startMute();
  return { url, adminKey: 'a key', sdk: { name: 'none', version: '0' }, stop: async () => {} };
}

describe.each([
  ['without', async () => undefined],
  ['with', makeFolder],
])(
  'a run %s a report of which something hangs ends at its deadline with 23, and leaves no process',
  (_, makeReport) => {
    it('a page that is busy for ever', async () => {
      const folder = await makeReport();
      const run = await runHanging({ afterSdk: 'for (;;);', deadlineMs: 5000, folder });
      expect(run).toMatchObject({
        exitCode: 23,
        // A busy machine may not have come to the page by then; none comes past a page whose SDK hangs.
        phase: expect.stringMatching(/^(browser|serve|create|denials|token|expiry|page)$/),
        words: expect.stringMatching(/the 5 s of the run are over/),
      });
      expect(run.lateS).toBeLessThan(LATEST_S);
      await expectWritten(folder);
    });

    it('a browser that was stopped, and has to be killed', async () => {
      const folder = await makeReport();
      const run = await runHanging({ stopBrowserAfter: 'browser', deadlineMs: 7000, folder });
      expect(run).toMatchObject({
        exitCode: 23,
        words: expect.stringMatching(/the 7 s of the run are over/),
      });
      expect(run.troubles).toEqual(['the browser did not close and was killed']);
      expect(run.lateS).toBeLessThan(LATEST_S);
      await expectWritten(folder);
    });

    it('pages that hang in a scenario, whose verdict is told', async () => {
      const folder = await makeReport();
      const interruption = new AbortController();
      let stoppedAt = 0;
      const hanging: Scenario = {
        ...{ name: 'hanging', title: 'Everybody hangs', limitMs: 60_000, unfit: () => null },
        async play(stage) {
          const { people } = await stage.meet();
          for (const { page } of people) page.evaluate('for (;;);').catch(() => {});
          stoppedAt = performance.now();
          // As the deadline does, at the right moment on any machine.
          interruption.abort(new Error('interrupted'));
          return new Promise<never>(() => {});
        },
      };
      const { report } = await runHanging({
        ...{ deadlineMs: 60_000, folder },
        options: { scenarios: [hanging], signal: interruption.signal },
      });
      expect(report).toMatchObject({ exitCode: 130, scenarios: [{ name: 'hanging', ok: false }] });
      expect((performance.now() - stoppedAt) / 1000).toBeLessThan(LATEST_S);
      await expectWritten(folder);
    });

    it('a server that never answers', async () => {
      const folder = await makeReport();
      const run = await runHanging({ deadlineMs: 3000, folder, options: { startServer: startMuteServer } });
      expect(run).toMatchObject({
        exitCode: 23,
        phase: 'create',
        words: expect.stringMatching(/does not answer \(the 3 s of the run are over\)/),
      });
      expect(run.lateS).toBeLessThan(LATEST_S);
      await expectWritten(folder);
    });

    it("a server of the user's page that never answers", async () => {
      const folder = await makeReport();
      const page = planFor(`${await startMute()}/?session={sessionId}&uid={uid}`);
      const run = await runHanging({ deadlineMs: 3000, folder, options: { page } });
      expect(run).toMatchObject({
        exitCode: 23,
        phase: 'page',
        words: expect.stringMatching(/the 3 s of the run are over/),
      });
      expect(run.lateS).toBeLessThan(LATEST_S);
      await expectWritten(folder);
    });
  },
);

async function expectWritten(folder: string | undefined): Promise<void> {
  if (folder) expect(await readdir(folder)).toEqual(expect.arrayContaining(['index.html', 'report.json']));
}

describe('a run that never began ends at its deadline with 23, and leaves no process', () => {
  it('a browser that never answers', async () => {
    const wanted = join(await makeFolder(), 'browser');
    await writeFile(wanted, '#!/bin/sh\nexec sleep 600\n');
    await chmod(wanted, 0o755);
    const browser = { env: process.env, wanted };
    // Nothing but the browser takes time here: a server of ours may take longer than the deadline on a busy machine.
    const page = planFor('http://localhost/?session={sessionId}&uid={uid}');
    const options = { browser, page, startServer: startMuteServer };
    const run = await runHanging({ options, deadlineMs: 2000 });
    expect(run).toMatchObject({
      exitCode: 23,
      phase: 'browser',
      words: expect.stringMatching(/did not answer after it was started/),
    });
    expect(run.lateS).toBeLessThan(LATEST_S);
  });

  it('a server that never starts', async () => {
    const startServer = () => new Promise<never>(() => {});
    const run = await runHanging({ options: { startServer }, deadlineMs: 2000 });
    expect(run).toMatchObject({
      exitCode: 23,
      phase: 'serve',
      words: expect.stringMatching(/the private server did not start/),
    });
    expect(run.lateS).toBeLessThan(LATEST_S);
  });
});

describe('what does not close', () => {
  it('is told, and does not change what was found: a server', async () => {
    const folder = await makeFolder();
    const run = await runHanging({
      deadlineMs: 60_000,
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
    const run = await runHanging({
      stopBrowserAfter: 'cleanup',
      deadlineMs: 60_000,
      // Which would rightly fail, having nothing to look at.
      options: { linter: undefined },
    });
    expect(run).toMatchObject({ exitCode: 0, troubles: ['the browser did not close and was killed'] });
  });
});
