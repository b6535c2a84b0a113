import { randomBytes } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import type { CallClaims, MayIssue, Tokens } from '../rest/tokens.ts';
import type { Seats } from './seats.ts';
import { createStream, type StreamHandlers } from './stream.ts';

/** Accepts signalling sockets: XMPP over WebSocket (RFC 7395) with the call token in the URL. */
export interface Gateway {
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  readonly sockets: number;
  close(): void;
}

export interface GatewayOptions {
  readonly tokens: Tokens;
  readonly seats: Seats;
  readonly handlers: StreamHandlers;
  /** Whether the token's user may still be in the token's session. */
  readonly mayIssue: MayIssue;
  /** The XMPP domain for a server port. */
  readonly domainOf: (port: number) => string;
}

/** A session-accept with three simulcast layers is 6 KB; screen shares and more devices add to it. */
const MAX_FRAME_BYTES = 256 * 1024;
/** A socket that stays silent for two of these is dead: its TCP connection may not say so for minutes. */
const HEARTBEAT_MS = 5_000;

export function createGateway({ tokens, seats, handlers, mayIssue, domainOf }: GatewayOptions): Gateway {
  const server = new WebSocketServer({
    noServer: true,
    maxPayload: MAX_FRAME_BYTES,
    clientTracking: true,
    handleProtocols: protocols => (protocols.has('xmpp') ? 'xmpp' : false),
  });
  const locals = new Set<string>();
  const alive = new WeakSet<WebSocket>();
  const heartbeat = setInterval(() => {
    for (const socket of server.clients) {
      if (!alive.delete(socket)) socket.terminate();
      else socket.ping();
    }
  }, HEARTBEAT_MS).unref();

  // The SDK takes the first eight characters of the address as its endpoint id: these must differ, not only the whole.
  const newLocal = (): string => {
    const local = randomBytes(4).toString('hex');
    if (locals.has(local)) return newLocal();
    locals.add(local);
    return local;
  };
  const serve = (socket: WebSocket, claims: CallClaims, domain: string) => {
    let local = '';
    const stream = createStream({
      ...handlers,
      claims,
      domain,
      newId: () => randomBytes(9).toString('base64url'),
      newLocal: () => {
        local = newLocal();
        return local;
      },
      sendText: text => socket.send(text),
      closeSocket: () => socket.close(),
    });
    alive.add(socket);
    socket.on('pong', () => alive.add(socket));
    socket.on('message', (data, isBinary) => {
      alive.add(socket);
      if (isBinary) return socket.close(UNSUPPORTED_DATA);
      guarded(socket, () => stream.receive(data.toString()));
    });
    socket.on('error', () => socket.terminate());
    socket.on('close', () => {
      guarded(socket, stream.end);
      locals.delete(local);
    });
  };

  return {
    upgrade(request, socket, head) {
      const drop = () => socket.destroy();
      socket.on('error', drop);
      const admit = async () => {
        const token = await tokens.readCall(tokenOf(request));
        if (!token || !seats.admits(token.claims.id, token.expired))
          return refuse(socket, '401 Unauthorized');
        const { sessionId, user, authHash } = token.claims;
        if (!(await mayIssue(user.uid, sessionId, authHash))) return refuse(socket, '403 Forbidden');
        socket.off('error', drop);
        const domain = domainOf(request.socket.localPort ?? 0);
        server.handleUpgrade(request, socket, head, accepted => serve(accepted, token.claims, domain));
      };
      admit().catch(drop);
    },
    get sockets() {
      return server.clients.size;
    },
    close() {
      clearInterval(heartbeat);
      for (const socket of server.clients) socket.terminate();
      server.close();
    },
  };
}

/** RFC 6455, 7.4.1: text only, as RFC 7395, 3.2 wants. */
const UNSUPPORTED_DATA = 1003;
const INTERNAL_ERROR = 1011;

/** What one client sent may end that client's socket, never the process. */
function guarded(socket: WebSocket, work: () => void): void {
  try {
    work();
  } catch {
    socket.close(INTERNAL_ERROR);
  }
}

function tokenOf(request: IncomingMessage): string {
  return new URL(request.url ?? '/', 'http://localhost').searchParams.get('token') ?? '';
}

function refuse(socket: Duplex, status: string): void {
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}
