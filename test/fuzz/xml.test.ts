import { readStanza } from '../../src/emulator/xmpp/read-stanza.ts';
import { copyOf, elementsOf } from '../../src/emulator/xmpp/stanza.ts';
import { createStream } from '../../src/emulator/xmpp/stream.ts';
import { claimsOf, DOMAIN, openSessions, ROOM } from '../emulator/xmpp/support.ts';
import { fuzz } from './fuzz.ts';
import { spoiltText } from './mutations.ts';

const OPEN = `<open xmlns="urn:ietf:params:xml:ns:xmpp-framing" to="${DOMAIN}" version="1.0"/>`;
const AUTH = '<auth xmlns="urn:ietf:params:xml:ns:xmpp-sasl" mechanism="ANONYMOUS"/>';
const BIND = '<iq type="set" id="b"><bind xmlns="urn:ietf:params:xml:ns:xmpp-bind"/></iq>';
const STANZAS = [
  OPEN,
  AUTH,
  BIND,
  '<enable xmlns="urn:xmpp:sm:3" resume="true"/>',
  '<resume xmlns="urn:xmpp:sm:3" previd="id3" h="0"/>',
  '<a xmlns="urn:xmpp:sm:3" h="0"/>',
  '<iq type="get" id="1" to="x"><query xmlns="http://jabber.org/protocol/disco#info"/></iq>',
  `<presence to="${ROOM}/alice"><x xmlns="http://jabber.org/protocol/muc"/><nick>Alice &amp; Bob</nick></presence>`,
  `<message to="${ROOM}" type="groupchat"><body>&lt;b&gt; &#x1F600; <![CDATA[x]]></body></message>`,
];
const TOKENS = [
  '<',
  '>',
  '/>',
  '</',
  '"',
  "'",
  '&',
  '&amp;',
  '&#0;',
  '&#x110000;',
  '<!--',
  '-->',
  '<![CDATA[',
  ']]>',
  '<?xml',
  '<!DOCTYPE a [<!ENTITY b "c">]>',
  '&b;',
  '\0',
  '\uD800',
  'xmlns=""',
  '<a>',
  '</a>',
  '<__proto__ constructor="1">',
];
const texts = spoiltText(STANZAS, TOKENS);

fuzz('XML, one stanza', texts, text => {
  const stanza = readStanza(text);
  // Copies of it and of its parts go to others, whose strict parsers must take what ours took.
  for (const part of stanza ? [stanza, ...elementsOf(stanza).map(copyOf)] : [])
    if (!readStanza(part.toString())) throw new Error('written so that nobody reads it');
});

fuzz('XML, in any phase of a stream', texts, text => {
  const stream = createStream({
    onStanza: () => {},
    sessions: openSessions(),
    claims: claimsOf('alice'),
    domain: DOMAIN,
    base: `ws://${DOMAIN}`,
    newId: () => 'id',
    sendText: () => {},
    closeSocket: () => {},
  });
  for (const good of [OPEN, AUTH, OPEN, BIND]) {
    stream.receive(text);
    stream.receive(good);
  }
  stream.receive(text);
  stream.end('gone');
});
