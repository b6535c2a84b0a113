import { WebSocket } from 'ws';
import { readStanza } from '../../src/emulator/xmpp/read-stanza.ts';
import type { Stanza } from '../../src/emulator/xmpp/stanza.ts';

/** The signalling end of somebody without a browser. */
export interface XmppClient {
  /** Its full address. */
  readonly jid: string;
  send(stanza: string): void;
  /** The next stanza, of those not taken yet, that fits. Rejects when the socket closes before. */
  next(fits: (stanza: Stanza) => boolean): Promise<Stanza>;
  /** Told of every stanza as it arrives. */
  listen(listener: (stanza: Stanza) => void): void;
  close(): Promise<void>;
}

const FRAMING = 'urn:ietf:params:xml:ns:xmpp-framing';

/** Opens a stream (RFC 7395) with a call token: as the SDK does, step by step. Rejects when it is refused. */
export async function connectXmpp(url: string, domain: string): Promise<XmppClient> {
  const socket = new WebSocket(url, 'xmpp');
  const inbox = createInbox(socket);
  await new Promise<void>((resolve, reject) => {
    socket.once('open', () => resolve());
    socket.once('error', reject);
  });
  const send = (stanza: string) => socket.send(stanza);
  const open = async () => {
    send(`<open xmlns="${FRAMING}" to="${domain}" version="1.0"/>`);
    await inbox.next(stanza => stanza.name === 'features');
  };
  await open();
  send('<auth xmlns="urn:ietf:params:xml:ns:xmpp-sasl" mechanism="ANONYMOUS"/>');
  await inbox.next(stanza => stanza.name === 'success');
  await open();
  send(
    '<iq xmlns="jabber:client" type="set" id="bind"><bind xmlns="urn:ietf:params:xml:ns:xmpp-bind"/></iq>',
  );
  const bound = await inbox.next(stanza => stanza.attrs.id === 'bind');
  return {
    jid: bound.getChild('bind')?.getChildText('jid') ?? '',
    send,
    next: inbox.next,
    listen: inbox.listen,
    close: () =>
      new Promise(resolve => {
        socket.once('close', () => resolve());
        socket.close();
      }),
  };
}

function createInbox(socket: WebSocket) {
  const unread: Stanza[] = [];
  const waiting = new Set<{
    fits(stanza: Stanza): boolean;
    resolve(stanza: Stanza): void;
    reject(error: Error): void;
  }>();
  const listeners: Array<(stanza: Stanza) => void> = [];
  socket.on('message', data => {
    // The server's own features carry a prefix, which it refuses from clients.
    const stanza = readStanza(data.toString().replace(/ ?xmlns:stream="[^"]*"|stream:/g, ''));
    if (!stanza) throw new Error('the server wrote what nobody can read');
    for (const listener of listeners) listener(stanza);
    for (const waiter of waiting) {
      if (!waiter.fits(stanza)) continue;
      waiting.delete(waiter);
      return waiter.resolve(stanza);
    }
    unread.push(stanza);
  });
  socket.on('close', () => {
    for (const waiter of waiting) waiter.reject(new Error('the signalling socket closed'));
  });
  return {
    next: (fits: (stanza: Stanza) => boolean) =>
      new Promise<Stanza>((resolve, reject) => {
        const found = unread.findIndex(fits);
        const [stanza] = found < 0 ? [] : unread.splice(found, 1);
        if (stanza) resolve(stanza);
        else waiting.add({ fits, resolve, reject });
      }),
    listen: (listener: (stanza: Stanza) => void) => listeners.push(listener),
  };
}
