import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { FastifyPluginCallback } from 'fastify';
import { openBridge } from './bridge/bridge.ts';
import { createFocus } from './focus/focus.ts';
import { createDirectory } from './rest/directory.ts';
import { createRoutes } from './rest/routes.ts';
import { createTokens, type MayIssue } from './rest/tokens.ts';
import { createGateway } from './xmpp/gateway.ts';
import { createRouter } from './xmpp/router.ts';
import { createSeats } from './xmpp/seats.ts';

/** A stand-in for CometChat's cloud: REST, XMPP signalling and the media bridge, in this process. */
export interface Emulator {
  /** Its REST routes, to be registered under a prefix. */
  readonly routes: FastifyPluginCallback;
  /** Takes over a WebSocket upgrade; false when the path is not the emulator's. */
  handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): boolean;
  stats(): { readonly rooms: number; readonly occupants: number; readonly sockets: number };
  close(): Promise<void>;
}

export interface EmulatorOptions {
  /** Signs auth and call tokens. */
  readonly secret: string;
  readonly apiKey: string;
  readonly authKey: string;
  readonly appId: string;
  readonly region: string;
  /**
   * Asked before a call token is issued, and again wherever one is shown, so that a token dies with the right to
   * hold it. The emulator itself knows nothing of meetings; by default everybody may enter every session.
   */
  readonly mayIssue?: MayIssue;
  /** An IP address for media; nothing listens beyond loopback by default. */
  readonly mediaHost?: string;
  /** Milliseconds since the epoch. */
  readonly now?: () => number;
  readonly maxOccupants?: number;
}

/** Starts the emulator's media port; REST and sockets are served by the HTTP server it is mounted on. */
export async function createEmulator(options: EmulatorOptions): Promise<Emulator> {
  const { mayIssue = () => true, mediaHost = '127.0.0.1', now = Date.now, maxOccupants = 16 } = options;
  const bridge = await openBridge(mediaHost);
  const tokens = createTokens({ secret: options.secret, now, newId: randomUUID });
  const seats = createSeats(now);
  const focus = createFocus({ bridge });
  const router = createRouter({ seats, focus, now, maxOccupants });
  // The SDK signals to `wss://xmpp.<domain>/…`: only names that end in `localhost` resolve without DNS.
  const domainOf = (port: number) => `localhost:${port}`;
  const gateway = createGateway({ tokens, seats, mayIssue, domainOf, handlers: router });

  return {
    routes: createRoutes({ ...options, tokens, directory: createDirectory(), mayIssue, domainOf }),
    handleUpgrade(request, socket, head) {
      const path = (request.url ?? '').split('?', 1)[0];
      if (path !== '/xmpp-websocket') return false;
      gateway.upgrade(request, socket, head);
      return true;
    },
    stats: () => ({ ...router.counts(), sockets: gateway.sockets }),
    async close() {
      gateway.close();
      focus.close();
      await bridge.close();
    },
  };
}
