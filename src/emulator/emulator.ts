import { randomUUID } from 'node:crypto';
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { FastifyPluginCallback } from 'fastify';
import { openBridge } from './bridge/bridge.ts';
import { createChannels } from './channel/channels.ts';
import { createChannelGateway } from './channel/gateway.ts';
import { createFaults, type Faults } from './faults/faults.ts';
import { createFocus } from './focus/focus.ts';
import { createAccess } from './rest/access.ts';
import { type AnswerDirectly, createDirect } from './rest/direct.ts';
import { createDirectory } from './rest/directory.ts';
import { createRoutes } from './rest/routes.ts';
import { createTokens, type MayIssue, type Tokens } from './rest/tokens.ts';
import { traceChannels } from './trace/channels.ts';
import { traceFaults } from './trace/faults.ts';
import { traceMedia } from './trace/media.ts';
import { traceFocus, traceStanzas, watchSessions } from './trace/signalling.ts';
import { createTrace, type Trace } from './trace/trace.ts';
import { createGateway } from './xmpp/gateway.ts';
import { createRouter, type Insider, type Whom } from './xmpp/router.ts';
import { createSeats } from './xmpp/seats.ts';

/** A stand-in for CometChat's cloud: REST, XMPP signalling and the media bridge, in this process. */
export interface Emulator {
  /** Its REST routes, to be registered under a prefix. */
  readonly routes: FastifyPluginCallback;
  /** Answers what the server of this process asks most, past the routes; null where it has to ask those. */
  readonly answerDirectly: AnswerDirectly;
  /** What happens in the sessions. */
  readonly trace: Trace;
  /** The UDP port that media is taken on. */
  readonly mediaPort: number;
  /** What it does wrong on purpose. */
  readonly faults: Faults;
  /** Takes over a WebSocket upgrade; false when the path is not the emulator's. */
  handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): boolean;
  /** Who is in a session now, without their shared screens; somebody whose connection was just lost still is. */
  people(sessionId: string): readonly { readonly uid: string; readonly name: string }[];
  /** Everybody who sits in a session. */
  inside(): readonly Insider[];
  /** Puts people out of a session: they are told, their media ends, and their tokens seat nobody again. */
  putOut(sessionId: string, who: Whom, reason: string): number;
  stats(): {
    readonly rooms: number;
    readonly occupants: number;
    /** Signalling sockets, and those of bridge channels. */
    readonly sockets: number;
    readonly channels: number;
  };
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
  /** Asked instead when somebody who sits in a session comes back after a lost connection; by default the same. */
  readonly mayStay?: MayIssue;
  /** Asked when somebody comes: whoever may not send only watches. By default everybody may. */
  readonly maySend?: MayIssue;
  /** An IP address for media; nothing listens beyond loopback by default. */
  readonly mediaHost?: string;
  /** The UDP port for media, where it is free; any by default. */
  readonly mediaPort?: number;
  /** Takes media on every other address too that somebody's signalling comes to. */
  readonly lan?: boolean;
  /**
   * Tells SDK v5 to send the media of two people alone directly; off by default. Media that goes through the bridge can
   * be looked at, limited and disturbed, and two people are then served as three are, and as those with SDK v4.
   */
  readonly p2p?: boolean;
  /** The origin under which a browser sees the server, by its request's headers: behind a proxy, https. */
  readonly originOf?: (headers: IncomingHttpHeaders) => string;
  /** Milliseconds since the epoch. */
  readonly now?: () => number;
  /** In one session, shared screens included; 16 by default. */
  readonly maxOccupants?: number;
  /** Sessions at a time. */
  readonly maxRooms?: number;
  /**
   * How long somebody whose signalling socket was lost may take to come back, in milliseconds. lib-jitsi-meet tries after
   * 3, 12 and 39 s at the latest.
   */
  readonly graceMs?: number;
  /** How long a signalling socket may take to belong to somebody, in milliseconds. */
  readonly bindMs?: number;
}

/** What was issued then has expired, whatever it is. */
const LONG_AGO_MS = 48 * 60 * 60 * 1000;

/** Starts the emulator's media port; REST and sockets are served by the HTTP server it is mounted on. */
export async function createEmulator(options: EmulatorOptions): Promise<Emulator> {
  const { mayIssue = () => true, maySend = () => true } = options;
  const { mayStay = mayIssue } = options;
  const { mediaHost = '127.0.0.1', now = Date.now, p2p = false } = options;
  const { maxOccupants = 16, maxRooms = 256, graceMs = 60_000, bindMs = 10_000 } = options;
  const trace = createTrace({ now });
  const { emit } = trace;
  const bridge = await openBridge(mediaHost, options.mediaPort);
  const faults = createFaults({ now });
  traceFaults(faults, trace);
  const tokens = openTokens(options.secret, now, faults);
  const seats = createSeats(now);
  const channels = createChannels(now);
  const focus = createFocus({ bridge, openMedia: traceMedia(bridge, trace, now), channels, faults });
  const router = createRouter({ seats, focus: traceFocus(focus, emit), now, maxOccupants, maxRooms });
  // The SDK signals to `wss://xmpp.<domain>/…`: only names that end in `localhost` resolve without DNS.
  const domainOf = (port: number) => `localhost:${port}`;
  const gateway = createGateway({
    tokens,
    seats,
    mayIssue,
    mayStay,
    maySend,
    domainOf,
    ...(options.lan && { openMedia: bridge.listenOn }),
    handlers: traceStanzas(router, emit),
    watch: watchSessions(emit),
    silenceOf: focus.silenceOf,
    sockets: faults.sockets,
    now,
    graceMs,
    bindMs,
  });
  const channelGateway = createChannelGateway({
    channels: traceChannels(channels, emit),
    sockets: faults.sockets,
  });

  const directory = createDirectory();
  const access = createAccess({ ...options, tokens, mayIssue });
  const direct = createDirect({ ...options, access, directory, tokens, now, emit });
  const routes = createRoutes({
    ...options,
    p2p,
    now,
    tokens,
    directory,
    mayIssue,
    domainOf,
    emit,
  });

  return {
    routes: faults.around(routes),
    // Where the routes do wrong on purpose, this does too.
    answerDirectly: request => (faults.list().some(({ kind }) => kind === 'rest') ? null : direct(request)),
    trace,
    faults,
    mediaPort: bridge.port,
    handleUpgrade(request, socket, head) {
      const path = (request.url ?? '').split('?', 1)[0];
      if (path === '/xmpp-websocket') gateway.upgrade(request, socket, head);
      else if (path?.startsWith('/colibri-ws/')) channelGateway.upgrade(request, socket, head);
      else return false;
      return true;
    },
    people: router.people,
    inside: router.inside,
    putOut: router.putOut,
    stats: () => ({ ...router.counts(), sockets: gateway.sockets, channels: channelGateway.sockets }),
    async close() {
      faults.close();
      gateway.close();
      channelGateway.close();
      focus.close();
      await bridge.close();
    },
  };
}

function openTokens(secret: string, now: () => number, faults: Faults): Tokens {
  const tokensAt = (clock: () => number) => createTokens({ secret, now: clock, newId: randomUUID });
  return faults.tokens(
    tokensAt(now),
    tokensAt(() => now() - LONG_AGO_MS),
  );
}
