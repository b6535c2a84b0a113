import { createAuditIds } from '../../../src/core/audit.ts';
import { openStore } from '../../../src/store/store.ts';
import { aMeeting } from '../../core/fixtures.ts';

// Stores meetings and the notices of them, one after the other, until its parent kills it; told to, it stands still between
// a meeting and its notice.
const [place = '', name = '', stopAt] = process.argv.slice(2);
const store = await openStore(place.startsWith('postgres:') ? { url: place } : { file: place });
const newId = createAuditIds(name.padStart(8, '0'));
for (let i = 0; ; i++) {
  const sessionId = `${name}-${i}`;
  await store.create(
    () => ({ meeting: aMeeting({ sessionId }), created: true }),
    sessionId,
    () => {
      if (i === Number(stopAt)) standStill();
      const at = Date.now();
      return { id: newId(at), event: { type: 'meeting.created', sessionId }, at };
    },
  );
  process.stdout.write(`${sessionId}\n`);
}

function standStill(): void {
  process.stdout.write('between\n');
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 60_000);
}
