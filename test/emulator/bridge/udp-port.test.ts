import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { platform } from 'node:os';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { RemoteAddress } from '../../../src/emulator/bridge/ice-lite.ts';
import { ATTRIBUTE, encodeStun, MESSAGE } from '../../../src/emulator/bridge/stun.ts';
import { openUdpPort, type UdpPort } from '../../../src/emulator/bridge/udp-port.ts';

/** Linux answers to all of 127.0.0.0/8; others to the first address only. */
const OTHER = '127.0.0.2';
const hasOther = platform() === 'linux';

async function open(wanted?: number): Promise<UdpPort> {
  const port = await openUdpPort('127.0.0.1', wanted);
  onTestFinished(() => port.close());
  return port;
}

async function occupy(address: string, number = 0): Promise<number> {
  const socket = createSocket('udp4');
  socket.bind(number, address);
  await once(socket, 'listening');
  onTestFinished(() => new Promise(resolve => socket.close(() => resolve())));
  return socket.address().port;
}

async function visitor(): Promise<Socket> {
  const socket = createSocket('udp4');
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  onTestFinished(() => new Promise(resolve => socket.close(() => resolve())));
  return socket;
}

const check = (ufrag: string) =>
  encodeStun(
    MESSAGE.bindingRequest,
    Buffer.alloc(12, 7),
    [[ATTRIBUTE.username, Buffer.from(`${ufrag}:you`)]],
    'password of that one',
  );

describe('the UDP port', () => {
  it('is the wanted one, or another where that is taken', async () => {
    const taken = await occupy('127.0.0.1');
    expect((await open(taken)).port).not.toBe(taken);
    const free = await openUdpPort('127.0.0.1');
    await free.close();
    expect((await open(free.port)).port).toBe(free.port);
  });

  it('listens on its first address alone unless told otherwise', async () => {
    const port = await open();
    expect(port.placeOn('127.0.0.1')).toEqual({ address: '127.0.0.1', port: port.port });
    expect(port.placeOn(OTHER)).toBeNull();
  });

  it.skipIf(!hasOther)('listens on another address under the same number, asked once or often', async () => {
    const port = await open();
    await Promise.all([port.listenOn(OTHER), port.listenOn(OTHER)]);
    await port.listenOn(OTHER);
    expect(port.placeOn(OTHER)).toEqual({ address: OTHER, port: port.port });
  });

  it.skipIf(!hasOther)('takes another number where its own is taken there', async () => {
    const port = await open();
    await occupy(OTHER, port.port);
    await port.listenOn(OTHER);
    expect(port.placeOn(OTHER)?.port).not.toBe(port.port);
  });

  it.skipIf(!hasOther)('answers from the address that was asked', async () => {
    const port = await open();
    await port.listenOn(OTHER);
    const heard: RemoteAddress[] = [];
    const answer = (_: Buffer, from: RemoteAddress) => {
      heard.push(from);
      port.send(Buffer.from('here'), from);
    };
    port.register('me', { onCheck: answer, onPacket() {} });
    const asking = await visitor();
    for (const address of ['127.0.0.1', OTHER]) {
      const answered = once(asking, 'message') as Promise<[Buffer, AddressInfo]>;
      asking.send(check('me'), port.port, address);
      expect((await answered)[1]).toMatchObject({ address, port: port.port });
    }
    expect(heard.map(({ via }) => via)).toEqual(['127.0.0.1', OTHER]);
  });

  it('refuses an address that is not of this machine, and goes on', async () => {
    const port = await open();
    await expect(port.listenOn('203.0.113.7')).rejects.toMatchObject({ code: 'EADDRNOTAVAIL' });
    expect(port.placeOn('203.0.113.7')).toBeNull();
  });

  it.skipIf(!hasOther)('closes every socket, also one that is about to open', async () => {
    const port = await openUdpPort('127.0.0.1');
    const late = port.listenOn(OTHER);
    await Promise.all([port.close(), late]);
    await port.close();
    for (const address of ['127.0.0.1', OTHER]) expect(await occupy(address, port.port)).toBe(port.port);
  });
});
