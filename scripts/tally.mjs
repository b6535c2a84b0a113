import { readFileSync } from 'node:fs';

/** What tally-reporter.mjs wrote: how many tests passed and failed, and the files that had begun and not ended. */
export function readTally(file) {
  const tally = { passed: 0, failed: 0 };
  const running = new Set();
  for (const { kind, name } of readLines(file)) {
    if (kind === 'start') running.add(name);
    if (kind === 'end' || kind === 'unloaded') running.delete(name);
    if (kind === 'passed') tally.passed += 1;
    if (kind === 'failed' || kind === 'unloaded') tally.failed += 1;
  }
  return { ...tally, running: [...running] };
}

function readLines(file) {
  try {
    return readFileSync(file, 'utf8')
      .split('\n')
      .filter(line => line !== '')
      .map(line => JSON.parse(line));
  } catch {
    return [];
  }
}
