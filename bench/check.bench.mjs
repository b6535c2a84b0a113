// `meet check` on an ordinary project, against the same parser on the same files alone: whole processes, in turn.
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ordinaryProject } from './check/ordinary-project.mjs';
import { alternate, compare, runProgram } from './measure.mjs';

const meet = fileURLToPath(new URL('../bin/meet.js', import.meta.url));
const parser = fileURLToPath(new URL('./check/parse-alone.mjs', import.meta.url));
const peak = fileURLToPath(new URL('./check/tell-peak.cjs', import.meta.url));

/** What the whole process may take at its peak. */
const MOST_MEGABYTES = 500;

export async function measure({ runs = 5, files = 2_000 } = {}) {
  const folder = await mkdtemp(join(tmpdir(), 'meet-bench-check-'));
  try {
    await write(folder, ordinaryProject(files));
    const check = [meet, 'check', folder];
    const megabytes = Number((await runProgram(process.execPath, ['--require', peak, ...check])).stderr);
    const { ours, theirs } = await alternate(
      runs,
      async () => (await runProgram(process.execPath, check)).ms,
      async () => (await runProgram(process.execPath, [parser, folder])).ms,
    );
    const name = `\`meet check\` of ${files} files, whole process, ${megabytes} MB at its peak`;
    const row = compare({ name, floor: 'parsing them alone', limit: 3, ours, theirs });
    return [megabytes > MOST_MEGABYTES ? { ...row, verdict: 'too much memory' } : row];
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function write(folder, project) {
  for (const [path, text] of Object.entries(project)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  }
}
