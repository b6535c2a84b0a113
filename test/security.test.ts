import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));
const text = readFileSync(`${root}SECURITY.md`, 'utf8');

describe('SECURITY.md', () => {
  it('names only what is there', () => {
    const tests = [...text.matchAll(/`((?:test|src)\/[^`]+)`/g)].map(([, path]) => path ?? '');
    const links = [...text.matchAll(/\]\((?!https?:)([^)#]+)/g)].map(([, path]) => path ?? '');
    expect(tests.length).toBeGreaterThan(30);
    expect([...tests, ...links].filter(path => !existsSync(root + path))).toEqual([]);
  });

  it('has a test for every threat', () => {
    const [, section = ''] = text.split('| threat | answer | shown by |');
    const rows = (section.split('\n\n')[0] ?? '').split('\n').filter(line => /^\| [^-]/.test(line));
    expect(rows.length).toBeGreaterThan(20);
    expect(rows.filter(row => !/`(test\/[^`]+|meet smoke)`[^|]*\|$/.test(row))).toEqual([]);
  });
});
