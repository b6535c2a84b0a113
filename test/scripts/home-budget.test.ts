import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';

it('weighs at most 30 KB, as it is sent', () => {
  const files = ['home.html', 'base.css', 'home.css', 'home.js'];
  const bytes = files.map(name => {
    const path = fileURLToPath(new URL(`../../dist/web/${name}`, import.meta.url));
    return gzipSync(readFileSync(path)).length;
  });
  expect(bytes.reduce((sum, size) => sum + size)).toBeLessThanOrEqual(30 * 1024);
});
