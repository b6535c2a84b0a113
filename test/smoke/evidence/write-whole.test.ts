import { mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { explainWrite, writeWhole } from '../../../src/smoke/evidence/write-whole.ts';

async function newFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'meet-write-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  return folder;
}

describe('a file of a report', () => {
  it('is there as a whole', async () => {
    const folder = await newFolder();
    await writeWhole(join(folder, 'index.html'), 'all of it');
    expect(await readFile(join(folder, 'index.html'), 'utf8')).toBe('all of it');
    expect(await readdir(folder)).toEqual(['index.html']);
  });

  it('leaves nothing of itself where it cannot be put in its place', async () => {
    const folder = await newFolder();
    await mkdir(join(folder, 'index.html'));
    await expect(writeWhole(join(folder, 'index.html'), 'x')).rejects.toThrow('Nothing can be written into');
    expect(await readdir(folder)).toEqual(['index.html']);
  });

  it('says that its folder has gone', async () => {
    const gone = join(await newFolder(), 'gone');
    await expect(writeWhole(join(gone, 'index.html'), 'x')).rejects.toThrow(`${gone} is not there any more.`);
  });

  it.each([
    ['ENOSPC', 'the disk is full'],
    ['EDQUOT', 'the disk is full'],
    ['EROFS', 'read-only for you'],
    ['EACCES', 'read-only for you'],
    ['ENOTDIR', 'is a file'],
    ['ENOENT', 'not there any more'],
    ['EIO', 'i/o error'],
  ])('tells %s in words', (code, words) => {
    expect(explainWrite('/out', Object.assign(new Error('i/o error'), { code }))).toContain(words);
  });
});
