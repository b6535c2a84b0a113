import { openStore } from '../../../src/store/store.ts';

// Opens one new store after the other, each at the very millisecond at which its siblings do.
const [folder = '', start = ''] = process.argv.slice(2);
for (let round = 0; round < 40; round++) {
  while (Date.now() < Number(start) + round * 40);
  const store = await openStore({ file: `${folder}/${round}/meet.db` });
  await store.close();
}
