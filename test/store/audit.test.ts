import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { describeAudit } from './audit-contract.ts';

const folder = mkdtempSync(join(tmpdir(), 'meet-audit-'));
let count = 0;
afterAll(() => rmSync(folder, { recursive: true }));

describeAudit(async () => {
  count += 1;
  return { file: join(folder, String(count), 'meet.db') };
});
