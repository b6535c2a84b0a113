// From Join to the first frame of who is there already, against the whole way of the prototype's bare meeting, in turn.
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { prepareBaseline } from './baseline/prepare.mjs';
import { loadSource } from './load-source.mjs';
import { alternate, compare, runProgram } from './measure.mjs';
import { withServer } from './own-server.mjs';

const baseline = fileURLToPath(new URL('baseline/baseline.mjs', import.meta.url));

export async function measure({ runs = 9 } = {}) {
  const smoke = await loadSource('probe/people.ts');
  const found = smoke.findBrowser({ env: process.env });
  await prepareBaseline();
  const browser = await smoke.launchBrowser({ browser: found, headed: false, loopbackOnly: true });
  const stopwatch = await readFile(new URL('probe/stopwatch.js', import.meta.url), 'utf8');
  try {
    const { ours, theirs } = await withServer(({ createMeeting }) =>
      alternate(
        runs,
        async () => timeJoin(smoke, browser, stopwatch, (await createMeeting()).url),
        () => timeBaseline(found.path),
      ),
    );
    const floor = 'opening both pages → both decode five frames, the prototype (`bench/baseline`)';
    const name = `Join, pressed in the lobby → first remote frame (${found.name})`;
    return [compare({ name, floor, limit: 0.7, ours, theirs })];
  } finally {
    await browser.close();
  }
}

/** Milliseconds for bob, who waits in the lobby while alice is in the call. */
async function timeJoin(smoke, browser, stopwatch, url) {
  const profiles = await Promise.all([1, 2].map(() => smoke.openProfile(browser, 2)));
  try {
    const [alice, bob] = await Promise.all(profiles.map(profile => openLobby(profile, stopwatch, url)));
    await alice.fill('#name', 'alice');
    await alice.click('#join');
    await alice.waitForSelector('body[data-state="joined"]', { state: 'attached' });
    await bob.fill('#name', 'bob');
    // As somebody who has read the page: the camera is shown, and the SDK has run.
    await bob.waitForFunction('window.CometChatCalls && document.getElementById("preview").videoWidth > 0');
    await bob.click('#join');
    return await bob.evaluate('window.__firstFrame');
  } finally {
    await Promise.all(profiles.map(profile => profile.context.close()));
  }
}

async function openLobby(profile, stopwatch, url) {
  const page = await profile.context.newPage();
  await page.addInitScript(stopwatch);
  await page.goto(url);
  return page;
}

async function timeBaseline(browser) {
  const env = { ...process.env, CHROMIUM: browser };
  const { stdout } = await runProgram(process.execPath, [baseline], { env });
  return Math.max(...JSON.parse(stdout).frames);
}
