import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import WebSocket, { WebSocketServer } from 'ws';
import type { Loss } from '../../../src/emulator/xmpp/session.ts';
import type { Sessions } from '../../../src/emulator/xmpp/sessions.ts';
import { type SocketOptions, serveSocket } from '../../../src/emulator/xmpp/socket.ts';
import { el } from '../../../src/emulator/xmpp/stanza.ts';
import { claimsOf, DOMAIN, openSessions } from './support.ts';

const FRAMING = 'urn:ietf:params:xml:ns:xmpp-framing';
const OPEN = `<open xmlns="${FRAMING}" to="${DOMAIN}" version="1.0"/>`;
const AUTH = '<auth xmlns="urn:ietf:params:xml:ns:xmpp-sasl" mechanism="ANONYMOUS"/>';
const BIND = '<iq id="b" type="set"><bind xmlns="urn:ietf:params:xml:ns:xmpp-bind"/></iq>';

/** Alice's socket, bound, as both ends see it. */
async function connect(sessions: Sessions, onStanza: SocketOptions['onStanza']) {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  await once(server, 'listening');
  const client = new WebSocket(`ws://127.0.0.1:${(server.address() as AddressInfo).port}`);
  onTestFinished(() => {
    client.terminate();
    server.close();
  });
  const [socket] = (await once(server, 'connection')) as [WebSocket];
  const claims = claimsOf('alice');
  const served = serveSocket(socket, {
    claims,
    domain: DOMAIN,
    base: '',
    sessions,
    onStanza,
    bindMs: 10_000,
    now: () => 0,
  });
  await once(client, 'open');
  for (const text of [OPEN, AUTH, OPEN, BIND]) client.send(text);
  return { client, socket, served };
}

it('cuts off who does not read what it asks for', async () => {
  let most = 0;
  const { client, socket } = await connect(openSessions(), to => {
    for (let i = 0; i < 10; i += 1) to.send(el('message', {}, 'x'.repeat(250_000)));
    most = Math.max(most, socket.bufferedAmount);
  });
  client.pause();
  for (let i = 0; i < 40; i += 1) client.send('<message/>');
  expect(await once(socket, 'close')).toEqual([1006, Buffer.alloc(0)]);
  expect(most).toBeLessThan(8_000_000);
});

it('ends who sends too much at once, and not those who have to hear it', async () => {
  const ended: string[] = [];
  const sessions = openSessions(({ claims }) => ended.push(claims.user.uid));
  const bob = sessions.open(claimsOf('bob'), DOMAIN, { base: '', send() {}, fail() {}, drop() {} });
  sessions.enable(bob);
  const { client, socket } = await connect(sessions, (_from, stanza) => bob.client.send(stanza));
  for (let i = 0; i < 30; i += 1) client.send(`<message>${'x'.repeat(250_000)}</message>`);
  await once(socket, 'close');
  expect(ended).toEqual(['alice']);
});

it.each<[string, Loss, (ends: { client: WebSocket; beat(): void }) => void]>([
  ['killed', 'ended', ({ client }) => client.terminate()],
  ['left', 'gone', ({ client }) => client.close(1001)],
  ['closed', 'cut', ({ client }) => client.close()],
  [
    'silent and given up',
    'cut',
    ({ client, beat }) => {
      client.pause();
      beat();
      beat();
    },
  ],
])('tells its session how it was lost: %s', async (_name, expected, lose) => {
  const sessions = openSessions();
  const losses: Loss[] = [];
  const open: Sessions['open'] = (...args) => {
    const session = sessions.open(...args);
    return { ...session, lose: (_wire, loss) => losses.push(loss) };
  };
  let onBound = () => {};
  const bound = new Promise<void>(resolve => {
    onBound = resolve;
  });
  const { client, socket, served } = await connect({ ...sessions, open }, () => onBound());
  client.send('<message/>');
  await bound;
  const closed = once(socket, 'close');
  lose({ client, beat: served.beat });
  await closed;
  expect(losses).toEqual([expected]);
});
