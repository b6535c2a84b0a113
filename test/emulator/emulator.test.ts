import { once } from 'node:events';
import Fastify, { type FastifyInstance } from 'fastify';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import WebSocket from 'ws';
import { createEmulator, type Emulator } from '../../src/emulator/emulator.ts';

let emulator: Emulator;
let app: FastifyInstance;
let port: number;
let now: number;
let refused: Set<string>;

beforeEach(async () => {
  now = Date.UTC(2026, 10, 20);
  refused = new Set();
  const keys = { secret: 'secret', apiKey: 'api-key', authKey: 'auth-key', appId: 'app', region: 'us' };
  emulator = await createEmulator({ ...keys, now: () => now, mayIssue: uid => !refused.has(uid) });
  app = Fastify();
  await app.register(emulator.routes, { prefix: '/cometchat' });
  app.server.on('upgrade', (request, socket, head) => {
    if (!emulator.handleUpgrade(request, socket, head)) socket.destroy();
  });
  await app.listen({ port: 0, host: '127.0.0.1' });
  const address = app.server.address();
  port = typeof address === 'object' && address ? address.port : 0;
});

afterEach(async () => {
  await emulator.close();
  await app.close();
});

async function post(path: string, headers: Record<string, string>, body: object) {
  const init = {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  };
  return (await (await fetch(`http://127.0.0.1:${port}/cometchat${path}`, init)).json()) as {
    data: Record<string, string>;
  };
}

async function callToken(uid: string, sessionId = 'stand-up'): Promise<string> {
  const { data } = await post(`/v3/users/${uid}/auth_tokens`, { apikey: 'api-key' }, {});
  const issued = await post('/v3.0/call_tokens', { authtoken: data.authToken ?? '' }, { sessionId });
  return issued.data.token ?? '';
}

const connect = (token: string, protocol = 'xmpp') =>
  new WebSocket(`ws://127.0.0.1:${port}/xmpp-websocket?token=${token}`, protocol);
const statusOf = async (socket: WebSocket) => {
  const [, response] = await once(socket, 'unexpected-response');
  return (response as { statusCode: number }).statusCode;
};

/** Brings a socket into its room the way the SDK does. */
async function enter(token: string, room = 'stand-up') {
  const socket = connect(token);
  const inbox: string[] = [];
  const waiting: Array<() => void> = [];
  socket.on('message', data => {
    inbox.push(String(data));
    for (const wake of waiting.splice(0)) wake();
  });
  await once(socket, 'open');
  const until = async (part: string): Promise<string> => {
    for (;;) {
      const found = inbox.find(text => text.includes(part));
      if (found) return found;
      await new Promise<void>(resolve => waiting.push(resolve));
    }
  };
  const open = `<open xmlns="urn:ietf:params:xml:ns:xmpp-framing" to="localhost:${port}" version="1.0"/>`;
  const bind = '<iq id="b" type="set"><bind xmlns="urn:ietf:params:xml:ns:xmpp-bind"/></iq>';
  for (const text of [
    open,
    '<auth xmlns="urn:ietf:params:xml:ns:xmpp-sasl" mechanism="ANONYMOUS"/>',
    open,
    bind,
  ])
    socket.send(text);
  const jid = /<jid>([^<]+)/.exec(await until('<jid>'))?.[1] ?? '';
  socket.send(`<presence to="${room}@conference.localhost:${port}/${jid.slice(0, 8)}"/>`);
  return { socket, jid, until };
}

describe('the emulator', () => {
  it('brings two people into one room and offers each a session; the room vanishes behind them', async () => {
    const [alice, bob] = [
      await enter(await callToken('cometchat-uid-1')),
      await enter(await callToken('cometchat-uid-2')),
    ];
    await Promise.all([alice, bob].map(({ until }) => until('session-initiate')));
    await alice.until(bob.jid);
    expect(emulator.stats()).toEqual({ rooms: 1, occupants: 2, sockets: 2 });
    bob.socket.terminate();
    await alice.until('type="unavailable"');
    alice.socket.close();
    await once(alice.socket, 'close');
    expect(emulator.stats()).toMatchObject({ rooms: 0, occupants: 0 });
  });

  it.each([
    ['no token', async () => '', 401],
    ['a forged token', async () => `${(await callToken('cometchat-uid-1')).slice(0, -4)}AAAA`, 401],
    [
      'an auth token',
      async () =>
        (await post('/v3/users/cometchat-uid-1/auth_tokens', { apikey: 'api-key' }, {})).data.authToken ?? '',
      401,
    ],
  ])('refuses a socket with %s', async (_name, token, status) => {
    expect(await statusOf(connect(await token()))).toBe(status);
  });

  it('refuses a socket whose token expired, but not the occupant who was just there', async () => {
    const [used, unused] = [await callToken('cometchat-uid-1'), await callToken('cometchat-uid-1')];
    const first = await enter(used);
    await first.until('session-initiate');
    now += 6 * 60 * 1000;
    first.socket.close();
    await once(first.socket, 'close');
    expect(await statusOf(connect(unused))).toBe(401);
    const second = await enter(used);
    expect(await second.until('session-initiate')).toContain('jingle');
  });

  it('refuses a socket once the right to the session is gone', async () => {
    const token = await callToken('cometchat-uid-1');
    refused.add('cometchat-uid-1');
    expect(await statusOf(connect(token))).toBe(403);
  });

  it("refuses another session's room, and a second live occupant of one token", async () => {
    const token = await callToken('cometchat-uid-1');
    const stranger = await enter(token, 'other');
    expect(await stranger.until('type="error"')).toContain('<not-allowed');
    const alice = await enter(token);
    await alice.until('session-initiate');
    const twin = await enter(token);
    expect(await twin.until('type="error"')).toContain('<conflict');
  });

  it.each([
    ['XML cut short', '<presence'],
    ['a megabyte', `<message>${'x'.repeat(1 << 20)}</message>`],
    ['an abyss of elements', '<a>'.repeat(50_000)],
    ['a binary frame', Buffer.from([1, 2, 3])],
    [
      'a deep presence',
      `<presence to="stand-up@conference.localhost/x">${'<a>'.repeat(20_000)}${'</a>'.repeat(20_000)}</presence>`,
    ],
    [
      'a deep stanza',
      `<message to="stand-up@conference.localhost">${'<a>'.repeat(20_000)}${'</a>'.repeat(20_000)}</message>`,
    ],
  ])('closes a socket that sends %s, and goes on', async (_name, payload) => {
    const alice = await enter(await callToken('cometchat-uid-1'));
    await alice.until('session-initiate');
    const bob = await enter(await callToken('cometchat-uid-2'));
    await bob.until('session-initiate');
    bob.socket.send(payload);
    await Promise.race([once(bob.socket, 'close'), bob.until('type="error"')]);
    alice.socket.send('<iq type="get" id="still-there"><ping xmlns="urn:xmpp:ping"/></iq>');
    expect(await alice.until('still-there')).toContain('type="result"');
  });

  it('leaves other paths to others', () => {
    const request = { url: '/elsewhere' } as Parameters<Emulator['handleUpgrade']>[0];
    expect(emulator.handleUpgrade(request, undefined as never, Buffer.alloc(0))).toBe(false);
  });
});
