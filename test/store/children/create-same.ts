import { openStore } from '../../../src/store/store.ts';
import { aMeeting } from '../../core/fixtures.ts';

// Creates the one meeting that all its siblings create, with a key of its own, once its parent says so.
const [place = ''] = process.argv.slice(2);
process.stdout.write('\n');
for await (const _ of process.stdin) break;
const store = await openStore(place.startsWith('postgres:') ? { url: place } : { file: place });
const { meeting, created } = await store.create(
  existing => ({
    meeting: existing ?? aMeeting({ key: `key-of-${process.pid}` }),
    created: existing === null,
  }),
  'room-42',
);
await store.close();
process.stdout.write(JSON.stringify({ key: meeting.key, created }));
