import type { CallClaims } from '../rest/tokens.ts';
import { NS } from './namespaces.ts';
import { readStanza } from './read-stanza.ts';
import type { Client, Loss, Session, Wire } from './session.ts';
import type { Sessions } from './sessions.ts';
import { el, errorOf, resultOf, type Stanza } from './stanza.ts';

export interface StreamHandlers {
  onStanza(client: Client, stanza: Stanza): void;
  /** The client is gone for good. Called once, and only for a client that had bound. */
  onEnd(client: Client): void;
}

export interface StreamOptions {
  readonly claims: CallClaims;
  /** The one XMPP domain served here; the SDK learns it from REST. */
  readonly domain: string;
  /** Where the socket came to, see `socketBaseOf`. */
  readonly base: string;
  /** The addresses of this machine that it came to, see `reachedBy`. */
  readonly reached?: readonly string[];
  readonly sessions: Sessions;
  readonly onStanza: StreamHandlers['onStanza'];
  readonly newId: () => string;
  readonly sendText: (text: string) => void;
  readonly closeSocket: () => void;
}

export interface XmppStream {
  /** Whose it is: null before it is bound. */
  readonly client: Client | null;
  receive(text: string): void;
  /** Ends the client with a stream error (RFC 6120, 4.9.3), and asks for the socket's end. */
  fail(condition: string): void;
  /** The socket is closed. */
  end(loss: Loss): void;
}

type Phase = 'opening' | 'authenticating' | 'reopening' | 'binding' | 'bound' | 'closed';

/** One XMPP stream over WebSocket (RFC 7395): open, SASL ANONYMOUS, open again, bind or resume, then stanzas. */
export function createStream(options: StreamOptions): XmppStream {
  const { claims, domain, sessions, newId } = options;
  let phase: Phase = 'opening';
  let session: Session | null = null;

  const send = (stanza: Stanza) => sendText(stanza.toString());
  const sendText = (text: string) => {
    if (phase !== 'closed') options.sendText(text);
  };
  const close = () => {
    send(el('close', { xmlns: NS.framing }));
    wire.drop();
  };
  const wire: Wire = {
    base: options.base,
    reached: options.reached ?? [],
    send: sendText,
    fail(condition) {
      send(el('stream:error', { 'xmlns:stream': NS.stream }, el(condition, { xmlns: NS.streams })));
      close();
    },
    drop() {
      phase = 'closed';
      options.closeSocket();
    },
  };
  const fail = (condition: string) => {
    if (phase === 'closed') return;
    session?.end();
    wire.fail(condition);
  };
  const open = (stanza: Stanza) => {
    if (stanza.attrs.to !== domain) return fail('host-unknown');
    send(el('open', { xmlns: NS.framing, from: domain, id: newId(), version: '1.0', 'xml:lang': 'en' }));
    const features = phase === 'reopening' ? [BIND_FEATURE(), RESUME_FEATURE()] : [SASL_FEATURE()];
    send(el('stream:features', { 'xmlns:stream': NS.stream }, ...features));
    phase = phase === 'reopening' ? 'binding' : 'authenticating';
  };
  const authenticate = (stanza: Stanza) => {
    // The call token in the socket's URL is the proof of identity; SASL has nothing left to ask.
    if (stanza.attrs.mechanism !== 'ANONYMOUS') return fail('not-authorized');
    phase = 'reopening';
    send(el('success', { xmlns: NS.sasl }));
  };
  const bind = (stanza: Stanza) => {
    if (!stanza.getChild('bind', NS.bind)) return send(errorOf(stanza, 'not-allowed'));
    session = sessions.open(claims, domain, wire);
    phase = 'bound';
    send(resultOf(stanza, el('bind', { xmlns: NS.bind }, el('jid', {}, session.client.jid))));
  };
  const resume = ({ attrs }: Stanza) => {
    session = sessions.resume(attrs.previd ?? '', claims, Number(attrs.h), wire);
    if (session) phase = 'bound';
    // lib-jitsi-meet gives up on this, and its user may join anew.
    else send(el('failed', { xmlns: NS.management }, el('item-not-found', { xmlns: NS.stanzas })));
  };
  const enable = (bound: Session) => {
    const id = sessions.enable(bound);
    if (id === null) return send(el('failed', { xmlns: NS.management }, UNEXPECTED()));
    send(el('enabled', { xmlns: NS.management, id, resume: 'true' }));
  };
  const manage = (stanza: Stanza, bound: Session) => {
    if (stanza.name === 'enable') return enable(bound);
    if (stanza.name === 'r') return send(el('a', { xmlns: NS.management, h: String(bound.handled) }));
    // XEP-0198, 4: an answer that counts more than was sent makes an end of the stream.
    if (stanza.name !== 'a' || !bound.acknowledge(Number(stanza.attrs.h))) fail('undefined-condition');
  };
  const onBound = (stanza: Stanza, bound: Session) => {
    if (stanza.attrs.xmlns === NS.management) return manage(stanza, bound);
    if (!['iq', 'presence', 'message'].includes(stanza.name)) return fail('unsupported-stanza-type');
    bound.receive();
    options.onStanza(bound.client, stanza);
  };
  const dispatch = (stanza: Stanza) => {
    if (stanza.is('close', NS.framing)) {
      session?.end();
      return close();
    }
    if (stanza.is('open', NS.framing) && (phase === 'opening' || phase === 'reopening')) return open(stanza);
    if (phase === 'authenticating' && stanza.is('auth', NS.sasl)) return authenticate(stanza);
    if (phase === 'binding' && stanza.is('iq')) return bind(stanza);
    if (phase === 'binding' && stanza.is('resume', NS.management)) return resume(stanza);
    if (session && phase === 'bound') return onBound(stanza, session);
    fail('not-authorized');
  };

  return {
    get client() {
      return phase === 'bound' && session ? session.client : null;
    },
    receive(text) {
      if (phase === 'closed') return;
      const stanza = readStanza(text);
      if (stanza) dispatch(stanza);
      else fail('not-well-formed');
    },
    fail,
    end(loss) {
      phase = 'closed';
      session?.lose(wire, loss);
    },
  };
}

const SASL_FEATURE = () => el('mechanisms', { xmlns: NS.sasl }, el('mechanism', {}, 'ANONYMOUS'));
const BIND_FEATURE = () => el('bind', { xmlns: NS.bind });
const RESUME_FEATURE = () => el('sm', { xmlns: NS.management });
const UNEXPECTED = () => el('unexpected-request', { xmlns: NS.stanzas });
