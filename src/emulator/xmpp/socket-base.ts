import type { IncomingMessage } from 'node:http';

/**
 * Where a client's WebSocket came to, as a URL without a path: `ws://localhost:4680`. Other sockets of the same client
 * have to come there too: by this name its page may connect, over TLS if the page was loaded so.
 */
export function socketBaseOf({ headers, socket }: IncomingMessage): string {
  const host = headers.host ?? `localhost:${socket.localPort}`;
  // A proxy that ends TLS for this server's own pages leaves no other trace than where those come from.
  const isSecure = 'encrypted' in socket || headers.origin === `https://${host}`;
  return `${isSecure ? 'wss' : 'ws'}://${host}`;
}

const LOOPBACK = '127.0.0.1';

/**
 * The addresses of this machine at which a visitor's media can arrive: the one that the socket came to, which the visitor
 * evidently reaches, and loopback for a browser of this machine. Nothing for loopback alone, which needs no word.
 */
export function reachedBy({ socket }: Pick<IncomingMessage, 'socket'>): readonly string[] {
  const local = bare(socket.localAddress);
  // A link-local address means nothing without its interface, which a candidate cannot name.
  if (local === '' || local === '::1' || local.startsWith('127.') || local.includes('%')) return [];
  return local === bare(socket.remoteAddress) ? [local, LOOPBACK] : [local];
}

/** Without what a socket for both IPv4 and IPv6 writes before the former. */
function bare(address = ''): string {
  return address.replace(/^::ffff:(?=\d+\.)/, '');
}
