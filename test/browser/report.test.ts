import { spawn } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { findBrowser } from '../../src/smoke/browser/find-browser.ts';
import { launchBrowser } from '../../src/smoke/browser/launch.ts';
import { unzip } from '../../src/smoke/evidence/zip.ts';
import type { Person } from '../../src/smoke/people/person.ts';
import type { SmokeReport } from '../../src/smoke/report/report.ts';
import type { Watcher } from '../../src/smoke/watcher.ts';
import { findViolations } from './axe.ts';
import { createEavesdropper, readServerKeys, shapesOf } from './eavesdropper.ts';
import { createOwnRecorder } from './own-recorder.ts';
import { type Breakage, runBroken } from './smoke-run.ts';

const root = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url));

interface Reported {
  readonly folder: string;
  readonly report: SmokeReport;
  readonly troubles: readonly string[];
}

async function newFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'meet-report-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

async function runReported(breakage: Breakage, others: readonly Watcher[] = []): Promise<Reported> {
  const folder = await newFolder();
  const troubles: string[] = [];
  const recorder = await createOwnRecorder(folder, words => troubles.push(words));
  const { options, ...rest } = breakage;
  const report = await runBroken({ ...rest, options: { ...options, watchers: [recorder, ...others] } });
  return { folder, report, troubles };
}

/** Every byte of a report, with what is in its archives, as text. */
async function readAll(folder: string): Promise<string> {
  const texts = (await readdir(folder)).map(async name => {
    const data = await readFile(join(folder, name));
    const files = name.endsWith('.zip') ? unzip(data).map(entry => entry.data) : [data];
    return files.map(file => file.toString('latin1')).join('\n');
  });
  return (await Promise.all(texts)).join('\n');
}

let browser: Browser;

beforeAll(async () => {
  const found = findBrowser({ env: process.env });
  if (!found) throw new Error('no browser was found; npm test installs one');
  browser = await launchBrowser({ browser: found, headed: false, loopbackOnly: true });
});
afterAll(() => browser.close());

interface Opened {
  readonly page: Page;
  /** What the page asked for besides itself and its own data. */
  readonly asked: readonly string[];
}

async function open(folder: string, scheme: 'light' | 'dark' = 'light', width = 1280): Promise<Opened> {
  const context = await browser.newContext({ colorScheme: scheme, viewport: { width, height: 900 } });
  onTestFinished(() => context.close());
  const page = await context.newPage();
  const asked: string[] = [];
  page.on('request', request => asked.push(request.url()));
  await page.goto(`file://${folder}/index.html`);
  await page.evaluate("for (const fold of document.querySelectorAll('details')) fold.open = true");
  return {
    page,
    asked: asked.filter(url => !url.startsWith('data:') && !url.startsWith(`file://${folder}/index.html`)),
  };
}

async function expectAccessible(folder: string): Promise<void> {
  for (const scheme of ['light', 'dark'] as const) {
    const { page, asked } = await open(folder, scheme, scheme === 'light' ? 1280 : 320);
    expect(await findViolations(page)).toEqual([]);
    expect(asked).toEqual([]);
    expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
  }
}

/** None of what was on the wire, and of what the server has, in whatever shape. */
async function expectNoSecret(
  folder: string,
  heard: readonly string[],
  kept: readonly string[],
): Promise<void> {
  expect(heard.length).toBeGreaterThan(6);
  expect(kept.filter(({ length }) => length >= 16)).toHaveLength(5);
  const all = await readAll(folder);
  const told = [...heard, ...kept].flatMap(shapesOf).filter(shape => all.includes(shape));
  expect(told).toEqual([]);
}

/** Says aloud what nobody must read, and what nobody must run. */
const BLABBER = `const mint = CometChatCalls.generateToken.bind(CometChatCalls);
CometChatCalls.generateToken = async (...given) => {
  const answer = await mint(...given);
  console.error('</script><img src=x onerror="window.ran = true"><script>window.ran = true</script>');
  console.warn('\\u001b[31mred\\u001b[0m \\u001b]8;;http://h/\\u0007link</style><style>body{display:none}');
  console.log('my call token', answer.token, JSON.stringify({ answer, given }));
  console.log(btoa(answer.token), btoa('alice:' + answer.token), encodeURIComponent(JSON.stringify(answer)));
  console.log('in parts', ...answer.token.split('.').slice(1), answer.token.slice(0, 1), 'x'.repeat(1970) + answer.token);
  return answer;
};`;

