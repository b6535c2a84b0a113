import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runProgram } from './measure.mjs';

const meet = fileURLToPath(new URL('../bin/meet.js', import.meta.url));

/** Does `work` with a `meet serve` of its own: its address, its process, and a way to new meetings. */
export async function withServer(work) {
  const folder = await mkdtemp(join(tmpdir(), 'meet-bench-'));
  const env = { ...process.env, MEET_DATA_DIR: folder, MEET_RATE_LIMIT: '100000' };
  const server = spawn(process.execPath, [meet, 'serve', '--port', '0', '--json'], {
    env,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  try {
    const [line] = await once(server.stdout, 'data');
    const { url } = JSON.parse(line);
    const createMeeting = async () =>
      JSON.parse((await runProgram(process.execPath, [meet, 'create', '--json'], { env })).stdout);
    return await work({ url, pid: server.pid, createMeeting });
  } finally {
    server.kill('SIGTERM');
    await once(server, 'exit');
    await rm(folder, { recursive: true });
  }
}
