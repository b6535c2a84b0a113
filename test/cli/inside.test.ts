import { afterEach, beforeEach, expect, it } from 'vitest';
import { startServer } from '../../src/cli/compose.ts';
import { connectXmpp, type XmppClient } from '../people/xmpp-client.ts';
import { askCallToken, type Room, visit } from '../withdrawal/house.ts';
import { createSandbox, type Sandbox } from './run-meet.ts';

let sandbox: Sandbox;
let server: Awaited<ReturnType<typeof startServer>>;
let guests: XmppClient[];
let room: Room;
/** Which server the commands ask: the one they find in their project, or one that is named. */
let here: Record<string, string>;
let there: Record<string, string>;

beforeEach(async () => {
  sandbox = createSandbox('web');
  guests = [];
  here = { MEET_DATA_DIR: `${sandbox.path}/data` };
  server = await startServer({ dataDir: `${sandbox.path}/data`, projectDir: sandbox.path, env: {}, port: 0 });
  there = { MEET_SERVER: server.local, MEET_ADMIN_KEY: server.adminKey };
  const { sessionId, url } = await sandbox.json<{ sessionId: string; url: string }>(
    ['create', '--strategy', 'stable', '--id', '42'],
    here,
  );
  room = { sessionId, key: url.split('#key=')[1] };
});
afterEach(async () => {
  for (const guest of guests) void guest.close();
  await server.stop();
  sandbox.remove();
});

/** As the join page does it for whoever types a name. Gives the uid that the server made. */
async function sitDown(name: string): Promise<string> {
  const response = await fetch(`${server.url}/api/identity`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ name }),
  });
  const { token, user } = (await response.json()) as { token: string; user: { uid: string } };
  const { authToken } = (await visit(server, room, 'token', token)).body;
  const { body } = await askCallToken(server, room, authToken);
  const domain = `localhost:${server.port}`;
  const guest = await connectXmpp(`ws://${domain}/xmpp-websocket?token=${body.data.token}`, domain);
  guests.push(guest);
  const place = `${room.sessionId}@conference.${domain}/${guest.jid.slice(0, 8)}`;
  guest.send(`<presence to="${place}"><x xmlns="http://jabber.org/protocol/muc"/></presence>`);
  await guest.next(stanza => stanza.getChild('jingle')?.attrs.action === 'session-initiate');
  return user.uid;
}

it.each([
  ['the server of the project', () => here],
  ['a server elsewhere', () => there],
])('who is inside is shown by %s with the uid that a kick goes by', async (_, whose) => {
  const env = whose();
  expect(await sandbox.json(['show', '42'], env)).toMatchObject({ people: [] });
  const uid = await sitDown('Bob');
  await sitDown('Eve');
  expect(uid).toMatch(/^guest-.{21}$/);
  expect(await sandbox.json(['show', '42'], env)).toMatchObject({
    people: expect.arrayContaining([{ name: 'Bob', uid }]),
  });
  const shown = (await sandbox.meet(['show', '42'], env)).stdout;
  expect(shown).toMatch(new RegExp(`inside +Bob, uid ${uid}\n`));

  const missed = await sandbox.meet(['kick', '42', '--uid', 'bob'], env);
  expect(missed.code).toBe(0);
  expect(missed.stderr).toMatch(/inside +nobody with the uid bob/);
  expect(missed.stderr).toContain(`Bob is, as ${uid}: meet kick 42 --uid ${uid}`);
  expect((await sandbox.meet(['revoke', '42', '--uid', 'bob', '--json'], env)).stderr).toContain(
    `meet revoke 42 --uid ${uid}`,
  );
  expect((await sandbox.meet(['kick', '42', '--uid', 'carl'], env)).stderr).toContain('meet show 42');

  const hit = await sandbox.meet(['kick', '42', '--uid', uid], env);
  expect(hit.stderr).not.toContain('nobody');
  await expect
    .poll(() => server.emulator?.people(room.sessionId).map(({ name }) => name))
    .not.toContain('Bob');
});

it('nobody can tell without a server that runs, and that is no failure', async () => {
  const elsewhere = { MEET_DATA_DIR: `${sandbox.path}/other` };
  await sandbox.json(['create', '--strategy', 'stable', '--id', '7'], elsewhere);
  expect(await sandbox.json(['show', '7'], elsewhere)).toMatchObject({ people: null });
  const { stdout } = await sandbox.meet(['show', '7'], elsewhere);
  expect(stdout).toMatch(/inside +unknown: no server runs here/);
});