describe('the report of a run that passed', () => {
  it('shows everybody, runs nothing of theirs, tells no secret and asks nobody', async () => {
    const eavesdropper = createEavesdropper();
    const dataDir = await newFolder();
    const { folder, report, troubles } = await runReported({ afterSdk: BLABBER, dataDir }, [eavesdropper]);
    expect([report.exitCode, troubles]).toEqual([0, []]);
    expect((await readdir(folder)).sort()).toEqual(['index.html', 'report.json']);
    expect(JSON.parse(await readFile(join(folder, 'report.json'), 'utf8'))).toEqual(report);

    const { page } = await open(folder);
    expect(await page.textContent('h1')).toBe('Passed');
    expect(await page.locator('#logs').textContent()).toContain('<script>window.ran = true</script>');
    expect(await page.locator('#logs').textContent()).toContain('my call token [redacted]');
    expect(await page.locator('#logs').textContent()).toMatch(/red \S*link<\/style>/);
    expect(await page.evaluate(() => 'ran' in globalThis)).toBe(false);
    expect(await page.locator('.film img').count()).toBeGreaterThan(8);
    expect(await page.locator('#media .curve').count()).toBeGreaterThan(8);
    const whose = await page
      .locator('#lanes g[data-owner]')
      .evaluateAll(lanes => lanes.map(lane => lane.getAttribute('data-owner')));
    expect([...new Set(whose)]).toEqual(['alice', 'bob', 'server']);
    expect(await page.locator('#events').textContent()).toMatch(/sees bob.*hears bob/s);

    await expectNoSecret(folder, await eavesdropper.listen(), await readServerKeys(dataDir));
    await expectAccessible(folder);
  });
});

describe('the report of a run that failed', () => {
  it('says why ICE found no way, and keeps traces without a secret', async () => {
    const eavesdropper = createEavesdropper();
    const dataDir = await newFolder();
    const { folder, report } = await runReported(
      {
        dataDir,
        // Its traces have to be as clean as its page.
        afterSdk: BLABBER,
        browserArguments: {
          '--allow-loopback-in-peer-connection': '--force-webrtc-ip-handling-policy=disable_non_proxied_udp',
        },
        options: { limits: { media: 3000 } },
      },
      [eavesdropper],
    );
    expect(report.exitCode).toBe(18);
    expect((await readdir(folder)).sort()).toEqual([
      ...['index.html', 'report.json', 'trace-alice.zip', 'trace-bob.zip'],
    ]);
    const names = unzip(await readFile(join(folder, 'trace-alice.zip'))).map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(['trace.trace', 'trace.network']));

    const { page } = await open(folder);
    expect(await page.textContent('h1')).toBe('Failed in media');
    expect(await page.locator('.lead').textContent()).toContain('never arrived');
    // Nobody has an address; whose lack shows first depends on which connection was the last.
    expect(await page.locator('#ice .reason').first().textContent()).toMatch(
      /found no address of its own|named no address|ICE/,
    );
    await expectNoSecret(folder, await eavesdropper.listen(), await readServerKeys(dataDir));
    await expectAccessible(folder);
  });

  it('is written in time when a page hangs and the run is interrupted', async () => {
    const interruption = new AbortController();
    let alice: Person | undefined;
    let stoppedAt = 0;
    const saboteur: Watcher = {
      onPerson(person) {
        if (person.name === 'alice') alice = person;
      },
      onEnd({ name }) {
        if (name !== 'join') return;
        alice?.page.evaluate('for (;;) {}').catch(() => {});
        stoppedAt = Date.now();
        interruption.abort(new Error('interrupted'));
      },
    };
    const { folder, report, troubles } = await runReported({ options: { signal: interruption.signal } }, [
      saboteur,
    ]);
    expect([report.exitCode, troubles]).toEqual([130, []]);
    expect(Date.now() - stoppedAt).toBeLessThan(20_000);
    const { page } = await open(folder);
    expect(await page.textContent('h1')).toBe('Interrupted');
    expect(await page.locator('#events').textContent()).toContain('page: joined');
  });
});

describe('meet smoke --report', () => {
  async function runMeet(...args: string[]) {
    const child = spawn(process.execPath, [root('bin/meet.js'), 'smoke', ...args], {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let stderr = '';
    child.stderr.on('data', data => {
      stderr += data;
    });
    return { exitCode: await new Promise(resolve => child.on('close', resolve)), stderr: () => stderr };
  }

  it('writes a page for each of many runs, and one over them; what an earlier failure left is gone', async () => {
    const folder = await newFolder();
    await writeFile(join(folder, 'trace-alice.zip'), 'old');
    const none = ['--browser', '/no/such/browser'];
    const { exitCode, stderr } = await runMeet('--report', folder, '--repeat', '2', ...none);
    expect([exitCode, stderr()]).toEqual([10, expect.stringContaining(`report  ${folder}/index.html`)]);
    expect((await readdir(folder)).sort()).toEqual(['index.html', 'run-1', 'run-2']);
    const { page } = await open(folder);
    expect(await page.textContent('h1')).toBe('0 of 2 passed');
    expect(await findViolations(page)).toEqual([]);
    await page.click('text=run 2');
    expect(await page.textContent('h1')).toBe('Failed in browser');
  });

  it('says before anything runs that a file is no folder', async () => {
    const file = join(await newFolder(), 'file');
    await writeFile(file, '');
    const { exitCode, stderr } = await runMeet('--report', file);
    expect([exitCode, stderr()]).toEqual([2, expect.stringContaining('--report needs a folder')]);
  });
});
