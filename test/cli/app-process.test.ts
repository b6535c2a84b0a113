import { tmpdir } from 'node:os';
import { describe, expect, it, onTestFinished } from 'vitest';
import { describeOutput, startAppProcess } from '../../src/cli/app-process.ts';

const start = (command: string, variables: Record<string, string> = {}) => {
  const app = startAppProcess({ command, cwd: tmpdir(), env: process.env, variables });
  onTestFinished(() => app.stop());
  return app;
};

const isThere = (pid: number) => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

describe('a command that serves a page', () => {
  it('runs in a shell, in its folder, with its variables', async () => {
    const app = start('pwd; echo "$MEET_URL" | tr a-z A-Z', { MEET_URL: 'http://localhost:1' });
    expect(await app.ended).toBe('ended with exit code 0');
    expect(app.lastLines()).toMatch(/\nHTTP:\/\/LOCALHOST:1$/);
  });

  it.each([
    ['exit 3', 'ended with exit code 3'],
    ['kill -TERM $$', 'was ended by SIGTERM'],
    ['no-such-command-of-ours', 'ended with exit code 127'],
    ['sleep 600 & echo "failed"; exit 3', 'ended with exit code 3'],
  ])('tells how %s ended', async (command, how) => {
    expect(await start(command).ended).toBe(how);
  });

  it('ends with all that it started', async () => {
    const app = start('sleep 600 & echo "child $!"; wait');
    await expect.poll(() => app.lastLines()).toMatch(/child \d+/);
    const child = Number(/child (\d+)/.exec(app.lastLines())?.[1]);
    expect(isThere(child)).toBe(true);
    await app.stop();
    await expect.poll(() => isThere(child)).toBe(false);
  });

  it('is killed when it does not listen', async () => {
    const app = start("trap '' TERM; echo $$; while :; do sleep 0.1; done");
    await expect.poll(() => app.lastLines()).toMatch(/^\d+$/);
    const shell = Number(app.lastLines());
    await Promise.all([app.stop(), app.stop()]);
    await expect.poll(() => isThere(shell)).toBe(false);
  });
});

describe('the last lines of a command', () => {
  it('are without colours, blank lines and secrets, and few', () => {
    const many = Array.from({ length: 20 }, (_, i) => `line ${i}`).join('\n');
    const lines = describeOutput(`${many}\n\n\u001b[31mred\u001b[0m key=abcdef\r\n`, {
      COMETCHAT_AUTH_KEY: 'abcdef',
      MEET_SECRET: '',
    }).split('\n');
    expect(lines).toHaveLength(12);
    expect(lines.at(-1)).toBe('red key=***');
  });
});
