// `npm run soak [-- MINUTES]`: two browsers in one call for a long time, two minutes unless told.
import { root, runLoud, runScript, say } from './run-command.mjs';
import { setUp } from './setup.mjs';

const DEFAULT_MINUTES = 2;

await runScript(async () => {
  const minutes = Number(process.argv[2] ?? DEFAULT_MINUTES);
  if (!(minutes >= 1 && minutes <= 24 * 60)) {
    say(`"${process.argv[2]}" is no number of minutes from 1 to 1440; say \`npm run soak -- 30\`.`);
    return 2;
  }
  await setUp();
  say(`soak: a call of ${minutes} minutes …`);
  const vitest = `${root}node_modules/vitest/vitest.mjs`;
  const env = { ...process.env, MEET_SOAK_MINUTES: String(minutes) };
  return runLoud(process.execPath, [vitest, 'run', '--project', 'soak'], { env });
});
