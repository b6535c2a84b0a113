import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { kickPerson } from '../../src/core/removal.ts';
import type { Stanza } from '../../src/emulator/xmpp/stanza.ts';
import { openStore } from '../../src/store/store.ts';
import { connectXmpp, type XmppClient } from '../people/xmpp-client.ts';
import {
  dial,
  type House,
  introduce,
  inviteTo,
  manage,
  openHouse,
  openRoom,
  type Passes,
  passesOf,
  type Room,
} from './house.ts';

let house: House;
const opened: XmppClient[] = [];

beforeAll(async () => {
  house = await openHouse();
});
afterEach(() => {
  // Some are closed by now, by the server: nothing would ever tell of it again.
  for (const client of opened.splice(0)) void client.close();
});
afterAll(() => house.close());

const isGone = ({ name, attrs }: Stanza) => name === 'presence' && attrs.type === 'unavailable';
const statusesOf = (stanza: Stanza) =>
  (stanza.getChild('x')?.getChildren('status') ?? []).map(({ attrs }) => attrs.code).toSorted();
const uidsIn = ({ sessionId }: Room) =>
  (house.server.emulator?.people(sessionId) ?? []).map(({ uid }) => uid).toSorted();

/** Comes into the room, as far as signalling goes. */
async function sitDown(room: Room, { callToken }: Passes) {
  const domain = `localhost:${house.server.port}`;
  const client = await connectXmpp(`ws://${domain}/xmpp-websocket?token=${callToken}`, domain);
  opened.push(client);
  const place = `${room.sessionId}@conference.${domain}/${client.jid.slice(0, 8)}`;
  const enter = () =>
    client.send(`<presence to="${place}"><x xmlns="http://jabber.org/protocol/muc"/></presence>`);
  enter();
  await client.next(stanza => stanza.getChild('jingle')?.attrs.action === 'session-initiate');
  return { client, enter };
}

/** Alice by the link, bob by an invite, both inside. */
async function meet() {
  const { server } = house;
  const room = await openRoom(server);
  const invite = await inviteTo(server, room, 'bob');
  const passes = {
    alice: await passesOf(server, room, await introduce(server, { uid: 'alice' })),
    bob: await passesOf(server, { ...room, key: undefined }, await introduce(server, { invite })),
  };
  const alice = await sitDown(room, passes.alice);
  const bob = await sitDown(room, passes.bob);
  house.clock.ahead += 10;
  return { room, passes, alice, bob };
}

describe('people inside', () => {
  it('who is kicked is told, the other too; no way back with what was given, but with a new identity', async () => {
    const { room, passes, alice, bob } = await meet();
    const { body } = await manage(house.server, 'POST', `/${room.sessionId}/kick`, { uid: 'alice' });
    expect([body.uid, body.putOut]).toEqual(['alice', 1]);
    expect(uidsIn(room)).toEqual(['bob']);
    expect(statusesOf(await alice.client.next(isGone))).toEqual(['110', '307']);
    expect(statusesOf(await bob.client.next(isGone))).toEqual(['307']);
    // Her socket is open still, and her token is not expired.
    alice.enter();
    const refused = await alice.client.next(({ attrs }) => attrs.type === 'error');
    expect(refused.getChild('error')?.getChild('conflict')).toBeDefined();
    expect(await dial(house.server, passes.alice.callToken)).toBe(401);
    // Who does not hang up is hung up on.
    await expect(alice.client.next(() => false)).rejects.toThrow('closed');
    const anew = await passesOf(house.server, room, await introduce(house.server, { uid: 'alice' }));
    await sitDown(room, anew);
    expect(uidsIn(room)).toEqual(['alice', 'bob']);
  });

  it.each<[string, string, object | undefined, readonly string[]]>([
    ['end', 'end', undefined, []],
    ['revoke bob', 'revoke', { uid: 'bob' }, ['alice']],
    ['kick nobody who is there', 'kick', { uid: 'carol' }, ['alice', 'bob']],
    ['change the key', 'rotate-key', undefined, ['alice', 'bob']],
    ['change the key, put out', 'rotate-key', { putOut: true }, ['bob']],
  ])('%s: who stays', async (_, action, body, stay) => {
    const { room } = await meet();
    const answer = await manage(house.server, 'POST', `/${room.sessionId}/${action}`, body);
    expect([answer.status, answer.body.putOut]).toEqual([200, 2 - stay.length]);
    expect(uidsIn(room)).toEqual(stay);
  });

  it('another list: who is on it and was invited stays', async () => {
    const { room } = await meet();
    const { body } = await manage(house.server, 'PATCH', `/${room.sessionId}`, { allow: ['alice', 'bob'] });
    expect(body.putOut).toBe(1);
    expect(uidsIn(room)).toEqual(['bob']);
  });

  it('expiry shuts the door behind them; end still puts them out', async () => {
    const { room } = await meet();
    house.clock.ahead += 40 * 24 * 3_600_000;
    const { body } = await manage(house.server, 'POST', `/${room.sessionId}/kick`, { uid: 'carol' });
    expect([body.putOut, uidsIn(room)]).toEqual([0, ['alice', 'bob']]);
    await manage(house.server, 'POST', `/${room.sessionId}/end`);
    expect(uidsIn(room)).toEqual([]);
  });

  it('what another process stores counts within a second', async () => {
    const { room, bob } = await meet();
    const store = await openStore({ file: `${house.dataDir}/meet.db` });
    await store.update(room.sessionId, meeting =>
      kickPerson(meeting, 'alice', Date.now() + house.clock.ahead),
    );
    const since = performance.now();
    await bob.client.next(isGone);
    expect(performance.now() - since).toBeLessThan(5_000);
    expect(uidsIn(room)).toEqual(['bob']);
    await store.close();
  });

  it('who stays may come back after a lost connection, though the key is another', async () => {
    const { room, passes, alice } = await meet();
    await manage(house.server, 'POST', `/${room.sessionId}/rotate-key`);
    expect(await dial(house.server, passes.alice.callToken)).toBe(101);
    await manage(house.server, 'POST', `/${room.sessionId}/kick`, { uid: 'alice' });
    expect(await dial(house.server, passes.alice.callToken)).toBe(401);
    await alice.client.next(isGone);
  });
});
