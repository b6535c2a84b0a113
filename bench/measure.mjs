// Alternating runs and medians: two shared cores drift, a ratio of neighbours does not.
import { spawn } from 'node:child_process';

/** Runs a program to its end; resolves to what it printed, and its whole time in milliseconds. */
export function runProgram(command, args, options = {}) {
  const start = performance.now();
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], ...options });
  const printed = { stdout: '', stderr: '' };
  for (const stream of ['stdout', 'stderr'])
    child[stream].on('data', data => {
      printed[stream] += data;
    });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', exitCode => {
      const ms = performance.now() - start;
      if (exitCode === 0) resolve({ ...printed, ms });
      else reject(new Error(`${command} ${args.join(' ')} ended with ${exitCode}: ${printed.stderr}`));
    });
  });
}

/** Calls both in turn, `count` times each, after one of each that does not count; gives their results in order. */
export async function alternate(count, ours, theirs) {
  const results = { ours: [], theirs: [] };
  for (let round = -1; round < count; round++) {
    const pair = { theirs: await theirs(), ours: await ours() };
    if (round < 0) continue;
    results.ours.push(pair.ours);
    results.theirs.push(pair.theirs);
  }
  return results;
}

export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  return sorted.length % 2 ? sorted[Math.floor(middle)] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** One line of bench/RESULTS.md, of times in milliseconds. `limit` is the ratio that must not be passed. */
export function compare({ name, floor, limit, ours, theirs }) {
  const [mine, other] = [median(ours), median(theirs)];
  const ratio = mine / other;
  return {
    name,
    ours: `${Math.round(mine)} ms`,
    floor: `${Math.round(other)} ms, ${floor}`,
    ratio,
    demand: `≤ ${limit}`,
    verdict: ratio > limit ? 'too slow' : '',
    runs: ours.length,
  };
}

/** The same for rates per second, of which more is better. `least` is the ratio that must be reached. */
export function compareRates({ name, floor, least, ours, theirs }) {
  const [mine, other] = [median(ours), median(theirs)];
  const ratio = mine / other;
  const thousands = rate => `${(rate / 1000).toFixed(1)} k/s`;
  return {
    name,
    ours: thousands(mine),
    floor: `${thousands(other)}, ${floor}`,
    ratio,
    demand: `≥ ${least}`,
    verdict: ratio < least ? 'too slow' : '',
    runs: ours.length,
  };
}

/**
 * A line of pairs, each measured side by side: the median of their ratios with the sign test's interval of 95 %, which
 * supposes nothing of how they are spread. It must reach 1: what is slower than that is more than noise.
 */
export function comparePairs({ name, floor, ours, theirs }) {
  const ratios = ours.map((value, index) => value / theirs[index]).sort((a, b) => a - b);
  const place = signPlace(ratios.length);
  const interval = [ratios[place], ratios.at(-1 - place)];
  return {
    name,
    ours: `${Math.round(median(ours))} ms`,
    floor: `${Math.round(median(theirs))} ms, ${floor}`,
    ratio: median(ratios),
    interval,
    demand: 'interval reaches 1',
    verdict: interval[0] > 1 ? 'too slow' : '',
    runs: ours.length,
  };
}

/** How many of `count` sorted values lie outside on each side: as many as a fair coin passes in 2.5 % of cases at most. */
function signPlace(count) {
  let chance = 2 ** -count;
  let sum = chance;
  let place = 0;
  while (sum <= 0.025) {
    place++;
    chance *= (count - place + 1) / place;
    sum += chance;
  }
  return Math.max(0, place - 1);
}
