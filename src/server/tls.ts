import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';

/** PEM texts. */
export interface TlsFiles {
  readonly key: string;
  readonly cert: string;
}

/** A client has this long to say its first byte, and again to shake hands. */
const PATIENCE_MS = 10_000;

/** The type of a handshake record, with which TLS begins (RFC 8446, 5.1). No HTTP method begins so. */
const HANDSHAKE = 22;

/** Shows another certificate from now on; connections there are stay as they are. */
export type RenewTls = (files: TlsFiles) => void;

/**
 * Lets a server of plain HTTP take TLS too, on the same port. One port, since SDK v4 makes its signalling's address of the
 * port it finds REST at, and an app that stays on http needs its `wss:` there.
 */
export function acceptTls(server: Server, { key, cert }: TlsFiles): RenewTls {
  const plain = server.listeners('connection') as ((socket: Socket) => void)[];
  const serve = (socket: Socket) => {
    for (const listener of plain) listener.call(server, socket);
  };
  const tls = createTlsServer(
    { key, cert, handshakeTimeout: PATIENCE_MS, ALPNProtocols: ['http/1.1'] },
    serve,
  );
  // A client that does not trust the certificate goes away in the middle: nothing to tell anybody.
  tls.on('tlsClientError', (_error, socket) => socket.destroy());
  server.removeAllListeners('connection');
  server.on('connection', socket => {
    whenBegun(socket, first => {
      if (first !== HANDSHAKE) return serve(socket);
      // As Node's own https has it: who hangs up in the handshake is gone.
      socket.allowHalfOpen = false;
      tls.emit('connection', socket);
    });
  });
  return files => tls.setSecureContext({ key: files.key, cert: files.cert });
}

/** Looks at a connection's first byte and leaves it there. */
function whenBegun(socket: Socket, decide: (first: number) => void): void {
  const drop = () => socket.destroy();
  const endings = ['error', 'timeout', 'end'] as const;
  const look = () => {
    const bytes: Buffer | null = socket.read(1);
    const first = bytes?.[0];
    // Readable at its end too.
    if (bytes === null || first === undefined) return socket.once('readable', look);
    for (const ending of endings) socket.off(ending, drop);
    socket.setTimeout(0);
    socket.unshift(bytes);
    decide(first);
  };
  for (const ending of endings) socket.on(ending, drop);
  socket.setTimeout(PATIENCE_MS);
  socket.once('readable', look);
}
