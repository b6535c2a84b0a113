import { openStore } from '../../../src/store/store.ts';

const [file = '', title = ''] = process.argv.slice(2);
const store = await openStore({ file });
await store.update('room-42', meeting => ({ ...meeting, title }));
await store.close();
