// `npm run recovery`: two browsers in a call that is hurt on purpose; prints how soon each call came back.
import { spawn } from 'node:child_process';
import { root, runScript, say } from './run-command.mjs';
import { setUp } from './setup.mjs';

const FILES = ['test/browser/faults.test.ts', 'test/browser/faults-signalling.test.ts'];

await runScript(async () => {
  await setUp();
  say('recovery: two browsers, hurt on purpose …');
  const args = ['run', '--project', 'browser', ...FILES, '-t', 'the call recovers'];
  const child = spawn(process.execPath, [`${root}node_modules/vitest/vitest.mjs`, ...args], { cwd: root });
  const said = { stdout: '', stderr: '' };
  for (const stream of ['stdout', 'stderr'])
    child[stream].on('data', data => {
      said[stream] += data;
    });
  const exitCode = await new Promise((resolve, reject) => child.on('error', reject).on('close', resolve));
  const lines = said.stderr.split('\n').filter(line => line.startsWith('recovery  '));
  process.stdout.write(lines.map(line => `${line.replace('recovery  ', '')}\n`).join(''));
  if (exitCode !== 0) say(said.stdout + said.stderr);
  return exitCode;
});
