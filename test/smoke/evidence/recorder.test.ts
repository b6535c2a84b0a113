import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { createRecorder } from '../../../src/smoke/evidence/recorder.ts';
import { reportWith } from './evidences.ts';

async function newFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'meet-recorder-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  return folder;
}

function recordInto(folder: string) {
  const troubles: string[] = [];
  const recorder = createRecorder({
    folder,
    view: { style: '', script: '' },
    versions: { meet: '0.1.0', node: '20', system: 'Linux' },
    now: Date.now,
    onTrouble: words => troubles.push(words),
  });
  return { troubles, close: () => recorder.close?.(reportWith({})) };
}

it('writes the page of a run that never had one', async () => {
  const folder = await newFolder();
  const { troubles, close } = recordInto(folder);
  await close();
  expect([troubles, await readdir(folder)]).toEqual([[], ['index.html', 'report.json']]);
});

it('says in words that it cannot be written, and fails nothing', async () => {
  const file = join(await newFolder(), 'file');
  await writeFile(file, '');
  const { troubles, close } = recordInto(join(file, 'out'));
  await close();
  expect(troubles).toEqual([
    `The report could not be written. ${join(file, 'out')} is a file, or lies below one.`,
  ]);
});
