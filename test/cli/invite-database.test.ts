import { describe, expect, it } from 'vitest';
import type { Context } from '../../src/cli/context.ts';
import { openLocalDesk } from '../../src/cli/desk/local-desk.ts';
import type { MeetingStore } from '../../src/store/store.ts';
import { aMeeting } from '../core/fixtures.ts';

it("signs no invites with the folder's own secret where the servers of a database have another", async () => {
  const settings = { database: { url: 'postgres://localhost/meet', place: 'localhost/meet' } };
  const desk = openLocalDesk({ settings } as unknown as Context, {} as MeetingStore);
  const kept = {} as Parameters<typeof desk.invite>[0];
  await expect(desk.invite(kept, {} as Parameters<typeof desk.invite>[1])).rejects.toMatchObject({
    code: 'BAD_CONFIG',
    message: "Invites need the servers' MEET_SECRET; set it, or use --server <url>.",
  });
});

describe('links to a database of many servers', () => {
  const MEETING = aMeeting();
  const store = { list: async () => [MEETING, MEETING] } as unknown as MeetingStore;
  async function list(settings: object, running: object | null = null) {
    const notes: string[] = [];
    const context = {
      settings,
      folder: { runningServer: () => running },
      notes: { style: (_: string, text: string) => text, line: (text: string) => notes.push(text) },
    };
    const kept = await openLocalDesk(context as unknown as Context, store).list();
    return { notes, bases: kept.map(({ base }) => base) };
  }
  const database = { url: 'postgres://localhost/meet', place: 'localhost/meet' };

  it('are said, once, to lead to this machine where nothing tells where the servers are', async () => {
    const { notes, bases } = await list({ database });
    expect(bases).toEqual(['http://localhost:4680', 'http://localhost:4680']);
    expect(notes).toEqual([
      "Links begin with http://localhost:4680, which opens on this machine only; set the servers' MEET_URL.",
    ]);
  });

  it.each([
    ['with MEET_URL', { database, url: 'https://meet.example.com' }, null],
    ['beside a server of this folder', { database }, { url: 'http://localhost:4681' }],
    ['of a file', {}, null],
  ])('need no such word %s', async (_, settings, running) => {
    expect((await list(settings, running)).notes).toEqual([]);
  });
});
