import { beforeEach, describe, expect, it } from 'vitest';
import type { Client } from '../../../src/emulator/xmpp/session.ts';
import type { Stanza } from '../../../src/emulator/xmpp/stanza.ts';
import { createStream, type XmppStream } from '../../../src/emulator/xmpp/stream.ts';
import { claimsOf, DOMAIN, openSessions } from './support.ts';

const FRAMING = 'urn:ietf:params:xml:ns:xmpp-framing';
const SM = 'urn:xmpp:sm:3';
const OPEN = `<open xmlns="${FRAMING}" to="${DOMAIN}" version="1.0"/>`;
const AUTH = '<auth xmlns="urn:ietf:params:xml:ns:xmpp-sasl" mechanism="ANONYMOUS"/>';
const BIND = '<iq id="b" type="set"><bind xmlns="urn:ietf:params:xml:ns:xmpp-bind"/></iq>';
const ENABLE = `<enable xmlns="${SM}" resume="true"/>`;
const UP = [OPEN, AUTH, OPEN, BIND];

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
    base: `ws://${DOMAIN}`,
    sessions: openSessions(client => ended.push(client)),
    newId: () => 'id',
    sendText: text => sent.push(text),
    closeSocket: () => {
      closed += 1;
    },
    onStanza: (_client, stanza) => stanzas.push(stanza),
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
    expect(stream.client).toBeNull();
    expect(say(BIND)).toMatch(new RegExp(`<jid>1a2b3c\\w+@${DOMAIN}/\\w+</jid>`));
    expect(stream.client?.claims.user.uid).toBe('alice');
  });

  it('hands on stanzas once bound, and tells once that the client is gone', () => {
    say(...UP, '<presence/>', '<message/>', '<iq type="get" id="1"/>');
    expect(stanzas.map(stanza => stanza.name)).toEqual(['presence', 'message', 'iq']);
    stream.end('gone');
    stream.end('gone');
    expect(ended).toHaveLength(1);
  });

  it('closes when told to', () => {
    expect(say(...UP, ENABLE, `<close xmlns="${FRAMING}"/>`)).toContain(`<close xmlns="${FRAMING}"/>`);
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
    ['an element that is no stanza', [...UP, '<stanza/>'], 'unsupported-stanza-type'],
    ['an answer to more than was sent', [...UP, ENABLE, `<a xmlns="${SM}" h="9"/>`], 'undefined-condition'],
    ['an answer that counts nothing', [...UP, ENABLE, `<a xmlns="${SM}" h="x"/>`], 'undefined-condition'],
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

describe('stream management', () => {
  it('is offered after authentication, and made resumable once', () => {
    expect(say(OPEN, AUTH, OPEN)).toContain(`<sm xmlns="${SM}"/>`);
    say(BIND);
    expect(say(ENABLE)).toMatch(new RegExp(`<enabled xmlns="${SM}" id="\\w+" resume="true"/>`));
    expect(say(ENABLE)).toContain('<unexpected-request');
  });

  it('tells how many stanzas were handled since', () => {
    say(...UP, '<presence/>', ENABLE, '<presence/>', '<message/>');
    expect(say(`<r xmlns="${SM}"/>`)).toBe(`<a xmlns="${SM}" h="2"/>`);
  });

  it('refuses to resume what it does not know, and lets the client bind instead', () => {
    say(OPEN, AUTH, OPEN);
    expect(say(`<resume xmlns="${SM}" previd="unknown" h="0"/>`)).toContain('<item-not-found');
    expect(say(BIND)).toContain('<jid>');
    expect(closed).toBe(0);
  });
});
