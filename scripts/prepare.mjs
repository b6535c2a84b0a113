// What the GitHub Action runs first: everything that a fresh clone lacks, and nothing else.
import { runScript } from './run-command.mjs';
import { setUp } from './setup.mjs';

await runScript(async () => {
  await setUp();
  return 0;
});
