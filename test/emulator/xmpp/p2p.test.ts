import { beforeEach, expect, it } from 'vitest';
import { createRouter, type Router } from '../../../src/emulator/xmpp/router.ts';
import { createSeats } from '../../../src/emulator/xmpp/seats.ts';
import { errorOf } from '../../../src/emulator/xmpp/stanza.ts';
import { createClient, ROOM, type TestClient, xml } from './support.ts';

// What two lib-jitsi-meets with P2P tell each other: a Jingle session of their own, of which the focus knows nothing.

let router: Router;
let alice: TestClient;
let bob: TestClient;
let asked: string[];

beforeEach(() => {
  asked = [];
  router = createRouter({
    seats: createSeats(() => 0),
    now: () => 0,
    maxOccupants: 9,
    maxRooms: 9,
    focus: {
      joined: () => {},
      left: () => {},
      request: (_room, _occupant, iq) => {
        asked.push(iq.attrs.id);
        return errorOf(iq, 'item-not-found');
      },
    },
  });
  [alice, bob] = [createClient('alice'), createClient('bob')];
  for (const [client, nick] of [
    [alice, 'aaaa1111'],
    [bob, 'bbbb2222'],
  ] as const) {
    router.onStanza(
      client,
      xml(`<presence to="${ROOM}/${nick}"><x xmlns="http://jabber.org/protocol/muc"/></presence>`),
    );
  }
  for (const client of [alice, bob]) client.take();
});

const jingle = (action: string) =>
  `<jingle xmlns="urn:xmpp:jingle:1" action="${action}" sid="f00" initiator="${ROOM}/aaaa1111">` +
  '<content creator="initiator" name="0"><transport xmlns="urn:xmpp:jingle:transports:ice-udp:1" ufrag="u" pwd="p">' +
  '<candidate ip="127.0.0.1" port="9" protocol="udp"/></transport></content></jingle>';

/** Sends, and says what the other side got of it. */
function say(from: TestClient, to: TestClient, text: string) {
  router.onStanza(from, xml(text));
  return to
    .take()
    .map(({ name, attrs, children }) => [name, attrs.type, attrs.id, attrs.from, children.join('')]);
}

it.each(['session-initiate', 'transport-info', 'content-modify', 'session-terminate'])(
  'carries a %s and its answer between two occupants, whole and under their room addresses',
  action => {
    const request = jingle(action);
    expect(say(alice, bob, `<iq type="set" id="q1" to="${ROOM}/bbbb2222">${request}</iq>`)).toEqual([
      ['iq', 'set', 'q1', `${ROOM}/aaaa1111`, xml(request).toString()],
    ]);
    expect(say(bob, alice, `<iq type="result" id="q1" to="${ROOM}/aaaa1111"/>`)).toEqual([
      ['iq', 'result', 'q1', `${ROOM}/bbbb2222`, ''],
    ]);
    expect(asked).toEqual([]);
  },
);

it('lets the two ask each other what they can do, and whether they refuse', () => {
  const disco = '<query xmlns="http://jabber.org/protocol/disco#info" node="http://jitsi.org/jitsimeet#v"/>';
  expect(say(bob, alice, `<iq type="get" id="d" to="${ROOM}/aaaa1111">${disco}</iq>`)).toHaveLength(1);
  const refusal =
    '<error type="cancel"><item-not-found xmlns="urn:ietf:params:xml:ns:xmpp-stanzas"/></error>';
  const [answer] = say(alice, bob, `<iq type="error" id="d" to="${ROOM}/bbbb2222">${refusal}</iq>`);
  expect(answer?.slice(0, 4)).toEqual(['iq', 'error', 'd', `${ROOM}/aaaa1111`]);
});

it('tells at once that the other one has gone', () => {
  router.onEnd(bob);
  alice.take();
  router.onStanza(
    alice,
    xml(`<iq type="set" id="q2" to="${ROOM}/bbbb2222">${jingle('transport-info')}</iq>`),
  );
  const [answer] = alice.take();
  expect([answer?.attrs.type, answer?.attrs.id, answer?.toString().includes('item-not-found')]).toEqual([
    'error',
    'q2',
    true,
  ]);
});
