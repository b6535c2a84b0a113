import { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import { expect, it } from 'vitest';
import { reachedBy, socketBaseOf } from '../../../src/emulator/xmpp/socket-base.ts';

const HOST = 'localhost:4680';
const request = (headers: Record<string, string>, socket = new Socket()) =>
  Object.assign(new IncomingMessage(socket), { headers });

it.each([
  ["our page's", request({ host: HOST, origin: `http://${HOST}` }), 'ws://localhost:4680'],
  ['a program without an origin', request({ host: '127.0.0.1:4680' }), 'ws://127.0.0.1:4680'],
  [
    'a page behind a proxy with TLS',
    request({ host: 'meet.test', origin: 'https://meet.test' }),
    'wss://meet.test',
  ],
  [
    "an app's own page with TLS, which may talk to localhost without",
    request({ host: HOST, origin: 'https://localhost:5173' }),
    'ws://localhost:4680',
  ],
  [
    'a socket with TLS',
    request({ host: 'xmpp.localhost:8443' }, new TLSSocket(new Socket())),
    'wss://xmpp.localhost:8443',
  ],
])('for %s', (_name, incoming, base) => {
  expect(socketBaseOf(incoming)).toBe(base);
});

const between = (localAddress: string | undefined, remoteAddress: string) => ({
  socket: { localAddress, remoteAddress } as Socket,
});

it.each([
  ['another machine', between('192.168.1.5', '192.168.1.9'), ['192.168.1.5']],
  ['another machine by IPv6', between('fd00::5', 'fd00::9'), ['fd00::5']],
  ['one on a socket for both', between('::ffff:192.168.1.5', '::ffff:192.168.1.9'), ['192.168.1.5']],
  ['this machine by its own address', between('192.168.1.5', '192.168.1.5'), ['192.168.1.5', '127.0.0.1']],
  ['loopback', between('127.0.0.1', '127.0.0.1'), []],
  ['loopback on a socket for both', between('::ffff:127.0.0.1', '::ffff:127.0.0.1'), []],
  ['loopback by IPv6', between('::1', '::1'), []],
  ['a link-local address, which a candidate cannot name', between('fe80::5%eth0', 'fe80::9%eth0'), []],
  ['a socket that is gone', between(undefined, ''), []],
])('media of a visitor from %s', (_name, request, reached) => {
  expect(reachedBy(request)).toEqual(reached);
});
