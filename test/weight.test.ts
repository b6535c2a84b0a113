import { existsSync, readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';

const WEB = new URL('../dist/web/', import.meta.url);
/** What a visitor of a meeting waits for, before anything of the SDK. */
const LIMIT_BYTES = 40 * 1024;

const read = (name: string) => readFileSync(new URL(name, WEB), 'utf8');
const weigh = (name: string) => gzipSync(read(name), { level: 9 }).length;

/** What the page's HTML names; the SDK is put in by the server. */
function namedFiles(): string[] {
  return [...read('index.html').matchAll(/(?:src|href)="\/([\w.-]+)"/g)].map(([, name = '']) => name);
}

it('the page, all of it that is ours and the drawer that comes late, is at most 40 KB', () => {
  const files = namedFiles();
  expect(files).toEqual(expect.arrayContaining(['page.js', 'page.css', 'base.css']));
  const late = ['shim.js', 'drawer.js'].filter(name => existsSync(new URL(name, WEB)));
  const weights = Object.fromEntries(['index.html', ...files, ...late].map(name => [name, weigh(name)]));
  const all = Object.values(weights).reduce((sum, weight) => sum + weight, 0);
  expect(all, JSON.stringify(weights)).toBeLessThanOrEqual(LIMIT_BYTES);
});
