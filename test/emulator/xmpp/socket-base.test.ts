import { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import { expect, it } from 'vitest';
import { socketBaseOf } from '../../../src/emulator/xmpp/socket-base.ts';

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
