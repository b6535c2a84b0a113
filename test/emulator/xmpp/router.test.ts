import { beforeEach, describe, expect, it } from 'vitest';
import { createRouter, type Router } from '../../../src/emulator/xmpp/router.ts';
import { createSeats } from '../../../src/emulator/xmpp/seats.ts';
import { resultOf } from '../../../src/emulator/xmpp/stanza.ts';
import { createClient, DOMAIN, gist, ROOM, xml } from './support.ts';

let router: Router;
let log: string[];

beforeEach(() => {
  log = [];
  router = createRouter({
    seats: createSeats(() => 0),
    now: () => 0,
    maxOccupants: 2,
    focus: {
      joined: (_room, occupant) => log.push(`joined ${occupant.nick}`),
      left: (_room, occupant) => log.push(`left ${occupant.nick}`),
      request: (_room, _occupant, iq) => resultOf(iq),
    },
  });
});

const enter = (client: ReturnType<typeof createClient>, nick: string, extra = '', room = ROOM) =>
  router.onStanza(
    client,
    xml(`<presence to="${room}/${nick}"><x xmlns="http://jabber.org/protocol/muc"/>${extra}</presence>`),
  );
const ask = (client: ReturnType<typeof createClient>, text: string) => {
  client.take();
  router.onStanza(client, xml(text));
  return client.take();
};

describe('entering a room', () => {
  it('shows the focus, those present, then oneself, then that the list is complete', () => {
    const [alice, bob] = [createClient('alice'), createClient('bob')];
    enter(alice, 'a', '<nick>Alice</nick>');
    enter(bob, 'b');
    expect(bob.take().map(stanza => stanza.attrs.from)).toEqual([
      `${ROOM}/focus`,
      `${ROOM}/a`,
      `${ROOM}/b`,
      ROOM,
    ]);
    const [told] = alice.take().filter(stanza => stanza.attrs.from === `${ROOM}/b`);
    expect(told?.getChild('x')?.getChild('status')).toBeUndefined();
    expect(log).toEqual(['joined a', 'joined b']);
    expect(router.counts()).toEqual({ rooms: 1, occupants: 2 });
  });

  it("marks one's own presence, and drops what only the room may say", () => {
    const alice = createClient('alice');
    enter(alice, 'a', '<x xmlns="http://jabber.org/protocol/muc#user"><status code="201"/></x>');
    const own = alice.take().find(stanza => stanza.attrs.from === `${ROOM}/a`);
    expect(own?.getChildren('x').map(x => x.getChildren('status').map(status => status.attrs.code))).toEqual([
      ['110'],
    ]);
  });

  it.each([
    ["another session's room", 'a', '', `other@conference.${DOMAIN}`, 'presence error: not-allowed'],
    ['a room elsewhere', 'a', '', 'stand-up@conference.elsewhere', 'presence error: not-allowed'],
    ['under the name of the focus', 'focus', '', ROOM, 'presence error: jid-malformed'],
    ['without a name', '', '', ROOM, 'presence error: jid-malformed'],
    ["under somebody else's uid", 'a', '<uid>bob</uid>', ROOM, 'presence error: not-acceptable'],
    [
      "with somebody else's user object",
      'a',
      '<user_object uid="bob"/>',
      ROOM,
      'presence error: not-acceptable',
    ],
  ])('refuses %s', (_name, nick, extra, room, expected) => {
    const alice = createClient('alice');
    enter(alice, nick, extra, room);
    expect(alice.take().map(gist)).toEqual([expected]);
    expect(router.counts()).toEqual({ rooms: 0, occupants: 0 });
  });

  it('refuses a taken name, a second place of one token, and one too many', () => {
    const [alice, twin, bob, carol] = ['alice', 'alice', 'bob', 'carol'].map(uid => createClient(uid));
    if (!alice || !twin || !bob || !carol) throw new Error('no clients');
    enter(alice, 'a');
    enter(bob, 'a');
    enter(twin, 't');
    expect([gist(bob.take()[0]), gist(twin.take()[0])]).toEqual([
      'presence error: conflict',
      'presence error: conflict',
    ]);
    enter(bob, 'b');
    enter(carol, 'c');
    expect(gist(carol.take()[0])).toBe('presence error: service-unavailable');
  });

  it('finds the room of a session id with capitals in lower case', () => {
    const alice = createClient('alice', 'Stand-Up');
    enter(alice, 'a');
    expect(router.counts().occupants).toBe(1);
  });
});

describe('leaving a room', () => {
  it.each([
    [
      'says so',
      (client: ReturnType<typeof createClient>) =>
        router.onStanza(client, xml(`<presence type="unavailable" to="${ROOM}/a"/>`)),
    ],
    ['loses the socket', (client: ReturnType<typeof createClient>) => router.onEnd(client)],
  ])('tells the others when somebody %s, once', (_name, leave) => {
    const [alice, bob] = [createClient('alice'), createClient('bob')];
    enter(alice, 'a');
    enter(bob, 'b');
    bob.take();
    leave(alice);
    router.onEnd(alice);
    expect(bob.take().map(gist)).toEqual(['presence unavailable']);
    expect(log.at(-1)).toBe('left a');
  });

  it('lets the room vanish with the last one, and the same token in again', () => {
    const alice = createClient('alice');
    enter(alice, 'a');
    router.onEnd(alice);
    expect(router.counts()).toEqual({ rooms: 0, occupants: 0 });
    enter(createClient('alice'), 'again');
    expect(router.counts()).toEqual({ rooms: 1, occupants: 1 });
  });
});

