// `npm run check`: types, lint, unused code, tests. Each step by name with its time; stops at the first that fails.
import { root, runLoud, runScript, say } from './run-command.mjs';
import { setUp } from './setup.mjs';

const bin = `${root}node_modules/.bin/`;
const STEPS = [
  ['types', `${bin}tsc`, '-p', '.'],
  ['types of the page', `${bin}tsc`, '-p', 'web'],
  ['types of the probe', `${bin}tsc`, '-p', 'src/smoke/in-page'],
  ['lint', `${bin}biome`, 'ci', '--error-on-warnings', '.'],
  ['unused code', `${bin}knip`],
  ['known holes', process.execPath, `${root}scripts/audit.mjs`],
  ['tests', process.execPath, `${root}scripts/test.mjs`],
];

await runScript(async () => {
  await setUp();
  for (const [name, command, ...args] of STEPS) {
    say(`\n── ${name}`);
    const start = performance.now();
    const exitCode = runLoud(command, args, { shell: process.platform === 'win32' });
    const seconds = ((performance.now() - start) / 1000).toFixed(1);
    say(`── ${name}: ${exitCode === 0 ? 'ok' : `failed with exit code ${exitCode}`}, ${seconds} s`);
    if (exitCode !== 0) return exitCode;
  }
  return 0;
});
