// A whole `meet smoke --json` against the prototype's bare meeting, in the same browser, in turn.
import { fileURLToPath } from 'node:url';
import { findBrowser } from '../dist/cli/find-browser.js';
import { prepareBaseline } from './baseline/prepare.mjs';
import { alternate, compare, runProgram } from './measure.mjs';

const meet = fileURLToPath(new URL('../bin/meet.js', import.meta.url));
const baseline = fileURLToPath(new URL('baseline/baseline.mjs', import.meta.url));

export async function measure({ runs = 9 } = {}) {
  const { path: browser, name } = findBrowser({ env: process.env });
  await prepareBaseline();
  const { ours, theirs } = await alternate(
    runs,
    () => runSmoke(browser),
    () => runBaseline(browser),
  );
  const floor = 'the prototype (`bench/baseline`)';
  return [
    compare({
      name: `opening both pages → both decode five frames (${name})`,
      floor,
      limit: 1.3,
      ours: ours.map(run => run.frames),
      theirs: theirs.map(run => run.frames),
    }),
    compare({
      name: `\`meet smoke --json\`, whole process (${name})`,
      floor,
      limit: 4,
      ours: ours.map(run => run.total),
      theirs: theirs.map(run => run.total),
    }),
  ];
}

async function runSmoke(browser) {
  const { stdout, ms } = await runProgram(process.execPath, [meet, 'smoke', '--json', '--browser', browser]);
  const { detail } = JSON.parse(stdout).phases.find(phase => phase.name === 'media');
  return { frames: Number(/five frames each (\d+) ms after opening/.exec(detail)[1]), total: ms };
}

/** Its own times: of each page, and of the whole. */
async function runBaseline(browser) {
  const env = { ...process.env, CHROMIUM: browser };
  const { stdout, ms } = await runProgram(process.execPath, [baseline], { env });
  return { frames: Math.max(...JSON.parse(stdout).frames), total: ms };
}
