import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import type { Sockets } from '../faults/sockets.ts';
import type { Channels, Place } from './channels.ts';
import type { Wire } from './member.ts';

/** Accepts the sockets of bridge channels (Jitsi's `colibri-ws`). */
export interface ChannelGateway {
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  readonly sockets: number;
  close(): void;
}

export interface ChannelGatewayOptions {
  readonly channels: Channels;
  readonly sockets: Sockets;
  /** Milliseconds between two looks at who is still there. A socket silent for two of these is dead. */
  readonly heartbeatMs?: number;
}

/** Constraints for a hundred sources are 5 KB; the rest is room for an application's own messages. */
const MAX_FRAME_BYTES = 64 * 1024;
/** What may wait for a receiver who does not read. It dials again, and gets the state of things anew. */
const MAX_BACKLOG_BYTES = 1024 * 1024;
const HEARTBEAT_MS = 5_000;

/** RFC 6455, 7.4.1. */
const GOING_AWAY = 1001;
const UNSUPPORTED_DATA = 1003;
const POLICY_VIOLATION = 1008;
const INTERNAL_ERROR = 1011;

const PATH = /^\/colibri-ws\/([\w-]{1,64})\/([\w-]{1,64})$/;

export function createChannelGateway(options: ChannelGatewayOptions): ChannelGateway {
  const { channels, sockets, heartbeatMs = HEARTBEAT_MS } = options;
  const server = new WebSocketServer({ noServer: true, maxPayload: MAX_FRAME_BYTES });
  const alive = new WeakSet<WebSocket>();
  const heartbeat = setInterval(() => {
    for (const socket of server.clients) {
      if (!alive.delete(socket)) socket.terminate();
      else socket.ping();
    }
  }, heartbeatMs).unref();

  const serve = (socket: WebSocket, place: Place) => {
    const wire = wireOf(socket);
    alive.add(socket);
    socket.on('pong', () => alive.add(socket));
    socket.on('message', (data, isBinary) => {
      alive.add(socket);
      if (isBinary) return socket.close(UNSUPPORTED_DATA);
      receive(socket, place, data.toString());
    });
    socket.on('error', () => socket.terminate());
    socket.on('close', () => place.detach(wire));
    place.attach(wire);
  };

  return {
    upgrade(request, socket, head) {
      const place = placeFor(channels, request.url ?? '');
      // The same answer for a wrong password as for nobody's place: neither tells of the other.
      if (!place) return refuse(socket, '403 Forbidden');
      let accepted: WebSocket | undefined;
      const line = sockets.open(socket, { ...place.person, kind: 'channel' }, () =>
        accepted?.close(GOING_AWAY),
      );
      if (!line) return refuse(socket, '503 Service Unavailable');
      server.handleUpgrade(request, line, head, opened => {
        accepted = opened;
        serve(opened, place);
      });
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

function placeFor(channels: Channels, url: string): Place | null {
  const [path = '', query = ''] = url.split('?', 2);
  const [, conferenceId = '', endpointId = ''] = PATH.exec(path) ?? [];
  const place = channels.find(conferenceId, endpointId);
  const given = new URLSearchParams(query).get('pwd') ?? '';
  return place && isSame(given, place.password) ? place : null;
}

/** Hashed first, so that neither the time taken nor a difference in length tells anything about the password. */
function isSame(given: string, expected: string): boolean {
  const hash = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(hash(given), hash(expected));
}

function wireOf(socket: WebSocket): Wire {
  return {
    send(text) {
      if (socket.bufferedAmount > MAX_BACKLOG_BYTES) return socket.terminate();
      if (socket.readyState === socket.OPEN) socket.send(text);
    },
    close: code => socket.close(code),
  };
}

/** What one client sent may end that client's socket, never the process. */
function receive(socket: WebSocket, place: Place, text: string): void {
  // What still arrives after we closed counts no more.
  if (socket.readyState !== socket.OPEN) return;
  try {
    if (!place.receive(text)) socket.close(POLICY_VIOLATION);
  } catch {
    socket.close(INTERNAL_ERROR);
  }
}

function refuse(socket: Duplex, status: string): void {
  socket.on('error', () => socket.destroy());
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}
