import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { servePeerJs } from '../fixtures/pages/peerjs/serve.ts';
import { findOrigin, readSmoke, runSmoke, spawnSmoke } from './smoke-command.ts';

/** A file for what a command writes, and its words. */
async function openNotes() {
  const folder = await mkdtemp(join(tmpdir(), 'meet-serve-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const file = join(folder, 'notes');
  const read = () => (existsSync(file) ? readFileSync(file, 'utf8').trim().split(/\s+/).filter(Boolean) : []);
  return { file, read };
}

/** A command that never answers, and the ids of its shell and of a process that it started. */
async function openSleepers() {
  const { file, read } = await openNotes();
  return { serve: `sleep 600 & echo $$ $! > ${file}; sleep 600`, read: () => read().map(Number) };
}

const isThere = (pid: number) => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

describe('meet smoke --serve', () => {
  it('exits with 11 and the last words of a command that ends', async () => {
    const origin = await findOrigin();
    const serve = 'echo "no such table: users"; exit 3';
    const { exitCode, failed, stderr } = await runSmoke(['--url', origin, '--serve', serve]);
    expect([exitCode, failed.name]).toEqual([11, 'serve']);
    expect(failed.detail).toBe(
      `${serve} ended with exit code 3 before ${origin} answered; its last words: no such table: users`,
    );
    expect(stderr).toContain('  | no such table: users');
  });

  it('does not take another server for its own', async () => {
    const { link, stop } = await servePeerJs();
    onTestFinished(stop);
    const { exitCode, failed } = await runSmoke(['--url', link, '--serve', 'sleep 60']);
    expect([exitCode, failed.detail]).toEqual([
      11,
      expect.stringMatching(/something answers at http:\S+ already/),
    ]);
  });

  it('says so when its command never answers, and ends it with all that it started', async () => {
    const { serve, read } = await openSleepers();
    const origin = await findOrigin();
    const args = ['--url', origin, '--serve', serve, '--deadline', '3s'];
    const { exitCode, failed } = await runSmoke(args);
    expect([exitCode, failed]).toEqual([
      23,
      expect.objectContaining({
        name: 'serve',
        detail: `${serve} runs, but nothing answers at ${origin}; it said nothing (the 3 s of the run are over)`,
      }),
    ]);
    expect(read()).toHaveLength(2);
    await expect.poll(() => read().filter(isThere)).toEqual([]);
  });

  it.each<NodeJS.Signals>(['SIGINT', 'SIGTERM', 'SIGHUP'])(
    'ends its command with all that it started at %s',
    async signal => {
      const { serve, read } = await openSleepers();
      const child = spawnSmoke(['--url', await findOrigin(), '--serve', serve]);
      const ended = readSmoke(child);
      await expect.poll(() => read()).toHaveLength(2);
      child.kill(signal);
      expect((await ended).exitCode).toBe(130);
      await expect.poll(() => read().filter(isThere)).toEqual([]);
    },
  );

  it('does not wait at a second signal, and leaves nothing behind then either', async () => {
    const { file, read } = await openNotes();
    const serve = `trap 'echo asked >> ${file}' TERM; echo $$ > ${file}; while :; do sleep 0.1; done`;
    const child = spawnSmoke(['--url', await findOrigin(), '--serve', serve]);
    const ended = readSmoke(child);
    await expect.poll(() => read()).toHaveLength(1);
    child.kill('SIGINT');
    await expect.poll(() => read()).toContain('asked');
    child.kill('SIGINT');
    expect((await ended).exitCode).toBe(130);
    await expect.poll(() => isThere(Number(read()[0]))).toBe(false);
  });
});
