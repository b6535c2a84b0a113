import { beforeEach, describe, expect, it } from 'vitest';
import type { Stanza } from '../../../src/emulator/xmpp/stanza.ts';
import { type Client, createStream, type XmppStream } from '../../../src/emulator/xmpp/stream.ts';
import { claimsOf, DOMAIN } from './support.ts';

const FRAMING = 'urn:ietf:params:xml:ns:xmpp-framing';
const OPEN = `<open xmlns="${FRAMING}" to="${DOMAIN}" version="1.0"/>`;
const AUTH = '<auth xmlns="urn:ietf:params:xml:ns:xmpp-sasl" mechanism="ANONYMOUS"/>';
const BIND = '<iq id="b" type="set"><bind xmlns="urn:ietf:params:xml:ns:xmpp-bind"/></iq>';

let sent: string[];
let stanzas: Stanza[];
let ended: Client[];
let closed: number;
let stream: XmppStream;

beforeEach(() => {
  sent = [];
  stanzas = [];
  ended = [];
  closed = 0;
  stream = createStream({
    claims: claimsOf('alice'),
    domain: DOMAIN,
    newId: () => 'id',
    newLocal: () => '1a2b3c4d',
    sendText: text => sent.push(text),
    closeSocket: () => {
      closed += 1;
    },
    onStanza: (_client, stanza) => stanzas.push(stanza),
    onEnd: client => ended.push(client),
  });
});

const say = (...texts: string[]) => {
  for (const text of texts) stream.receive(text);
  return sent.splice(0).join('\n');
};

describe('an XMPP stream', () => {
  it('opens, authenticates, opens again and binds', () => {
    expect(say(OPEN)).toContain('<mechanism>ANONYMOUS</mechanism>');
    expect(say(AUTH)).toBe('<success xmlns="urn:ietf:params:xml:ns:xmpp-sasl"/>');
    expect(say(OPEN)).toContain('<bind xmlns="urn:ietf:params:xml:ns:xmpp-bind"/>');
    expect(say(BIND)).toContain(`<jid>1a2b3c4d@${DOMAIN}/id</jid>`);
  });

  it('hands on stanzas once bound, and tells once that the client is gone', () => {
    say(OPEN, AUTH, OPEN, BIND, '<presence/>', '<message/>', '<iq type="get" id="1"/>');
    expect(stanzas.map(stanza => stanza.name)).toEqual(['presence', 'message', 'iq']);
    stream.end();
    stream.end();
    expect(ended).toHaveLength(1);
  });

  it('closes when told to', () => {
    expect(say(OPEN, AUTH, OPEN, BIND, `<close xmlns="${FRAMING}"/>`)).toContain(
      `<close xmlns="${FRAMING}"/>`,
    );
    expect([ended.length, closed]).toEqual([1, 1]);
    expect(say('<presence/>')).toBe('');
    expect(stanzas).toEqual([]);
  });

  it.each([
    ['XML that is not well-formed', ['<open'], 'not-well-formed'],
    ['text that is not XML', ['hello'], 'not-well-formed'],
    ['XML nested absurdly', ['<a>'.repeat(33) + '</a>'.repeat(33)], 'not-well-formed'],
    ['an unknown domain', [OPEN.replace(DOMAIN, 'elsewhere')], 'host-unknown'],
    ['a stanza before the stream is open', ['<presence/>'], 'not-authorized'],
    ['a stanza before authentication', [OPEN, '<message/>'], 'not-authorized'],
    ['a stanza before binding', [OPEN, AUTH, OPEN, '<presence/>'], 'not-authorized'],
    ['another mechanism', [OPEN, AUTH.replace('ANONYMOUS', 'PLAIN')], 'not-authorized'],
    ['an element that is no stanza', [OPEN, AUTH, OPEN, BIND, '<stanza/>'], 'unsupported-stanza-type'],
  ])('refuses %s and closes', (_name, texts, condition) => {
    expect(say(...texts)).toContain(`<${condition} xmlns="urn:ietf:params:xml:ns:xmpp-streams"/>`);
    expect(closed).toBe(1);
    expect(stanzas).toEqual([]);
  });

  it('answers a request that is not a bind before binding', () => {
    expect(say(OPEN, AUTH, OPEN, '<iq id="x" type="get"><ping xmlns="urn:xmpp:ping"/></iq>')).toContain(
      '<not-allowed',
    );
  });
});
