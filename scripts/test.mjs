// `npm test`: sets up, runs vitest with the given arguments, and ends in one line: `N passed, N failed`.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root, runLoud, runScript } from './run-command.mjs';
import { setUp } from './setup.mjs';

await runScript(async () => {
  await setUp({ examples: true });
  const { passed, failed } = runTests(process.argv.slice(2));
  process.stdout.write(`${passed} passed, ${failed} failed\n`);
  return failed > 0 || passed === 0 ? 1 : 0;
});

function runTests(args) {
  const folder = mkdtempSync(join(tmpdir(), 'meet-test-'));
  const report = join(folder, 'report.json');
  try {
    const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
    const exitCode = runLoud(process.execPath, [
      `${root}node_modules/vitest/vitest.mjs`,
      'run',
      ...reporters,
      ...args,
    ]);
    return countResults(report, exitCode);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A file that failed to load, and an error outside of any test, count as one failure each. */
function countResults(report, exitCode) {
  const { numPassedTests: passed, numFailedTests, testResults } = readReport(report);
  const unloaded = testResults.filter(file => file.status === 'failed' && file.assertionResults.length === 0);
  const failed = numFailedTests + unloaded.length;
  return { passed, failed: failed === 0 && exitCode !== 0 ? 1 : failed };
}

function readReport(report) {
  try {
    return JSON.parse(readFileSync(report, 'utf8'));
  } catch {
    return { numPassedTests: 0, numFailedTests: 0, testResults: [] };
  }
}
