import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { createSandbox } from './run-meet.ts';

// A run without a browser is a whole run that fails at once, and has a report.
const NO_BROWSER = ['smoke', '--browser', '/no/such/browser', '--report', 'out'];

const sandbox = createSandbox();
afterAll(() => sandbox.remove());

it("leaves no run of an earlier report behind, and nothing of anybody else's out", async () => {
  const out = join(sandbox.path, 'out');
  await sandbox.meet([...NO_BROWSER, '--repeat', '3']);
  expect(readdirSync(out).sort()).toEqual(['index.html', 'run-1', 'run-2', 'run-3']);
  writeFileSync(join(out, 'run-3', 'trace-alice.zip'), '');
  writeFileSync(join(out, 'run-2', 'notes.txt'), '');
  mkdirSync(join(out, 'run-on'));
  await sandbox.meet(NO_BROWSER);
  expect(readdirSync(out).sort()).toEqual(['index.html', 'report.json', 'run-2', 'run-on']);
  expect(readdirSync(join(out, 'run-2'))).toEqual(['notes.txt']);
  expect(existsSync(join(out, 'run-3'))).toBe(false);
});