describe('stanzas between occupants', () => {
  it("relays a request under the sender's room address, and a message to all", () => {
    const [alice, bob] = [createClient('alice'), createClient('bob')];
    enter(alice, 'a');
    enter(bob, 'b');
    bob.take();
    ask(alice, `<iq type="set" id="1" to="${ROOM}/b" from="mallory@elsewhere"><mute/></iq>`);
    const [request] = bob.take();
    expect([request?.attrs.from, request?.attrs.to, request?.getChild('mute') !== undefined]).toEqual([
      `${ROOM}/a`,
      bob.jid,
      true,
    ]);
    expect(ask(alice, `<message type="groupchat" to="${ROOM}"><body>hi</body></message>`)).toHaveLength(1);
    expect(bob.take()[0]?.getChildText('body')).toBe('hi');
  });

  it('updates a presence for everybody', () => {
    const [alice, bob] = [createClient('alice'), createClient('bob')];
    enter(alice, 'a');
    enter(bob, 'b');
    bob.take();
    router.onStanza(
      alice,
      xml(`<presence to="${ROOM}/a"><SourceInfo>{"a-v0":{"muted":true}}</SourceInfo></presence>`),
    );
    expect(bob.take()[0]?.getChildText('SourceInfo')).toBe('{"a-v0":{"muted":true}}');
  });

  it.each([
    [
      'a message to another room',
      '<message to="other@conference.localhost:4680"/>',
      'message error: not-allowed',
    ],
    ['a message to nobody', `<message to="${ROOM}/nobody"/>`, 'message error: item-not-found'],
    ['a request to nobody', `<iq type="get" id="1" to="${ROOM}/nobody"/>`, 'iq error: item-not-found'],
    [
      'a request into another room',
      `<iq type="get" id="1" to="other@conference.${DOMAIN}/b"/>`,
      'iq error: item-not-found',
    ],
    ['a request without an id', '<iq type="get"><ping xmlns="urn:xmpp:ping"/></iq>', 'iq error: bad-request'],
    [
      'an update under another uid',
      `<presence to="${ROOM}/a"><uid>bob</uid></presence>`,
      'presence error: not-acceptable',
    ],
    ['a second room', `<presence to="${ROOM}/b"/>`, 'presence error: conflict'],
  ])('refuses %s', (_name, text, expected) => {
    const alice = createClient('alice');
    enter(alice, 'a');
    expect(ask(alice, text).map(gist)).toEqual([expected]);
  });

  it.each([
    ['to the server', '<iq type="result" id="1"/>'],
    ['to the focus', `<iq type="result" id="1" to="${ROOM}/focus"/>`],
    ['to nobody', `<iq type="error" id="1" to="${ROOM}/nobody"/>`],
  ])('never answers an answer %s', (_name, text) => {
    const alice = createClient('alice');
    enter(alice, 'a');
    expect(ask(alice, text)).toEqual([]);
  });
});

describe('the server', () => {
  const query = (xmlns: string, to = DOMAIN) =>
    `<iq type="get" id="1" to="${to}"><query xmlns="${xmlns}"/></iq>`;

  it.each([
    ['a ping', '<iq type="get" id="1"><ping xmlns="urn:xmpp:ping"/></iq>', 'iq result'],
    ['what it can do', query('http://jabber.org/protocol/disco#info'), 'iq result'],
    ['its STUN and TURN servers', query('urn:xmpp:extdisco:2'), 'iq result'],
    ['anything else', query('jabber:iq:version'), 'iq error: feature-not-implemented'],
    ['nothing', '<iq type="get" id="1"/>', 'iq error: feature-not-implemented'],
  ])('answers %s', (_name, text, expected) => {
    expect(ask(createClient('alice'), text).map(gist)).toEqual([expected]);
  });

  it.each([
    [ROOM, 'iq result'],
    [`other@conference.${DOMAIN}`, 'iq error: not-allowed'],
  ])('makes a conference of %s: %s', (room, expected) => {
    const request = `<iq type="set" id="1" to="focus.${DOMAIN}"><conference xmlns="http://jitsi.org/protocol/focus" room="${room}"/></iq>`;
    const [answer] = ask(createClient('alice'), request);
    expect(gist(answer)).toBe(expected);
    expect(answer?.getChild('conference')?.attrs.ready).toBe(expected === 'iq result' ? 'true' : undefined);
  });

  it('describes the room to those in it', () => {
    const alice = createClient('alice');
    enter(alice, 'a');
    expect(ask(alice, query('http://jabber.org/protocol/disco#info', ROOM)).toString()).toContain(
      'muc#roominfo_meetingId',
    );
    expect(gist(ask(createClient('bob'), query('http://jabber.org/protocol/disco#info', ROOM))[0])).toBe(
      'iq error: item-not-found',
    );
  });
});

describe('seats', () => {
  it('admit an expired token only while its occupant is there or lately was', () => {
    let now = 0;
    const seats = createSeats(() => now, 60_000);
    expect([seats.admits('t', false), seats.admits('t', true)]).toEqual([true, false]);
    expect([seats.take('t'), seats.take('t')]).toEqual([true, false]);
    expect(seats.admits('t', true)).toBe(true);
    seats.release('t');
    now = 60_000;
    expect([seats.admits('t', true), seats.take('t')]).toEqual([true, true]);
    seats.release('t');
    now = 120_001;
    expect(seats.admits('t', true)).toBe(false);
  });
});
