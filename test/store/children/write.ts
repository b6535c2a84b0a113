import { openStore } from '../../../src/store/store.ts';
import { aMeeting } from '../../core/fixtures.ts';

// Stores meetings one after the other, and says so only once each is stored. The parent kills it in the middle.
const [file = '', name = ''] = process.argv.slice(2);
const store = await openStore({ file });
for (let i = 0; ; i++) {
  const sessionId = `${name}-${i}`;
  await store.create(() => ({ meeting: aMeeting({ sessionId }), created: true }), sessionId);
  process.stdout.write(`${sessionId}\n`);
}
