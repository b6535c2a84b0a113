// Where the pictures are taken: a server with a data folder of its own, and tabs of a browser.
import { spawn, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root, say } from '../run-command.mjs';

export const HOUR = 3_600_000;
export const DESK = { viewport: { width: 1100, height: 620 }, locale: 'en-GB', colorScheme: 'light' };
export const PHONE = { viewport: { width: 390, height: 800 }, locale: 'en-GB', colorScheme: 'light' };
export const NIGHT_PHONE = { ...PHONE, locale: 'de-DE', colorScheme: 'dark' };

/** The time that many milliseconds from now, on a whole quarter of an hour. */
export function inAbout(ms) {
  const quarter = HOUR / 4;
  return new Date(Math.ceil((Date.now() + ms) / quarter) * quarter).toISOString();
}

/** The server is started when it is first needed; `meet smoke` needs none. */
export function openPlace(browser, folder) {
  const env = { ...process.env, MEET_DATA_DIR: folder, FORCE_COLOR: '1' };
  let server;
  const serve = () => {
    server ??= startServer(env);
    return server.url;
  };
  return {
    browser,
    folder,
    runMeet: (...args) => runMeet(args, env),
    serve,
    /** Asks the management API, as who has the admin key. */
    manage: async (path, body) => manage(await serve(), folder, path, body),
    visit: (url, options) => visit(browser, url, options),
    close: () => server?.child.kill(),
  };
}

function startServer(env) {
  const child = spawn(process.execPath, [`${root}bin/meet.js`, 'serve', '--json'], { env });
  return { child, url: firstLine(child.stdout).then(line => JSON.parse(line).url) };
}

async function manage(url, folder, path, body) {
  const key = readFileSync(join(folder, 'admin-key'), 'utf8').trim();
  const response = await fetch(`${url}/api${path}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: JSON.stringify(body ?? {}),
  });
  if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
  return response.json();
}

/** A tab of its own profile. `prepare` is there before the page loads. */
async function visit(browser, url, { prepare, ...options }) {
  const context = await browser.newContext({
    timezoneId: 'Europe/Berlin',
    reducedMotion: 'reduce',
    ...options,
  });
  const page = await context.newPage();
  await prepare?.(page);
  await page.goto(url);
  return page;
}

/** What moves in has arrived. The SDK's own animations go on for ever, or are called off. */
const settled = `Promise.allSettled(document.getAnimations()
  .filter(animation => Number.isFinite(animation.effect?.getComputedTiming().endTime))
  .map(animation => animation.finished)).then(() => true)`;

/** Takes the picture, and says so; `of` is a part of the page. */
export async function take(page, name, of = page) {
  await page.evaluate(settled);
  await of.screenshot({ path: `${root}docs/images/${name}.png`, caret: 'initial' });
  say(`docs/images/${name}.png`);
}

/** Takes the picture, and closes the tab: nothing of it is needed any more. */
export async function takeLast(page, name) {
  await take(page, name);
  await page.context().close();
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
