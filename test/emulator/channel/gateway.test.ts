import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import WebSocket from 'ws';
import {
  type ChannelConference,
  type Channels,
  createChannels,
} from '../../../src/emulator/channel/channels.ts';
import { type ChannelGateway, createChannelGateway } from '../../../src/emulator/channel/gateway.ts';
import { createFaults, type Faults } from '../../../src/emulator/faults/faults.ts';

const HEARTBEAT_MS = 50;

let server: Server;
let faults: Faults;
let channels: Channels;
let conference: ChannelConference;
let gateway: ChannelGateway;

beforeEach(async () => {
  faults = createFaults({ now: Date.now });
  channels = createChannels(Date.now);
  conference = channels.openConference();
  gateway = createChannelGateway({ channels, sockets: faults.sockets, heartbeatMs: HEARTBEAT_MS });
  server = createServer().on('upgrade', gateway.upgrade);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
});

afterEach(async () => {
  faults.close();
  gateway.close();
  server.close();
  await once(server, 'close');
});

const port = () => (server.address() as AddressInfo).port;
const admit = (id: string) =>
  conference.admit(id, { sessionId: 'stand-up', uid: id }, { onConstraints() {}, onVideoType() {} });
const dial = (path: string) => new WebSocket(`ws://127.0.0.1:${port()}${path}`);
const statusOf = async (socket: WebSocket) => {
  const [, response] = await once(socket, 'unexpected-response');
  return (response as { statusCode: number }).statusCode;
};
const codeOf = async (socket: WebSocket) => (await once(socket, 'close'))[0] as number;
const open = async (path: string) => {
  const socket = dial(path);
  await once(socket, 'open');
  return socket;
};
const next = async (socket: WebSocket) => JSON.parse(String((await once(socket, 'message'))[0])) as object;

describe('the gateway of bridge channels', () => {
  it('takes a message from one to another', async () => {
    const [alice, bob] = [await open(admit('alice').path), await open(admit('bob').path)];
    alice.send(JSON.stringify({ colibriClass: 'EndpointMessage', to: 'bob', msgPayload: 'hi' }));
    expect(await next(bob)).toMatchObject({ from: 'alice', msgPayload: 'hi' });
    expect(gateway.sockets).toBe(2);
  });

  it.each([
    ['a wrong password', (path: string) => `${path.slice(0, -1)}!`],
    ['an empty password', (path: string) => path.replace(/pwd=.*/, 'pwd=')],
    ['no password', (path: string) => path.replace(/\?.*/, '')],
    ["another's password", (path: string) => path.replace('alice', 'bob')],
    ['an unknown endpoint', (path: string) => path.replace('alice', 'carol')],
    ['an unknown conference', (path: string) => path.replace(/ws\/\w+/, 'ws/0123456789abcdef')],
    ['a longer path', (path: string) => path.replace('alice', 'alice/more')],
    ['an encoded path', (path: string) => path.replace('alice', '%61lice')],
    ['an endpoint of the prototype', (path: string) => path.replace('alice', '__proto__')],
  ])('refuses %s, always with the same answer', async (_name, change) => {
    admit('bob');
    expect(await statusOf(dial(change(admit('alice').path)))).toBe(403);
    expect(gateway.sockets).toBe(0);
  });

  it('refuses who has left', async () => {
    const pass = admit('alice');
    pass.close();
    expect(await statusOf(dial(pass.path))).toBe(403);
  });

  it('keeps one channel per endpoint, the newest', async () => {
    const { path } = admit('alice');
    const first = await open(path);
    const closed = codeOf(first);
    const second = await open(path);
    expect(await closed).toBe(4001);
    const bob = await open(admit('bob').path);
    bob.send(JSON.stringify({ colibriClass: 'EndpointMessage', to: 'alice', msgPayload: 1 }));
    expect(await next(second)).toMatchObject({ from: 'bob' });
  });

  it.each([
    ['binary data', (socket: WebSocket) => socket.send(Buffer.from([1])), 1003],
    ['a frame too large', (socket: WebSocket) => socket.send(' '.repeat(64 * 1024 + 1)), 1009],
    ['a flood', (socket: WebSocket) => Array.from({ length: 500 }, () => socket.send('{}')), 1008],
  ])('closes a channel that sends %s, and goes on with the others', async (_name, send, code) => {
    const [alice, bob] = [await open(admit('alice').path), await open(admit('bob').path)];
    send(alice);
    expect(await codeOf(alice)).toBe(code);
    bob.send('{"colibriClass":"ClientHello"}');
    expect(await next(bob)).toMatchObject({ colibriClass: 'ServerHello' });
  });

  it('survives what is nested so deeply that it cannot be written again', async () => {
    const [alice, bob] = [await open(admit('alice').path), await open(admit('bob').path)];
    const deep = '['.repeat(30_000) + ']'.repeat(30_000);
    alice.send(`{"colibriClass":"EndpointMessage","to":"","msgPayload":${deep}}`);
    bob.send('{"colibriClass":"ClientHello"}');
    for (let heard: object = {}; ; heard = await next(bob)) if ('version' in heard) break;
  });

  it('drops a channel that does not answer pings, and keeps one that does', async () => {
    const [dead, alive] = [admit('alice'), await open(admit('bob').path)];
    const socket = connect(port(), '127.0.0.1');
    socket.write(
      `GET ${dead.path} HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n`,
    );
    await once(socket, 'data');
    socket.resume();
    await once(socket, 'close');
    expect(alive.readyState).toBe(WebSocket.OPEN);
    expect(gateway.sockets).toBe(1);
  });

  it('terminates a receiver who does not read, and lets it dial again', async () => {
    const { path } = admit('bob');
    const [alice, bob] = [await open(admit('alice').path), await open(path)];
    bob.pause();
    const closed = codeOf(bob);
    const payload = 'x'.repeat(60_000);
    for (let sent = 0; sent < 400; sent += 1) conference.events.onForwarded('bob', [payload]);
    bob.resume();
    await closed;
    expect(alice.readyState).toBe(WebSocket.OPEN);
    expect((await open(path)).readyState).toBe(WebSocket.OPEN);
  });

  it('closes channels on purpose when a fault says so, and refuses them while it lasts', async () => {
    const { path } = admit('alice');
    const alice = await open(path);
    const closed = codeOf(alice);
    faults.add({
      kind: 'socket',
      how: 'clean',
      which: 'channel',
      sessionId: null,
      uid: 'alice',
      forMs: 60_000,
    });
    expect(await closed).toBe(1001);
    expect(await statusOf(dial(path))).toBe(503);
  });

  it('lets nothing open behind it when it is closed', async () => {
    const alice = await open(admit('alice').path);
    const closed = codeOf(alice);
    gateway.close();
    expect(await closed).toBe(1006);
  });
});
