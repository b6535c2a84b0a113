import { randomBytes } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import type { Sockets } from '../faults/sockets.ts';
import type { CallClaims, MayIssue, Tokens } from '../rest/tokens.ts';
import { NOBODY } from './screens.ts';
import type { Seats } from './seats.ts';
import type { SessionWatch, SilenceOf } from './session.ts';
import { createSessions } from './sessions.ts';
import { type SignallingSocket, serveSocket } from './socket.ts';
import { reachedBy, socketBaseOf } from './socket-base.ts';
import type { StreamHandlers } from './stream.ts';

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
  /** The same for somebody who sits in it, and lost the connection. */
  readonly mayStay: MayIssue;
  /** Whether the others shall see and hear the token's user. */
  readonly maySend: MayIssue;
  /** Sockets that can be cut on purpose. */
  readonly sockets: Sockets;
  /** Takes media on an address of this machine that signalling came to. By default it is taken on loopback alone. */
  readonly openMedia?: (address: string) => Promise<void>;
  /** The XMPP domain for a server port. */
  readonly domainOf: (port: number) => string;
  readonly watch?: SessionWatch;
  /** Milliseconds since a client's media was heard last; null where nothing is known of it. */
  readonly silenceOf: SilenceOf;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** How long somebody whose socket is lost may take to come back, in milliseconds. */
  readonly graceMs: number;
  /** How long a socket may take to belong to somebody, in milliseconds. */
  readonly bindMs: number;
}

/** A session-accept with three simulcast layers is 6 KB; screen shares and more devices add to it. */
const MAX_FRAME_BYTES = 256 * 1024;
/** A socket that stays silent for two of these is dead: its TCP connection may not say so for minutes. */
const HEARTBEAT_MS = 5_000;
/** Sockets that nobody's token vouches for: see `screens.ts`. */
const MAX_NOBODIES = 32;
/** RFC 6455's registry: whoever was cut off may dial again. The browser's own answer repeats it. */
const SERVICE_RESTART = 1012;

export function createGateway(options: GatewayOptions): Gateway {
  const { tokens, seats, handlers, mayIssue, domainOf, openMedia = async () => {} } = options;
  const server = new WebSocketServer({
    noServer: true,
    maxPayload: MAX_FRAME_BYTES,
    handleProtocols: protocols => (protocols.has('xmpp') ? 'xmpp' : false),
  });
  const served = new Set<SignallingSocket>();
  const sessions = createSessions({
    newId: () => randomBytes(18).toString('base64url'),
    newLocal: () => randomBytes(4).toString('hex'),
    onEnd: handlers.onEnd,
    graceMs: options.graceMs,
    watch: options.watch,
    silenceOf: options.silenceOf,
  });
  const heartbeat = setInterval(() => {
    for (const socket of served) socket.beat();
  }, HEARTBEAT_MS).unref();

  const serve = (socket: WebSocket, claims: CallClaims, request: IncomingMessage) => {
    const { now, bindMs } = options;
    const { onStanza } = handlers;
    const domain = domainOf(request.socket.localPort ?? 0);
    const base = socketBaseOf(request);
    const reached = reachedBy(request);
    const one = serveSocket(socket, { claims, domain, base, reached, sessions, onStanza, bindMs, now });
    served.add(one);
    socket.on('close', () => served.delete(one));
  };
  const nobodies = () => [...served].filter(({ claims }) => claims === NOBODY).length;
  /** The claims to serve a socket with, or the HTTP status that refuses it. */
  const admit = async (request: IncomingMessage): Promise<CallClaims | string> => {
    const text = tokenOf(request);
    if (text === null) return nobodies() < MAX_NOBODIES ? NOBODY : '503 Service Unavailable';
    const token = await tokens.readCall(text);
    if (!token || !seats.admits(token.claims.id, token.expired)) return '401 Unauthorized';
    const { sessionId, user, authHash } = token.claims;
    const may = seats.isTaken(token.claims.id) ? options.mayStay : mayIssue;
    if (!(await may(user.uid, sessionId, authHash))) return '403 Forbidden';
    return { ...token.claims, watches: !(await options.maySend(user.uid, sessionId, authHash)) };
  };

  return {
    upgrade(request, socket, head) {
      const drop = () => socket.destroy();
      socket.on('error', drop);
      admit(request)
        .then(async claims => {
          if (typeof claims === 'string') return refuse(socket, claims);
          // Before the visitor is let in: the offer that follows at once names the place.
          await Promise.all(reachedBy(request).map(openMedia));
          let accepted: WebSocket | undefined;
          const owner = { sessionId: claims.sessionId, uid: claims.user.uid, kind: 'signalling' } as const;
          const line = options.sockets.open(socket, owner, () => accepted?.close(SERVICE_RESTART));
          if (!line) return refuse(socket, '503 Service Unavailable');
          socket.off('error', drop);
          server.handleUpgrade(request, line, head, opened => {
            accepted = opened;
            serve(opened, claims, request);
          });
        })
        .catch(drop);
    },
    get sockets() {
      return served.size;
    },
    close() {
      clearInterval(heartbeat);
      sessions.close();
      for (const socket of server.clients) socket.terminate();
      server.close();
    },
  };
}

function tokenOf(request: IncomingMessage): string | null {
  return new URL(request.url ?? '/', 'http://localhost').searchParams.get('token');
}

function refuse(socket: Duplex, status: string): void {
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}
