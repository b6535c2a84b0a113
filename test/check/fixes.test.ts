import { applyPatch } from 'diff';
import { describe, expect, it } from 'vitest';
import { diffOf, planFixes } from '../../src/check/fixes.ts';
import { findingOf } from './finding-of.ts';

const TEXT = 'const a = 1;\nconst b = 2;\nconst c = 3;\n';
const edit = (start: number, end: number, text: string, file = 'src/a.ts') => ({ file, start, end, text });
const plan = (...fixes: readonly (readonly ReturnType<typeof edit>[] | undefined)[]) =>
  planFixes(
    fixes.map(fix => findingOf(fix ? { fix } : {})),
    () => TEXT,
  );

describe('fixes', () => {
  it('are made from the end of the file to its beginning', () => {
    const { files } = plan([edit(0, 5, 'let')], [edit(13, 18, 'var'), edit(23, 24, '22')]);
    expect(files.map(({ after }) => after)).toEqual(['let a = 1;\nvar b = 22;\nconst c = 3;\n']);
  });

  it('that touch wait for the next run', () => {
    const { files, mended, postponed } = plan([edit(0, 5, 'let')], [edit(3, 8, 'x')], [edit(26, 31, 'let')]);
    expect([mended.length, postponed.length]).toEqual([2, 1]);
    expect(files[0]?.after).toBe('let a = 1;\nconst b = 2;\nlet c = 3;\n');
  });

  it('are all made, or none', () => {
    const { mended, files } = plan([edit(0, 5, 'let')], [edit(13, 18, 'let'), edit(0, 5, 'var')]);
    expect([mended.length, files[0]?.after]).toEqual([1, 'let a = 1;\nconst b = 2;\nconst c = 3;\n']);
  });

  it('are of several files', () => {
    const { files } = plan([edit(0, 5, 'let'), edit(0, 5, 'var', 'src/b.ts')]);
    expect(files.map(({ file, after }) => [file, after.slice(0, 3)])).toEqual([
      ['src/a.ts', 'let'],
      ['src/b.ts', 'var'],
    ]);
  });

  it('are none where no finding has one', () => {
    expect(plan(undefined)).toEqual({ files: [], mended: [], postponed: [] });
  });

  it('read as a diff that can be applied', () => {
    const [file] = plan([edit(23, 24, '22')]).files;
    if (!file) throw new Error('nothing was fixed');
    const diff = diffOf(file);
    expect(diff).toContain('--- a/src/a.ts');
    expect(diff).toContain('-const b = 2;\n+const b = 22;');
    expect(applyPatch(file.before, diff)).toBe(file.after);
  });
});
