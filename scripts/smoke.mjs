// `npm run smoke`: from a fresh clone to two people in a meeting.
import { root, runLoud, runScript } from './run-command.mjs';
import { setUp } from './setup.mjs';

await runScript(async () => {
  await setUp();
  return runLoud(process.execPath, [`${root}bin/meet.js`, 'smoke', ...process.argv.slice(2)]);
});
