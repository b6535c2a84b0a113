import { beforeEach, describe, expect, it } from 'vitest';
import { traceFocus, traceStanzas, watchSessions } from '../../../src/emulator/trace/signalling.ts';
import { createTrace } from '../../../src/emulator/trace/trace.ts';
import { createRouter } from '../../../src/emulator/xmpp/router.ts';
import { createSeats } from '../../../src/emulator/xmpp/seats.ts';
import type { SessionWatch } from '../../../src/emulator/xmpp/session.ts';
import { createSessions } from '../../../src/emulator/xmpp/sessions.ts';
import { errorOf, resultOf } from '../../../src/emulator/xmpp/stanza.ts';
import type { StreamHandlers } from '../../../src/emulator/xmpp/stream.ts';
import { audioContent, jingleIq, videoContent } from '../focus/offers.ts';
import { claimsOf, createClient, DOMAIN, ROOM, xml } from '../xmpp/support.ts';

type TestClient = ReturnType<typeof createClient>;

let handlers: StreamHandlers;
let watch: SessionWatch;
let take: () => Record<string, unknown>[];

beforeEach(() => {
  const trace = createTrace({ now: () => 0 });
  const focus = traceFocus(
    {
      joined() {},
      left() {},
      request: (_room, _occupant, iq) =>
        iq.getChild('jingle')?.attrs.sid === 'bad' ? errorOf(iq, 'bad-request') : resultOf(iq),
    },
    trace.emit,
  );
  const router = createRouter({ seats: createSeats(() => 0), focus, now: () => 0, maxOccupants: 9 });
  handlers = traceStanzas(router, trace.emit);
  watch = watchSessions(trace.emit);
  const heard: Record<string, unknown>[] = [];
  trace.subscribe('stand-up', ({ seq, at, session, ...rest }) => heard.push(rest));
  take = () => heard.splice(0);
});

const send = (client: TestClient, text: string) => handlers.onStanza(client, xml(text));
const enter = (uid: string, extra = ''): TestClient => {
  const client = createClient(uid);
  send(client, `<presence to="${ROOM}/${uid}">${extra}</presence>`);
  return client;
};

describe('people', () => {
  it('come and go, with how many are there then', () => {
    const [alice, bob] = [enter('alice'), enter('bob')];
    send(bob, `<presence to="${ROOM}/bob" type="unavailable"/>`);
    handlers.onEnd(alice);
    expect(take().filter(({ kind }) => kind !== 'stanza')).toEqual([
      { kind: 'join', who: 'alice', endpoint: 'alice', name: 'alice', people: 1 },
      { kind: 'join', who: 'bob', endpoint: 'bob', name: 'bob', people: 2 },
      { kind: 'leave', who: 'bob', endpoint: 'bob', people: 1 },
      { kind: 'leave', who: 'alice', endpoint: 'alice', people: 0 },
    ]);
  });

  it('bring tracks and take them away, by name and not by layer', () => {
    const alice = enter('alice');
    take();
    const camera = videoContent({ layers: [1, 2, 3], retransmissions: [4, 5, 6], name: 'alice-v0' });
    const sound = audioContent(7, '', 'alice-a0');
    for (const action of ['session-accept', 'source-remove'])
      send(alice, jingleIq(ROOM, action, 's', sound + camera));
    send(alice, jingleIq(ROOM, 'source-add', 'bad', sound));
    send(alice, jingleIq(ROOM, 'transport-info', 's', ''));
    const names = ['alice-a0', 'alice-v0 camera'];
    expect(take().filter(({ kind }) => kind !== 'stanza')).toEqual([
      { kind: 'tracks', who: 'alice', endpoint: 'alice', added: names },
      { kind: 'tracks', who: 'alice', endpoint: 'alice', removed: names },
    ]);
  });
});

