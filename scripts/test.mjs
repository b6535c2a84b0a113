// `npm test`: sets up, runs vitest with the given arguments, and ends in one line: `N passed, N failed`.
import { runScript } from './run-command.mjs';
import { runTests } from './run-tests.mjs';
import { setUp } from './setup.mjs';

await runScript(async () => {
  await setUp({ examples: true, calendar: true, network: true, servers: true });
  return runTests(process.argv.slice(2));
});
