import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Host } from './lan-network.ts';

const BIN = fileURLToPath(new URL('../../bin/meet.js', import.meta.url));

/** `meet serve` as a process of its own in a namespace. */
export interface LanServer {
  /** What it printed. */
  readonly said: {
    url: string;
    local: string;
    tls: { caFile: string; certFile: string; fingerprint: string };
  };
  /** Runs another command of the same project, here. */
  meet(...args: string[]): Promise<string>;
  stop(): Promise<void>;
}

/** Starts it there, and waits until it says that it is ready. */
export async function startLanServer(host: Host, ...flags: string[]): Promise<LanServer> {
  const folder = mkdtempSync(join(tmpdir(), 'meet-lan-server-'));
  const { PATH = '' } = process.env;
  const env = { PATH, HOME: folder, TZ: 'UTC', GIT_CEILING_DIRECTORIES: tmpdir() };
  const start = (file: string, args: readonly string[]) => spawn(file, args, { cwd: folder, env });
  const child = start(...host.command(process.execPath, BIN, 'serve', '--json', ...flags));
  const stop = async () => {
    await end(child);
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    return {
      said: JSON.parse(await firstLine(child)),
      meet: async (...args) => {
        const command = start(process.execPath, [BIN, ...args]);
        const line = await firstLine(command);
        await end(command);
        return line;
      },
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** The first line on standard output; what was said on the other one instead is the error. */
async function firstLine(child: ReturnType<typeof spawn>): Promise<string> {
  let out = '';
  let err = '';
  child.stderr?.on('data', chunk => {
    err += chunk;
  });
  return new Promise((resolve, reject) => {
    child.stdout?.on('data', chunk => {
      out += chunk;
      if (out.includes('\n')) resolve(out.slice(0, out.indexOf('\n')));
    });
    child.once('close', code => reject(new Error(`ended with ${code}: ${err}`))).once('error', reject);
  });
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
  const ended = once(child, 'close');
  child.kill('SIGTERM');
  await ended;
}
