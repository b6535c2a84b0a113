import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

it('a clone that is not built says what to run', () => {
  const clone = mkdtempSync(join(tmpdir(), 'meet-clone-'));
  try {
    cpSync(fileURLToPath(new URL('../../bin', import.meta.url)), join(clone, 'bin'), { recursive: true });
    writeFileSync(join(clone, 'package.json'), '{"type": "module"}');
    const { status, stdout, stderr } = spawnSync(process.execPath, ['bin/meet.js', 'create'], {
      cwd: clone,
      encoding: 'utf8',
    });
    expect([status, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(/^error: meet is not built yet; .*npm run build\n$/);
  } finally {
    rmSync(clone, { recursive: true });
  }
});
