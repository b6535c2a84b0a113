// One run of vitest, which ends: by itself, or when its time is over.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { endTree } from './end-tree.mjs';
import { root, SetupError, say } from './run-command.mjs';
import { readTally } from './tally.mjs';

/** Twice what all tests take on two cores with nothing beside them, and less than pipelines usually give. */
const MOST_MINUTES = 80;

/**
 * Runs vitest with our streams, and says how many passed and failed as its last line; gives the exit code. A run that
 * outlives its minutes (MEET_TEST_MINUTES) is ended with everything it started, and has failed.
 */
export async function runTests(args) {
  const minutes = Number(process.env.MEET_TEST_MINUTES || MOST_MINUTES);
  if (!(minutes > 0)) throw new SetupError('MEET_TEST_MINUTES needs a number of minutes, such as 60.');
  const folder = mkdtempSync(join(tmpdir(), 'meet-test-'));
  const file = join(folder, 'tally');
  try {
    const { exitCode, late } = await runLimited(startVitest(args, file), minutes);
    const { passed, failed, running } = readTally(file);
    if (late) tellLate(minutes, running);
    const failures = failed + running.length || Number(exitCode !== 0);
    process.stdout.write(`${passed} passed, ${failures} failed\n`);
    return failures > 0 || passed === 0 ? 1 : 0;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function startVitest(args, tally) {
  const reporters = ['--reporter=default', `--reporter=${root}scripts/tally-reporter.mjs`];
  const vitest = [`${root}node_modules/vitest/vitest.mjs`, 'run', ...reporters, ...args];
  const env = { ...process.env, MEET_TEST_TALLY: tally };
  return spawn(process.execPath, vitest, { cwd: root, stdio: 'inherit', env });
}

/** Waits for a process, for so many minutes. */
async function runLimited(child, minutes) {
  let late = false;
  const timer = setTimeout(() => {
    late = true;
    endTree(child.pid);
  }, minutes * 60_000);
  try {
    const exitCode = await new Promise((resolve, reject) => {
      child.once('error', reject);
      child.once('exit', code => resolve(code ?? 1));
    });
    return { exitCode, late };
  } finally {
    clearTimeout(timer);
  }
}

function tellLate(minutes, running) {
  say(`\nthe tests did not end within ${minutes} minutes, and were ended; what ran:`);
  for (const name of running) say(`  ${name}`);
}
