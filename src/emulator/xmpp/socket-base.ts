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
