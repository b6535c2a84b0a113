import { beforeEach, describe, expect, it } from 'vitest';
import { createRouter, type Router } from '../../../src/emulator/xmpp/router.ts';
import { createSeats } from '../../../src/emulator/xmpp/seats.ts';
import { resultOf } from '../../../src/emulator/xmpp/stanza.ts';
import { createClient, DOMAIN, gist, ROOM, type TestClient, xml } from './support.ts';

let router: Router;
let log: string[];

beforeEach(() => {
  log = [];
  router = createRouter({
    seats: createSeats(() => 0),
    now: () => 0,
    maxOccupants: 2,
    maxRooms: 2,
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
      'with more than is kept of anybody',
      'a',
      `<x>${'x'.repeat(33_000)}</x>`,
      ROOM,
      'presence error: policy-violation',
    ],
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

  it('refuses one room too many, and has space again when one is empty', () => {
    const [first, second, third] = ['one', 'two', 'three'].map(id => createClient(id, id)) as [
      TestClient,
      TestClient,
      TestClient,
    ];
    for (const client of [first, second, third])
      enter(client, 'a', '', `${client.claims.sessionId}@conference.${DOMAIN}`);
    expect(gist(third.take()[0])).toBe('presence error: resource-constraint');
    router.onEnd(first);
    enter(third, 'a', '', `three@conference.${DOMAIN}`);
    expect(router.counts()).toEqual({ rooms: 2, occupants: 2 });
  });

  it('makes an end of the same occupant whose socket is lost, when he comes anew', () => {
    const [old, anew] = [createClient('alice'), createClient('alice')];
    old.expel = () => router.onEnd(old);
    enter(old, 'a');
    enter(anew, 'b');
    expect(gist(anew.take()[0])).toBe('presence error: conflict');
    old.lost = true;
    enter(anew, 'b');
    expect(log).toEqual(['joined a', 'left a', 'joined b']);
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
    [
      'a presence that would fill memory',
      `<presence to="${ROOM}/a"><x>${'x'.repeat(33_000)}</x></presence>`,
      'presence error: policy-violation',
    ],
    [
      'to end another conference',
      `<message to="endconference.elsewhere"><end_conference/></message>`,
      'message error: not-allowed',
    ],
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

describe('a moderator, which everybody is,', () => {
  const admin = (item: string, type = 'set') =>
    `<iq type="${type}" id="1" to="${ROOM}"><query xmlns="http://jabber.org/protocol/muc#admin">${item}</query></iq>`;
  const statusesOf = (stanza: ReturnType<typeof xml> | undefined) =>
    stanza
      ?.getChild('x')
      ?.getChildren('status')
      .map(status => status.attrs.code);
  const enterTwo = (): [TestClient, TestClient] => {
    const [alice, bob] = [createClient('alice'), createClient('bob')];
    enter(alice, 'a');
    enter(bob, 'b');
    bob.take();
    return [alice, bob];
  };

  it('kicks: who is kicked is told by whom and why, the others too, and may come again', () => {
    const [alice, bob] = enterTwo();
    const answers = ask(alice, admin('<item nick="b" role="none"><reason>noise</reason></item>'));
    const [told] = bob.take();
    const item = told?.getChild('x')?.getChild('item');
    expect([gist(told), statusesOf(told)]).toEqual(['presence unavailable', ['110', '307']]);
    expect([item?.getChild('actor')?.attrs.nick, item?.getChildText('reason')]).toEqual(['a', 'noise']);
    expect(answers.map(gist)).toEqual(['presence unavailable', 'iq result']);
    expect(statusesOf(answers[0])).toEqual(['307']);
    expect([log.at(-1), router.counts().occupants]).toEqual(['left b', 1]);
    enter(bob, 'b');
    expect(router.counts().occupants).toBe(2);
  });

  it.each([
    ['kicks nobody', admin('<item nick="nobody" role="none"/>'), 'item-not-found'],
    ['takes nobody’s voice', admin('<item nick="b" role="visitor"/>'), 'not-allowed'],
    ['bans nobody', admin('<item affiliation="outcast" jid="bob@x"/>'), 'not-allowed'],
    ['says what it wants', admin('<item nick="b"/>'), 'bad-request'],
    ['says whom', admin(''), 'bad-request'],
    ['lists nobody', admin('<item affiliation="outcast"/>', 'get'), 'bad-request'],
    [
      'sets no password',
      `<iq type="set" id="1" to="${ROOM}"><query xmlns="http://jabber.org/protocol/muc#owner"/></iq>`,
      'feature-not-implemented',
    ],
  ])('%s', (_name, text, condition) => {
    const [alice, bob] = enterTwo();
    expect(ask(alice, text).map(gist)).toEqual([`iq error: ${condition}`]);
    expect(bob.take()).toEqual([]);
  });

  it('is shown a room that takes no settings', () => {
    const [alice] = enterTwo();
    const text = `<iq type="get" id="1" to="${ROOM}"><query xmlns="http://jabber.org/protocol/muc#owner"/></iq>`;
    const [answer] = ask(alice, text);
    expect([gist(answer), answer?.toString().includes('<field')]).toEqual(['iq result', false]);
  });

  it('ends the conference for everybody', () => {
    const [alice, bob] = enterTwo();
    const component = ask(
      alice,
      `<iq type="get" id="1" to="${DOMAIN}"><query xmlns="http://jabber.org/protocol/disco#info"/></iq>`,
    )[0]
      ?.getChild('query')
      ?.getChildren('identity')
      .find(identity => identity.attrs.type === 'end_conference')?.attrs.name;
    router.onStanza(alice, xml(`<message to="${component}"><end_conference/></message>`));
    for (const client of [alice, bob])
      expect(client.take().map(stanza => stanza.getChild('x')?.getChild('destroy') !== undefined)).toEqual([
        true,
      ]);
    expect(router.counts()).toEqual({ rooms: 0, occupants: 0 });
    enter(alice, 'a');
    expect(router.counts().occupants).toBe(1);
  });

  it('is nobody who only watches: removes nobody, and ends it for nobody', () => {
    const [alice, viewer] = [createClient('alice'), createClient('viewer', undefined, true)];
    enter(alice, 'a');
    enter(viewer, 'b');
    alice.take();
    expect(ask(viewer, admin('<item nick="a" role="none"/>')).map(gist)).toEqual(['iq error: not-allowed']);
    const end = `<message to="endconference.${DOMAIN}"><end_conference/></message>`;
    expect(ask(viewer, end).map(gist)).toEqual(['message error: not-allowed']);
    expect(alice.take()).toEqual([]);
    expect(router.counts().occupants).toBe(2);
  });

  it.each(['the first', 'a later'])('is nobody who only watches: no end for all in %s presence', which => {
    const [alice, viewer] = [createClient('alice'), createClient('viewer', undefined, true)];
    enter(alice, 'a');
    if (which === 'a later') enter(viewer, 'b');
    alice.take();
    const wish = '<endSessionForAll value="b"/><raiseHand/>';
    ask(viewer, `<presence to="${ROOM}/b"><x xmlns="http://jabber.org/protocol/muc"/>${wish}</presence>`);
    const heard = alice.take().join();
    expect(heard).toContain('raiseHand');
    expect(heard).not.toContain('endSessionForAll');
  });

  it.each(['', '<body>hello</body>'])('is nobody who only watches: no subject of theirs, with %j', body => {
    const [alice, viewer] = [createClient('alice'), createClient('viewer', undefined, true)];
    enter(viewer, 'b');
    const message = `<message type="groupchat" to="${ROOM}"><subject>Mine</subject>${body}</message>`;
    expect(ask(viewer, message).map(gist)).toEqual(['message error: not-allowed']);
    enter(alice, 'a');
    expect(alice.take().at(-1)?.getChildText('subject')).toBe('');
  });

  it('takes part in the chat, also who only watches', () => {
    const [alice, viewer] = [createClient('alice'), createClient('viewer', undefined, true)];
    enter(alice, 'a');
    enter(viewer, 'b');
    alice.take();
    ask(viewer, `<message type="groupchat" to="${ROOM}"><body>hello</body></message>`);
    expect(alice.take().map(stanza => stanza.getChildText('body'))).toEqual(['hello']);
  });

  it('sets a subject, which newcomers read', () => {
    const alice = createClient('alice');
    enter(alice, 'a');
    ask(alice, `<message type="groupchat" to="${ROOM}"><subject>Plans</subject></message>`);
    const bob = createClient('bob');
    enter(bob, 'b');
    expect(bob.take().at(-1)?.getChildText('subject')).toBe('Plans');
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
