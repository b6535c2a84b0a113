// `node scripts/pictures.mjs [call] [smoke] [report]`: makes the README's pictures from the running thing, into docs/images.
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import AnsiToHtml from 'ansi-to-html';
import { chromium } from 'playwright-core';
import { drawPerson } from './picture-person.mjs';
import { root, runScript, say } from './run-command.mjs';
import { setUp } from './setup.mjs';

const PEOPLE = [
  { name: 'Alice', from: '#7c3aed', to: '#db2777' },
  { name: 'Bob', from: '#0369a1', to: '#0d9488' },
];
const BROWSER_FLAGS = [
  '--use-fake-device-for-media-stream',
  '--use-fake-ui-for-media-stream',
  '--allow-loopback-in-peer-connection',
  '--mute-audio',
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
];

const PICTURES = { call: pictureCall, smoke: pictureTerminal, report: pictureReport };

await runScript(async () => {
  await setUp();
  const { findBrowser } = await import('../dist/cli/find-browser.js');
  const { path } = await findBrowser({ env: process.env, headed: false });
  const browser = await chromium.launch({ executablePath: path, args: BROWSER_FLAGS });
  const folder = mkdtempSync(join(tmpdir(), 'meet-pictures-'));
  try {
    const wanted = process.argv.slice(2);
    const env = { ...process.env, MEET_DATA_DIR: folder };
    for (const [name, take] of Object.entries(PICTURES))
      if (wanted.length === 0 || wanted.includes(name)) await take(browser, env, folder);
  } finally {
    await browser.close();
    rmSync(folder, { recursive: true, force: true });
  }
  return 0;
});

/** Two people in a call, as Bob sees it, and the lobby before it. */
async function pictureCall(browser, env) {
  const server = spawn(process.execPath, [`${root}bin/meet.js`, 'serve', '--port', '0', '--json'], { env });
  try {
    const { url } = JSON.parse(await firstLine(server.stdout));
    const created = runMeet(
      ['create', '--strategy', 'team', '--id', 'web', '--title', 'Web team', '--json'],
      { ...env, MEET_URL: url },
    );
    const link = JSON.parse(created.stdout).url;
    const [alice, bob] = await Promise.all(PEOPLE.map(person => openLobby(browser, link, person)));
    await bob.screenshot({ path: `${root}docs/images/lobby.png` });
    for (const page of [alice, bob]) await page.click('#join');
    await bob.waitForFunction(() =>
      [...document.querySelectorAll('video:not(.flipped-video)')].some(video => video.currentTime > 3),
    );
    await bob.screenshot({ path: `${root}docs/images/call.png` });
    say('docs/images/lobby.png, docs/images/call.png');
  } finally {
    server.kill();
  }
}

async function openLobby(browser, link, person) {
  const context = await browser.newContext({ viewport: { width: 1100, height: 620 } });
  await context.addInitScript(drawPerson, person);
  const page = await context.newPage();
  await page.goto(link);
  await page.fill('#name', person.name);
  await page.waitForFunction(() => document.querySelector('#preview')?.currentTime > 0.5);
  return page;
}

/** What `meet smoke` prints, as a terminal shows it. */
async function pictureTerminal(browser) {
  const { stdout, stderr } = runMeet(['smoke'], { ...process.env, FORCE_COLOR: '1' });
  const html = new AnsiToHtml({ fg: '#d6deeb', escapeXML: true, colors: { 2: '#7fdb8f' } }).toHtml(
    `${stderr}${stdout}`.trimEnd(),
  );
  const page = await browser.newPage({ viewport: { width: 1000, height: 200 }, deviceScaleFactor: 2 });
  await page.setContent(`<style>
    body { margin: 0; background: #0f1720; color: #d6deeb; font: 14px/1.45 'DejaVu Sans Mono', monospace; }
    pre { margin: 0; padding: 18px 22px; font: inherit; display: inline-block }
    .prompt { color: #7dd3fc }
  </style><pre><span class="prompt">$</span> meet smoke\n${html}</pre>`);
  await page.locator('pre').screenshot({ path: `${root}docs/images/smoke.png` });
  say('docs/images/smoke.png');
}

/** The report of a run, as it opens in a browser. */
async function pictureReport(browser, env, folder) {
  const place = join(folder, 'report');
  runMeet(['smoke', '--report', place], env);
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 }, colorScheme: 'light' });
  await page.goto(pathToFileURL(join(place, 'index.html')).href);
  await page.screenshot({ path: `${root}docs/images/report.png` });
  await page.close();
  say('docs/images/report.png');
}

function runMeet(args, env) {
  const result = spawnSync(process.execPath, [`${root}bin/meet.js`, ...args], { env, encoding: 'utf8' });
  if (result.status !== 0) throw new Error(`meet ${args[0]} exited with ${result.status}: ${result.stderr}`);
  return result;
}

function firstLine(stream) {
  return new Promise((resolve, reject) => {
    let text = '';
    stream.on('data', chunk => {
      text += chunk;
      if (text.includes('\n')) resolve(text.slice(0, text.indexOf('\n')));
    });
    stream.on('end', () => reject(new Error('meet serve ended before it was ready')));
  });
}
