// Joining with the smoke test's probe in both pages and without it, in turn, up to the first frame of the other.
import { readFile } from 'node:fs/promises';
import { loadSource } from './load-source.mjs';
import { comparePairs } from './measure.mjs';
import { withServer } from './own-server.mjs';

const text = name => readFile(new URL(name, import.meta.url), 'utf8');

/** How a page is prepared: as without a smoke test, and as with one. The probe brings its picture and tone. */
const ARMS = {
  bare: profile => profile.context.newPage(),
  async probed(profile, { smoke, probe, place }) {
    const invitation = { name: NAMES[place], role: 'full', signal: smoke.signalAt(place), probe, people: 2 };
    return (await smoke.invitePerson(profile, { ...invitation, onCrash() {} })).page;
  },
};
const NAMES = ['alice', 'bob'];

export async function measure({ pairs = 30 } = {}) {
  const { bare, probed } = await timeArms(pairs);
  const name = 'Join → first remote frame in both pages, with the probe of `meet smoke`';
  return [comparePairs({ name, floor: 'without it', ours: probed, theirs: bare })];
}

/** Milliseconds of each arm, in the order of rounds. */
async function timeArms(rounds) {
  const smoke = await loadSource('probe/people.ts');
  const found = smoke.findBrowser({ env: process.env });
  const browser = await smoke.launchBrowser({ browser: found, headed: false, loopbackOnly: true });
  const [probe, stopwatch] = [await text('../dist/smoke/probe.js'), await text('probe/stopwatch.js')];
  const times = { bare: [], probed: [] };
  try {
    await withServer(async ({ createMeeting }) => {
      const { url } = await createMeeting();
      for (let round = -1; round < rounds; round++)
        for (const arm of inTurn(Object.keys(ARMS), round)) {
          const ms = await timeFirstFrame({ smoke, browser, probe, stopwatch, url, arm });
          if (round >= 0) times[arm].push(ms);
        }
    });
  } finally {
    await browser.close();
  }
  return times;
}

/** Each goes first as often as the others. */
function inTurn(names, round) {
  const first = Math.max(0, round) % names.length;
  return [...names.slice(first), ...names.slice(0, first)];
}

/** Milliseconds until the later of two has seen the other. */
async function timeFirstFrame({ smoke, browser, probe, stopwatch, url, arm }) {
  const profiles = await Promise.all(NAMES.map(() => smoke.openProfile(browser, 2)));
  try {
    const pages = await Promise.all(
      profiles.map(async (profile, place) => {
        const page = await ARMS[arm](profile, { smoke, probe, place });
        await page.addInitScript(stopwatch);
        await page.goto(url);
        await page.fill('#name', NAMES[place]);
        return page;
      }),
    );
    await Promise.all(pages.map(page => page.click('#join')));
    const times = await Promise.all(pages.map(page => page.evaluate('window.__firstFrame')));
    return Math.max(...times);
  } finally {
    await Promise.all(profiles.map(profile => profile.context.close()));
  }
}
