import type { CallClaims } from '../rest/tokens.ts';
import { NS } from './namespaces.ts';
import { el, errorOf, readStanza, resultOf, type Stanza } from './stanza.ts';

/** What the rest of the emulator sees of one signalling connection. */
export interface Client {
  /** The verified call token it came with. */
  readonly claims: CallClaims;
  /** The XMPP domain both sides agreed on. */
  readonly domain: string;
  /** Its full address, once bound. */
  readonly jid: string;
  send(stanza: Stanza): void;
}

export interface StreamHandlers {
  onStanza(client: Client, stanza: Stanza): void;
  /** The client is gone, or told to go. Called once, and only for a client that had bound. */
  onEnd(client: Client): void;
}

export interface StreamOptions extends StreamHandlers {
  readonly claims: CallClaims;
  /** The one XMPP domain served here; the SDK learns it from REST. */
  readonly domain: string;
  readonly newId: () => string;
  /** The first part of its address, unique among those present: the SDK makes the endpoint id of it. */
  readonly newLocal: () => string;
  readonly sendText: (text: string) => void;
  readonly closeSocket: () => void;
}

export interface XmppStream {
  receive(text: string): void;
  /** The socket is gone. */
  end(): void;
}

type Phase = 'opening' | 'authenticating' | 'reopening' | 'binding' | 'bound' | 'closed';

/** One XMPP stream over WebSocket (RFC 7395): open, SASL ANONYMOUS, open again, bind, then stanzas. */
export function createStream(options: StreamOptions): XmppStream {
  let phase: Phase = 'opening';
  const client = {
    claims: options.claims,
    domain: options.domain,
    jid: '',
    send: (stanza: Stanza) => send(stanza),
  };

  const send = (stanza: Stanza) => {
    if (phase !== 'closed') options.sendText(stanza.toString());
  };
  const end = () => {
    const wasBound = phase === 'bound';
    phase = 'closed';
    if (wasBound) options.onEnd(client);
  };
  const close = () => {
    send(el('close', { xmlns: NS.framing }));
    end();
    options.closeSocket();
  };
  const fail = (condition: string) => {
    send(el('stream:error', { 'xmlns:stream': NS.stream }, el(condition, { xmlns: NS.streams })));
    close();
  };
  const open = (stanza: Stanza) => {
    if (stanza.attrs.to !== options.domain) return fail('host-unknown');
    send(
      el('open', {
        xmlns: NS.framing,
        from: options.domain,
        id: options.newId(),
        version: '1.0',
        'xml:lang': 'en',
      }),
    );
    const reopened = phase === 'reopening';
    send(el('stream:features', { 'xmlns:stream': NS.stream }, reopened ? BIND_FEATURE() : SASL_FEATURE()));
    phase = reopened ? 'binding' : 'authenticating';
  };
  const authenticate = (stanza: Stanza) => {
    // The call token in the socket's URL is the proof of identity; SASL has nothing left to ask.
    if (stanza.attrs.mechanism !== 'ANONYMOUS') return fail('not-authorized');
    phase = 'reopening';
    send(el('success', { xmlns: NS.sasl }));
  };
  const bind = (stanza: Stanza) => {
    if (!stanza.getChild('bind', NS.bind)) return send(errorOf(stanza, 'not-allowed'));
    client.jid = `${options.newLocal()}@${options.domain}/${options.newId()}`;
    phase = 'bound';
    send(resultOf(stanza, el('bind', { xmlns: NS.bind }, el('jid', {}, client.jid))));
  };
  const dispatch = (stanza: Stanza) => {
    if (stanza.is('close', NS.framing)) return close();
    if (stanza.is('open', NS.framing) && (phase === 'opening' || phase === 'reopening')) return open(stanza);
    if (phase === 'authenticating' && stanza.is('auth', NS.sasl)) return authenticate(stanza);
    if (phase === 'binding' && stanza.is('iq')) return bind(stanza);
    if (phase === 'bound' && ['iq', 'presence', 'message'].includes(stanza.name))
      return options.onStanza(client, stanza);
    fail(phase === 'bound' ? 'unsupported-stanza-type' : 'not-authorized');
  };

  return {
    receive(text) {
      if (phase === 'closed') return;
      const stanza = readStanza(text);
      if (stanza) dispatch(stanza);
      else fail('not-well-formed');
    },
    end,
  };
}

const SASL_FEATURE = () => el('mechanisms', { xmlns: NS.sasl }, el('mechanism', {}, 'ANONYMOUS'));
const BIND_FEATURE = () => el('bind', { xmlns: NS.bind });