describe('stanzas', () => {
  const alices = { kind: 'stanza', who: 'alice', endpoint: 'alice' };

  it('of presence name what changed, and states with their value', () => {
    const alice = enter('alice', '<nick>Alice</nick><audiomuted>false</audiomuted>');
    const [first] = take();
    expect(first).toEqual({
      ...alices,
      direction: 'in',
      name: 'presence',
      changed: ['nick', 'audiomuted false'],
    });
    send(alice, `<presence to="${ROOM}/alice"><nick>Alice B.</nick><audiomuted>true</audiomuted></presence>`);
    send(alice, `<presence to="${ROOM}/alice"><audiomuted>true</audiomuted></presence>`);
    send(alice, `<presence to="${ROOM}/alice"><audiomuted>true</audiomuted></presence>`);
    expect(take().map(({ changed }) => changed)).toEqual([
      ['nick', 'audiomuted true'],
      ['nick gone'],
      undefined,
    ]);
  });

  it('of presence with thousands of elements take no longer than reading it', () => {
    const alice = enter('alice');
    const elements = Array.from({ length: 30_000 }, (_, i) => `<a${i.toString(36)}/>`).join('');
    const begun = performance.now();
    send(alice, `<presence to="${ROOM}/alice">${elements}</presence>`);
    // Fifteen seconds when each name is searched for in all.
    expect(performance.now() - begun).toBeLessThan(3_000);
  });

  it.each([
    ['{"a-a0":{"muted":false},"a-v0":{"muted":true}}', 'SourceInfo a-a0 a-v0 muted'],
    ['{"a-a0":null}', 'SourceInfo a-a0'],
    ['no JSON', 'SourceInfo '],
  ])('of presence say which sources are muted: %s', (json, told) => {
    enter('alice', `<SourceInfo>${json}</SourceInfo>`);
    expect(take()[0]?.changed).toEqual([told]);
  });

  it.each([
    [
      'a request',
      '<iq type="get" id="1" to="localhost:4680"><query xmlns="http://jabber.org/protocol/disco#info"/></iq>',
      { name: 'iq', type: 'get', about: 'disco#info' },
    ],
    [
      'Jingle',
      jingleIq(ROOM, 'session-accept', 's', ''),
      { name: 'iq', type: 'set', about: 'jingle', action: 'session-accept' },
    ],
    [
      'a message to all',
      `<message type="groupchat" to="${ROOM}"><body>dear all</body></message>`,
      { name: 'message', type: 'groupchat', about: 'body' },
    ],
    [
      'a message to one',
      `<message type="chat" to="${ROOM}/bob"><body>dear bob</body></message>`,
      { name: 'message', type: 'chat', about: 'body', private: true },
    ],
  ])('of %s are summed up, without their text', (_, text, summary) => {
    const alice = enter('alice');
    enter('bob');
    take();
    send(alice, text);
    const told = take();
    expect(told[0]).toEqual({ ...alices, direction: 'in', ...summary });
    expect(JSON.stringify(told)).not.toContain('dear');
  });

  it('that only say “still here” or “arrived” are not told', () => {
    const alice = enter('alice');
    take();
    send(alice, '<iq type="get" id="1" to="localhost:4680"><ping xmlns="urn:xmpp:ping"/></iq>');
    send(alice, `<iq type="result" id="2" to="${ROOM}/focus"/>`);
    expect(take()).toEqual([]);
  });

  it('that the server sends are told where they are its own: offers and errors', () => {
    const alice = createClient('alice');
    for (const text of [
      jingleIq(ROOM, 'session-initiate', 's', ''),
      '<iq type="error" id="1"><error type="cancel"><item-not-found xmlns="urn:ietf:params:xml:ns:xmpp-stanzas"/></error></iq>',
      '<iq type="result" id="1"><query xmlns="http://jabber.org/protocol/disco#info"/></iq>',
      `<presence from="${ROOM}/bob"/>`,
    ])
      watch.onSent(alice, xml(text));
    expect(take()).toEqual([
      { ...alices, direction: 'out', name: 'iq', type: 'set', about: 'jingle', action: 'session-initiate' },
      { ...alices, direction: 'out', name: 'iq', type: 'error', error: 'item-not-found' },
    ]);
  });
});

it('a lost socket and its return are told, and what it was sent meanwhile only once', () => {
  const options = { newId: () => 'id', newLocal: () => 'a1b2c3d4', graceMs: 1_000, onEnd() {}, watch };
  const sessions = createSessions(options);
  const wire = () => ({ base: 'ws://localhost', send() {}, fail() {}, drop() {} });
  const first = wire();
  const session = sessions.open(claimsOf('alice'), DOMAIN, first);
  sessions.enable(session);
  session.lose(first, 'cut');
  session.client.send(xml(jingleIq(ROOM, 'source-add', 's', '')));
  sessions.resume(session.id, claimsOf('alice'), 0, wire());
  sessions.close();
  expect(
    take().map(({ who, endpoint, kind, state, action }) => [who, endpoint, kind, state ?? action]),
  ).toEqual([
    ['alice', 'a1b2c3d4', 'signalling', 'lost'],
    ['alice', 'a1b2c3d4', 'stanza', 'source-add'],
    ['alice', 'a1b2c3d4', 'signalling', 'resumed'],
  ]);
});
