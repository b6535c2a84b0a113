// `npm run fuzz [-- CASES]`: the fuzzers of test/fuzz with many more cases than `npm test` gives them.
import { root, runLoud, runScript, say } from './run-command.mjs';
import { setUp } from './setup.mjs';

const DEFAULT_CASES = 100_000;

await runScript(async () => {
  const cases = Number(process.argv[2] ?? DEFAULT_CASES);
  if (!Number.isInteger(cases) || cases < 1) {
    say(`"${process.argv[2]}" is no number of cases; say \`npm run fuzz -- 100000\`.`);
    return 2;
  }
  await setUp();
  say(`fuzz: ${cases} cases for each parser …`);
  const vitest = `${root}node_modules/vitest/vitest.mjs`;
  const env = { ...process.env, MEET_FUZZ_CASES: String(cases) };
  return runLoud(process.execPath, [vitest, 'run', '--project', 'unit', 'test/fuzz'], { env });
});
