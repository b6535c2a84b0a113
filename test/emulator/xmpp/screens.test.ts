import { beforeEach, expect, it } from 'vitest';
import { createRouter, type Router } from '../../../src/emulator/xmpp/router.ts';
import { NOBODY } from '../../../src/emulator/xmpp/screens.ts';
import { createSeats } from '../../../src/emulator/xmpp/seats.ts';
import { resultOf } from '../../../src/emulator/xmpp/stanza.ts';
import { createClient, DOMAIN, gist, ROOM, type TestClient, xml } from './support.ts';

const MACHINE = '0123456789abcdef0123456789abcdef';

let router: Router;

beforeEach(() => {
  const focus = {
    joined() {},
    left() {},
    request: (_room: unknown, _by: unknown, iq: ReturnType<typeof xml>) => resultOf(iq),
  };
  router = createRouter({ seats: createSeats(() => 0), now: () => 0, maxOccupants: 9, focus });
});

const requestConference = (client: TestClient, machine: string, room = ROOM) => {
  const conference = `<conference xmlns="http://jitsi.org/protocol/focus" room="${room}" machine-uid="${machine}"/>`;
  client.take();
  router.onStanza(client, xml(`<iq type="set" id="1" to="focus.${DOMAIN}">${conference}</iq>`));
  return gist(client.take()[0]);
};
const enter = (client: TestClient, nick: string) => {
  client.take();
  router.onStanza(client, xml(`<presence to="${ROOM}/${nick}"/>`));
  return gist(client.take()[0]);
};
const dialWithoutToken = (): TestClient => {
  const client = createClient('');
  client.lend(NOBODY);
  return client;
};
/** Somebody in the room, on this machine. */
const arrive = (uid: string, machine = MACHINE): TestClient => {
  const client = createClient(uid);
  requestConference(client, machine);
  enter(client, uid);
  return client;
};

it('lets the screen of an occupant in, on the word of his machine', () => {
  arrive('alice');
  const screen = dialWithoutToken();
  expect(requestConference(screen, MACHINE)).toBe('iq result');
  expect(enter(screen, 'screen')).toBe('presence');
  expect(screen.claims.user.uid).toBe('alice');
});

it.each([
  ['another machine', 'f'.repeat(32)],
  ['no machine', ''],
  ['a machine with a guessable id', '1'],
])('lets nobody in from %s', (_name, machine) => {
  arrive('alice');
  const stranger = dialWithoutToken();
  expect(requestConference(stranger, machine)).toBe('iq error: not-allowed');
  expect(enter(stranger, 'stranger')).toBe('presence error: not-allowed');
  expect(router.counts().occupants).toBe(1);
});

it('takes no guessable id for an occupant’s machine', () => {
  arrive('alice', '1');
  expect(requestConference(dialWithoutToken(), '1')).toBe('iq error: not-allowed');
});

it("opens no other room, nor one whose occupant is on another room's machine", () => {
  arrive('alice');
  expect(requestConference(dialWithoutToken(), MACHINE, `other@conference.${DOMAIN}`)).toBe(
    'iq error: not-allowed',
  );
});

it('opens no room without a name either, to nobody', () => {
  const stranger = dialWithoutToken();
  router.onStanza(stranger, xml(`<presence to="@conference.${DOMAIN}/stranger"/>`));
  expect(stranger.take().map(gist)).toEqual(['presence error: not-allowed']);
  expect(router.counts()).toEqual({ rooms: 0, occupants: 0 });
});

it('counts nobody as people for a screen, nor twice for two tabs', () => {
  arrive('alice');
  arrive('bob');
  const second = createClient('alice');
  second.lend({ ...second.claims, id: 'another token' });
  enter(second, 'alice2');
  const screen = dialWithoutToken();
  requestConference(screen, MACHINE);
  enter(screen, 'screen');
  expect(router.counts().occupants).toBe(4);
  expect(router.people('Stand-Up').map(({ uid }) => uid)).toEqual(['alice', 'bob']);
  expect(router.people('another')).toEqual([]);
});

it('makes an end of the screen when its owner leaves', () => {
  const alice = arrive('alice');
  const screen = dialWithoutToken();
  requestConference(screen, MACHINE);
  enter(screen, 'screen');
  router.onEnd(alice);
  expect(screen.take().map(gist)).toContain('presence unavailable');
  expect(router.counts()).toEqual({ rooms: 0, occupants: 0 });
});

it('lets one screen in for each of two tabs of one machine, and again after it was left', () => {
  for (const uid of ['alice', 'bob']) arrive(uid);
  const screens = [1, 2, 3].map(dialWithoutToken) as [TestClient, TestClient, TestClient];
  screens.forEach((screen, i) => {
    requestConference(screen, MACHINE);
    enter(screen, `screen${i}`);
  });
  expect(screens.map(screen => screen.claims.user.uid)).toEqual(['alice', 'bob', '']);
  router.onEnd(screens[0]);
  requestConference(screens[2], MACHINE);
  expect(enter(screens[2], 'screen')).toBe('presence');
});
