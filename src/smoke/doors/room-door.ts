import { Element, parse } from 'ltx';
import { WebSocket } from 'ws';

/** How a signalling server answered somebody who tried to enter a room. */
export type RoomAnswer = { readonly entered: true } | { readonly entered: false; readonly reason: string };

export interface RoomVisit {
  /** Carries the call token; never shown. */
  readonly socketUrl: string;
  readonly domain: string;
  readonly sessionId: string;
  readonly signal: AbortSignal;
}

const FRAMING = 'urn:ietf:params:xml:ns:xmpp-framing';
const SASL = 'urn:ietf:params:xml:ns:xmpp-sasl';
const BIND = 'urn:ietf:params:xml:ns:xmpp-bind';

/** Goes the way of the SDK as far as the room's door: XMPP over WebSocket (RFC 7395), then a MUC join (XEP-0045). */
export function knockAtRoom({ socketUrl, domain, sessionId, signal }: RoomVisit): Promise<RoomAnswer> {
  const socket = new WebSocket(socketUrl, 'xmpp');
  const room = `${sessionId}@conference.${domain}`;
  const end = () => socket.terminate();
  signal.addEventListener('abort', end, { once: true });
  const answered = new Promise<RoomAnswer>(resolve => {
    const refuse = (reason: string) => resolve({ entered: false, reason });
    const send = (stanza: Element) => socket.send(stanza.toString());
    socket.on('unexpected-response', (_, { statusCode }) => refuse(`HTTP ${statusCode}`));
    socket.on('error', error => refuse(error.message));
    socket.on('close', code => refuse(`closed with ${code}`));
    socket.on('open', () => send(open(domain)));
    socket.on('message', data => {
      const stanza = parse(data.toString());
      const answer = readAnswer(stanza);
      if (answer) resolve(answer);
      for (const next of reply(stanza, domain, room)) send(next);
    });
  });
  return answered.finally(() => {
    signal.removeEventListener('abort', end);
    end();
  });
}

function readAnswer(stanza: Element): RoomAnswer | null {
  if (stanza.name === 'stream:error') return { entered: false, reason: conditionOf(stanza) };
  if (stanza.name !== 'presence') return null;
  if (stanza.attrs.type !== 'error') return { entered: true };
  const error = stanza.getChild('error');
  return { entered: false, reason: error ? conditionOf(error) : 'error' };
}

function conditionOf(error: Element): string {
  return error.getChildElements()[0]?.name ?? 'error';
}

/** What a client says next: log in anonymously, open again, bind, then enter. */
function reply(stanza: Element, domain: string, room: string): Element[] {
  if (stanza.getChild('mechanisms', SASL))
    return [new Element('auth', { xmlns: SASL, mechanism: 'ANONYMOUS' })];
  if (stanza.is('success', SASL)) return [open(domain)];
  if (stanza.name === 'stream:features' && stanza.getChild('bind', BIND)) {
    const bind = new Element('iq', { xmlns: 'jabber:client', type: 'set', id: 'bind' });
    return [bind.cnode(new Element('bind', { xmlns: BIND })).root()];
  }
  if (!stanza.getChild('bind', BIND)) return [];
  const presence = new Element('presence', { xmlns: 'jabber:client', to: `${room}/stranger` });
  return [presence.cnode(new Element('x', { xmlns: 'http://jabber.org/protocol/muc' })).root()];
}

function open(domain: string): Element {
  return new Element('open', { xmlns: FRAMING, to: domain, version: '1.0' });
}
