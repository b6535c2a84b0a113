import { expect, it } from 'vitest';
import type { Context } from '../../src/cli/context.ts';
import { openLocalDesk } from '../../src/cli/desk/local-desk.ts';
import type { MeetingStore } from '../../src/store/store.ts';

it("signs no invites with the folder's own secret where the servers of a database have another", async () => {
  const settings = { database: { url: 'postgres://localhost/meet', place: 'localhost/meet' } };
  const desk = openLocalDesk({ settings } as unknown as Context, {} as MeetingStore);
  const kept = {} as Parameters<typeof desk.invite>[0];
  await expect(desk.invite(kept, {} as Parameters<typeof desk.invite>[1])).rejects.toMatchObject({
    code: 'BAD_CONFIG',
    message: "Invites need the servers' MEET_SECRET; set it, or use --server <url>.",
  });
});
