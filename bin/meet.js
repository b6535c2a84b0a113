#!/usr/bin/env node
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';

const program = new URL('../dist/cli/main.js', import.meta.url);
try {
  homedir();
} catch {
  // A user whom the system does not know, as in containers: Node, and Playwright while it loads, throw for want of a home.
  process.env.HOME = '/nonexistent';
}
if (existsSync(program)) {
  const { main } = await import(program);
  process.exitCode = await main({
    argv: process.argv.slice(2),
    env: process.env,
    stdin: process.stdin,
    stdout: process.stdout,
    stderr: process.stderr,
  });
  // The command is over. What it had to leave where it hung must not keep the process alive.
  setTimeout(() => process.exit(), 3000).unref();
} else {
  // A fresh clone. Node's own words would be a stack and a path.
  process.stderr.write(
    'error: meet is not built yet; in its folder, run: npm ci --ignore-scripts && npm run build\n',
  );
  process.exitCode = 1;
}
