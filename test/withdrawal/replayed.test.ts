import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  askCallToken,
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
  showCallToken,
  visit,
} from './house.ts';

let house: House;

beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.close());

/** All that was given out before: alice came by the link, bob by an invite. */
interface Given {
  readonly room: Room;
  readonly alice: Passes;
  readonly bob: Passes;
  readonly invite: string;
}

const post = (path: string, body: object = {}) => manage(house.server, 'POST', path, body);

const WAYS: Record<string, (given: Given) => Promise<unknown> | unknown> = {
  nothing: () => {},
  end: ({ room }) => post(`/${room.sessionId}/end`),
  'a list without bob': ({ room }) =>
    manage(house.server, 'PATCH', `/${room.sessionId}`, { allow: ['carol'] }),
  'a list with bob': ({ room }) => manage(house.server, 'PATCH', `/${room.sessionId}`, { allow: ['bob'] }),
  'kick alice': ({ room }) => post(`/${room.sessionId}/kick`, { uid: 'alice' }),
  'kick bob': ({ room }) => post(`/${room.sessionId}/kick`, { uid: 'bob' }),
  'revoke alice': ({ room }) => post(`/${room.sessionId}/revoke`, { uid: 'alice' }),
  'revoke bob': ({ room }) => post(`/${room.sessionId}/revoke`, { uid: 'BOB' }),
  'kick bob, invite him again': async ({ room }) => {
    await post(`/${room.sessionId}/kick`, { uid: 'bob' });
    house.clock.ahead += 10;
    await inviteTo(house.server, room, 'bob');
  },
  'revoke bob, invite him again': async ({ room }) => {
    await post(`/${room.sessionId}/revoke`, { uid: 'bob' });
    house.clock.ahead += 10;
    await inviteTo(house.server, room, 'bob');
  },
  'another key': ({ room }) => post(`/${room.sessionId}/rotate-key`),
  'another key, people put out': ({ room }) => post(`/${room.sessionId}/rotate-key`, { putOut: true }),
  'another key, within the grace': ({ room }) => post(`/${room.sessionId}/rotate-key`, { grace: '10m' }),
  'another key, after the grace': async ({ room }) => {
    await post(`/${room.sessionId}/rotate-key`, { grace: '10m' });
    house.clock.ahead += 601_000;
  },
  expiry: async ({ room }) => {
    await manage(house.server, 'PATCH', `/${room.sessionId}`, {
      expiresAt: new Date(Date.now() + house.clock.ahead + 2_000).toISOString(),
    });
    house.clock.ahead += 3_000;
  },
};

const KINDS: Record<string, (given: Given) => Promise<number>> = {
  'the link': async ({ room }) => {
    const carol = await introduce(house.server, { uid: 'carol' });
    return (await visit(house.server, room, 'authorize', carol)).status;
  },
  'alice, anew': async ({ room }) => {
    const anew = await introduce(house.server, { uid: 'alice' });
    return (await visit(house.server, room, 'authorize', anew)).status;
  },
  'her identity, asking': async ({ room, alice }) =>
    (await visit(house.server, room, 'authorize', alice.identity)).status,
  'her identity, for a token': async ({ room, alice }) =>
    (await visit(house.server, room, 'token', alice.identity)).status,
  'her auth token': async ({ room, alice }) =>
    (await askCallToken(house.server, room, alice.authToken)).status,
  'her call token, shown': async ({ alice }) => (await showCallToken(house.server, alice.callToken)).status,
  'her call token, at the socket': ({ alice }) => dial(house.server, alice.callToken),
  'the invite': async ({ room, invite }) => {
    const anew = await introduce(house.server, { invite });
    return (await visit(house.server, { ...room, key: undefined }, 'authorize', anew)).status;
  },
  'his identity': async ({ room, bob }) =>
    (await visit(house.server, { ...room, key: undefined }, 'token', bob.identity)).status,
  'his auth token': async ({ room, bob }) => (await askCallToken(house.server, room, bob.authToken)).status,
  'his call token, shown': async ({ bob }) => (await showCallToken(house.server, bob.callToken)).status,
  'his call token, at the socket': ({ bob }) => dial(house.server, bob.callToken),
};

// In the order of KINDS; `+` passes, `-` does not.
const TABLE: Record<string, string> = {
  nothing: '+ + + + + + + + + + + +',
  end: '- - - - - - - - - - - -',
  'a list without bob': '- - - - - - - - - - - -',
  // Whoever stays on the list gets a new invite.
  'a list with bob': '- - - - - - - - - - - -',
  'kick alice': '+ + - - - - - + + + + +',
  'kick bob': '+ + + + + + + - - - - -',
  'revoke alice': '+ - - - - - - + + + + +',
  'revoke bob': '+ + + + + + + - - - - -',
  'kick bob, invite him again': '+ + + + + + + - - - - -',
  'revoke bob, invite him again': '+ + + + + + + - - - - -',
  'another key': '- - - - - - - + + + + +',
  'another key, people put out': '- - - - - - - + + + + +',
  'another key, within the grace': '+ + + + + + + + + + + +',
  'another key, after the grace': '- - - - - - - + + + + +',
  expiry: '- - - - - - - - - - - -',
};

async function giveOut(): Promise<Given> {
  const { server } = house;
  const room = await openRoom(server);
  const invite = await inviteTo(server, room, 'bob');
  const [alice, bob] = await Promise.all([
    introduce(server, { uid: 'alice' }).then(identity => passesOf(server, room, identity)),
    introduce(server, { invite }).then(identity => passesOf(server, { ...room, key: undefined }, identity)),
  ]);
  // Whatever is done now comes after: a millisecond may hold both.
  house.clock.ahead += 10;
  return { room, alice, bob, invite };
}

describe('what was given out before', () => {
  it.each(Object.entries(TABLE))('%s', async (way, row) => {
    const given = await giveOut();
    await WAYS[way]?.(given);
    house.clock.ahead += 10;
    const outcome: Record<string, boolean> = {};
    for (const [kind, passes] of Object.entries(KINDS)) outcome[kind] = (await passes(given)) < 300;
    const kinds = Object.keys(KINDS);
    expect(outcome).toEqual(Object.fromEntries(row.split(' ').map((sign, i) => [kinds[i], sign === '+'])));
  });

  it('has a row for each way', () => expect(Object.keys(TABLE)).toEqual(Object.keys(WAYS)));
});
