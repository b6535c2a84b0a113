import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import WebSocket from 'ws';
import { type RunningServer, startServer } from '../../src/cli/compose.ts';

/** A running server with the emulator, whose meetings go by a clock of the test. */
export interface House {
  readonly server: RunningServer;
  readonly dataDir: string;
  readonly clock: { ahead: number };
  close(): Promise<void>;
}

export async function openHouse(env: Record<string, string> = {}): Promise<House> {
  const folder = await mkdtemp(join(tmpdir(), 'meet-withdrawal-'));
  const dataDir = join(folder, '.meet');
  const clock = { ahead: 0 };
  const server = await startServer({
    dataDir,
    projectDir: folder,
    env: { MEET_RATE_LIMIT: '100000', ...env },
    port: 0,
    emulator: { graceMs: 5_000 },
    now: () => Date.now() + clock.ahead,
  });
  return {
    server,
    dataDir,
    clock,
    async close() {
      await server.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

export interface Answer {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: each test states the shape it expects.
  readonly body: any;
}

async function ask(
  server: RunningServer,
  method: string,
  path: string,
  headers: Record<string, string>,
  body?: object,
): Promise<Answer> {
  const response = await fetch(server.url + path, {
    method,
    headers: { ...headers, ...(body && { 'content-type': 'application/json' }) },
    ...(body && { body: JSON.stringify(body) }),
  });
  return { status: response.status, body: await response.json() };
}

const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

/** As the admin. */
export function manage(server: RunningServer, method: string, path: string, body?: object) {
  return ask(server, method, `/api/meetings${path}`, bearer(server.adminKey), body);
}

export interface Room {
  readonly sessionId: string;
  readonly key: string | undefined;
}

let rooms = 0;

/** A meeting whose link has a key. */
export async function openRoom(server: RunningServer, more: object = {}): Promise<Room> {
  rooms += 1;
  const { body } = await manage(server, 'POST', '', { strategy: 'stable', id: `room-${rooms}`, ...more });
  return { sessionId: body.sessionId, key: body.url.split('#key=')[1] };
}

export async function inviteTo(server: RunningServer, { sessionId }: Room, uid: string): Promise<string> {
  const { body } = await manage(server, 'POST', `/${sessionId}/invites`, { uid });
  return body.url.split('#invite=')[1];
}

/** The identity that a token of the host application is swapped for. */
export async function swap(server: RunningServer, appToken: string): Promise<string> {
  return (await ask(server, 'POST', '/api/identity', bearer(appToken), {})).body.token;
}

/** Who somebody is: by what they claim, or by an invite. */
export async function introduce(
  server: RunningServer,
  who: { uid: string } | { invite: string },
): Promise<string> {
  return (await ask(server, 'POST', '/api/identity', {}, who)).body.token;
}

export function visit(
  server: RunningServer,
  { sessionId, key }: Room,
  step: 'authorize' | 'token',
  identity: string,
): Promise<Answer> {
  return ask(server, 'POST', `/api/meetings/${sessionId}/${step}`, bearer(identity), key ? { key } : {});
}

export const askCallToken = (server: RunningServer, { sessionId }: Room, authToken: string) =>
  ask(server, 'POST', '/cometchat/v3.0/call_tokens', { authToken }, { sessionId });

export const showCallToken = (server: RunningServer, callToken: string) =>
  ask(server, 'GET', '/cometchat/v3.0/call_tokens', { callToken });

/** The status that a signalling socket is refused with; 101 when it opens. */
export function dial(server: RunningServer, callToken: string): Promise<number> {
  const url = `${server.url.replace('http', 'ws')}/xmpp-websocket?token=${callToken}`;
  const socket = new WebSocket(url, 'xmpp');
  return new Promise((resolve, reject) => {
    socket.on('unexpected-response', (_request, response) => resolve(response.statusCode ?? 0));
    socket.on('open', () => {
      socket.terminate();
      resolve(101);
    });
    socket.on('error', reject);
  });
}

export interface Passes {
  readonly identity: string;
  readonly authToken: string;
  readonly callToken: string;
}

/** All that somebody is given on the way into a call. */
export async function passesOf(server: RunningServer, room: Room, identity: string): Promise<Passes> {
  const { authToken } = (await visit(server, room, 'token', identity)).body;
  const { body } = await askCallToken(server, room, authToken);
  return { identity, authToken, callToken: body.data.token };
}
