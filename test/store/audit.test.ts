import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { toRecord } from '../../src/core/audit.ts';
import { openStore } from '../../src/store/store.ts';
import { aMeeting } from '../core/fixtures.ts';
import { describeAudit } from './audit-contract.ts';

const folder = mkdtempSync(join(tmpdir(), 'meet-audit-'));
let count = 0;
afterAll(() => rmSync(folder, { recursive: true }));

describeAudit(async () => {
  count += 1;
  return { file: join(folder, String(count), 'meet.db') };
});

describe('an audit trail in a file', () => {
  it('lets others have their turn while somebody looks through it', async () => {
    const store = await openStore({ file: join(folder, 'long', 'meet.db') });
    const past = Array.from({ length: 30_000 }, (_, i) =>
      toRecord({ action: 'token', outcome: 'ok' }, `${100_000 + i}`, 1),
    );
    for (let from = 0; from < past.length; from += 1_000)
      await store.audit.add({ records: past.slice(from, from + 1_000), repeats: new Map(), messages: [] });
    let turns = 0;
    const counting = setInterval(() => {
      turns += 1;
    }, 0);
    expect(await store.audit.find({ limit: 9, uid: 'nobody' })).toEqual([]);
    clearInterval(counting);
    expect(turns).toBeGreaterThan(1);
    await store.close();
  });

  it('keeps a record that comes while a change of a meeting is under way, which is taken back', async () => {
    const store = await openStore({ file: join(folder, 'shared', 'meet.db') });
    await store.create(() => ({ meeting: aMeeting(), created: true }), 'room-42');
    const records = [toRecord({ action: 'token', outcome: 'ok' }, 'one', 1)];
    const adding: Promise<void>[] = [];
    const refuse = () => {
      adding.push(store.audit.add({ records, repeats: new Map(), messages: [] }));
      throw new Error('refused');
    };
    await expect(store.update('room-42', refuse)).rejects.toThrow('refused');
    await Promise.all(adding);
    expect(await store.audit.find({ limit: 9 })).toEqual(records);
    await store.close();
  });
});
