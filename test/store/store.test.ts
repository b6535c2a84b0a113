import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { openStore } from '../../src/store/store.ts';
import { aMeeting } from '../core/fixtures.ts';
import { describeStore } from './contract.ts';

const folder = mkdtempSync(join(tmpdir(), 'meet-store-'));
afterAll(() => rmSync(folder, { recursive: true }));

let stores = 0;
const newFile = () => {
  stores += 1;
  return join(folder, `data-${stores}`, 'meet.db');
};

describeStore(async () => ({ file: newFile() }));

describe('a store in a file', () => {
  it('is readable by its owner only', async () => {
    const file = newFile();
    const store = await openStore({ file });
    await store.create(() => ({ meeting: aMeeting(), created: true }), 'room-42');
    const data = join(file, '..');
    expect(statSync(data).mode & 0o777).toBe(0o700);
    const modes = readdirSync(data).map(name => statSync(join(data, name)).mode & 0o777);
    expect(new Set(modes)).toEqual(new Set([0o600]));
    await store.close();
  });
});
