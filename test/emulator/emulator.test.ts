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
  const limits = { graceMs: 300, bindMs: 300 };
  emulator = await createEmulator({ ...keys, ...limits, now: () => now, mayIssue: uid => !refused.has(uid) });
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

const FRAMING = 'urn:ietf:params:xml:ns:xmpp-framing';
const SM = 'urn:xmpp:sm:3';

/** A socket, what it received, and the way to wait for more. */
async function dial(token: string) {
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
  const open = `<open xmlns="${FRAMING}" to="localhost:${port}" version="1.0"/>`;
  const auth = '<auth xmlns="urn:ietf:params:xml:ns:xmpp-sasl" mechanism="ANONYMOUS"/>';
  for (const text of [open, auth, open]) socket.send(text);
  return { socket, inbox, until };
}

/** Brings a socket into its room the way the SDK does. */
async function enter(token: string, room = 'stand-up') {
  const { socket, inbox, until } = await dial(token);
  socket.send('<iq id="b" type="set"><bind xmlns="urn:ietf:params:xml:ns:xmpp-bind"/></iq>');
  const jid = /<jid>([^<]+)/.exec(await until('<jid>'))?.[1] ?? '';
  socket.send(`<enable xmlns="${SM}" resume="true"/>`);
  const resumption = /<enabled [^>]*id="([^"]+)/.exec(await until('<enabled'))?.[1] ?? '';
  socket.send(`<presence to="${room}@conference.localhost:${port}/${jid.slice(0, 8)}"/>`);
  return { socket, inbox, jid, resumption, until };
}

/** Two people in one room, each with the other's offer. */
async function meet() {
  const tokens = [await callToken('cometchat-uid-1'), await callToken('cometchat-uid-2')] as const;
  const [alice, bob] = [await enter(tokens[0]), await enter(tokens[1])];
  await Promise.all([alice, bob].map(({ until }) => until('session-initiate')));
  return { alice, bob, aliceToken: tokens[0] };
}
type Met = Awaited<ReturnType<typeof meet>>;
const cutAlice = (how: 'clean' | 'dead') =>
  emulator.faults.add({
    ...{ kind: 'socket', how, which: 'signalling', sessionId: null, uid: 'cometchat-uid-1', forMs: null },
  });

describe('the emulator', () => {
  it('brings two people into one room and offers each a session; the room vanishes behind them', async () => {
    const [alice, bob] = [
      await enter(await callToken('cometchat-uid-1')),
      await enter(await callToken('cometchat-uid-2')),
    ];
    await Promise.all([alice, bob].map(({ until }) => until('session-initiate')));
    await alice.until(bob.jid);
    expect(emulator.stats()).toEqual({ rooms: 1, occupants: 2, sockets: 2, channels: 0 });
    const uids = emulator.people('stand-up').map(({ uid }) => uid);
    expect(uids).toEqual(['cometchat-uid-1', 'cometchat-uid-2']);
    bob.socket.close(1001);
    await alice.until('type="unavailable"');
    alice.socket.close(1001);
    await expect.poll(emulator.stats).toEqual({ rooms: 0, occupants: 0, sockets: 0, channels: 0 });
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

describe('a lost socket', () => {
  it.each<[string, (met: Met) => unknown]>([
    ['closed by the server', () => cutAlice('clean')],
    ['closed by the client, which lib-jitsi-meet does', ({ alice }) => alice.socket.close()],
    ['lost', ({ alice }) => alice.socket.terminate()],
    ['silent', () => emulator.faults.remove(cutAlice('dead').id)],
  ])('that was %s is replaced within the grace, and nobody has noticed', async (_name, cut) => {
    const met = await meet();
    const { alice, bob, aliceToken } = met;
    const received = alice.inbox.filter(text => /^<(iq|presence|message)/.test(text)).length - 1;
    cut(met);
    bob.socket.send(
      `<message type="groupchat" to="stand-up@conference.localhost:${port}"><body>meanwhile</body></message>`,
    );
    await bob.until('meanwhile');
    const back = await dial(aliceToken);
    back.socket.send(`<resume xmlns="${SM}" previd="${alice.resumption}" h="${received}"/>`);
    expect(await back.until('<resumed')).toContain(`previd="${alice.resumption}"`);
    await back.until('meanwhile');
    back.socket.send('<iq type="get" id="after"><ping xmlns="urn:xmpp:ping"/></iq>');
    await back.until('after');
    expect(bob.inbox.filter(text => text.includes('unavailable'))).toEqual([]);
    expect(emulator.stats()).toMatchObject({ rooms: 1, occupants: 2 });
  });

  it('that nobody replaces makes its occupant leave after the grace', async () => {
    const { bob, aliceToken } = await meet();
    cutAlice('clean');
    await bob.until('type="unavailable"');
    expect(emulator.stats()).toMatchObject({ rooms: 1, occupants: 1 });
    await (await enter(aliceToken)).until('session-initiate');
  });

  it('is left behind by who comes anew with the same token, at once', async () => {
    const { bob, aliceToken } = await meet();
    cutAlice('clean');
    await (await enter(aliceToken)).until('session-initiate');
    expect(await bob.until('type="unavailable"')).toContain('<item');
    expect(emulator.stats()).toMatchObject({ rooms: 1, occupants: 2 });
  });

  it('is no way in for another’s token, nor once the right to the session is gone', async () => {
    const { alice, aliceToken } = await meet();
    cutAlice('clean');
    const mallory = await dial(await callToken('cometchat-uid-3'));
    mallory.socket.send(`<resume xmlns="${SM}" previd="${alice.resumption}" h="0"/>`);
    await mallory.until('<failed');
    refused.add('cometchat-uid-1');
    expect(await statusOf(connect(aliceToken))).toBe(403);
  });
});

describe('a socket', () => {
  it('without a token waits for a word of whose screen it is, and not for long', async () => {
    const nobody = new WebSocket(`ws://127.0.0.1:${port}/xmpp-websocket`, 'xmpp');
    await once(nobody, 'open');
    const [, said] = await Promise.all([once(nobody, 'close'), once(nobody, 'message')]);
    expect(String(said[0])).toContain('<connection-timeout');
    await expect.poll(() => emulator.stats().sockets).toBe(0);
  });

  it('without a token is one of a few', async () => {
    const address = `ws://127.0.0.1:${port}/xmpp-websocket`;
    const few = Array.from({ length: 32 }, () => new WebSocket(address, 'xmpp'));
    await Promise.all(few.map(socket => once(socket, 'open')));
    expect(await statusOf(new WebSocket(address, 'xmpp'))).toBe(503);
  });

  it('that is not bound in time is closed', async () => {
    const { socket, until } = await dial(await callToken('cometchat-uid-1'));
    await Promise.all([once(socket, 'close'), until('<connection-timeout')]);
  });

  it('that floods is closed, its occupant gone at once, and others go on', async () => {
    const { alice, bob } = await meet();
    const room = `stand-up@conference.localhost:${port}/${bob.jid.slice(0, 8)}`;
    for (let i = 0; i < 400; i += 1) bob.socket.send(`<presence to="${room}"><nick>${i}</nick></presence>`);
    await Promise.all([once(bob.socket, 'close'), bob.until('<policy-violation')]);
    await alice.until('type="unavailable"');
    alice.socket.send('<iq type="get" id="still-there"><ping xmlns="urn:xmpp:ping"/></iq>');
    await alice.until('still-there');
  });
});
