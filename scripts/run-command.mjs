// One child process, seen by the user or silent until it fails. Only Node's own modules: runs before `npm ci`.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('..', import.meta.url));

/** One progress line on stderr, so that stdout stays the result's. */
export function say(line) {
  process.stderr.write(`${line}\n`);
}

/** Runs a command with our streams; returns its exit code, 1 when a signal ended it. */
export function runLoud(command, args, options = {}) {
  const { status, error } = spawnSync(command, args, { cwd: root, stdio: 'inherit', ...options });
  if (error) throw new SetupError(`${command} could not be started: ${error.message}`);
  return status ?? 1;
}

/** Runs a command silently; throws with what it said first and last when it fails. */
export function runQuiet(command, args, options = {}) {
  const { status, error, stdout, stderr } = spawnSync(command, args, {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
    ...options,
  });
  if (!error && status === 0) return;
  const lines = error ? [error.message] : `${stdout}${stderr}`.trimEnd().split('\n');
  // npm says the reason first, apt-get last.
  const said = lines.length > 24 ? [...lines.slice(0, 12), '…', ...lines.slice(-12)] : lines;
  throw new SetupError(`\`${[command, ...args].join(' ')}\` failed:\n${said.join('\n')}`);
}

/** A set-up step failed in a way the user can mend; the message is all there is to say. */
export class SetupError extends Error {}

/** Ends the process well-mannered: a SetupError without a stack, anything else with one. */
export async function runScript(script) {
  try {
    process.exitCode = await script();
  } catch (error) {
    say(error instanceof SetupError ? `\nmeet: ${error.message}` : error);
    process.exitCode = 1;
  }
}
