// A whole `meet create --json` against a Node that does nothing.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { alternate, compare, runProgram } from './measure.mjs';

const meet = fileURLToPath(new URL('../bin/meet.js', import.meta.url));

export async function measure({ runs = 25 } = {}) {
  const folder = await mkdtemp(join(tmpdir(), 'meet-bench-'));
  const env = { ...process.env, MEET_DATA_DIR: folder };
  try {
    const { ours, theirs } = await alternate(
      runs,
      async () => (await runProgram(process.execPath, [meet, 'create', '--json'], { env })).ms,
      async () => (await runProgram(process.execPath, ['-e', '0'])).ms,
    );
    return [
      compare({ name: '`meet create --json`, whole process', floor: '`node -e 0`', limit: 2, ours, theirs }),
    ];
  } finally {
    await rm(folder, { recursive: true });
  }
}
