import { describe, expect, it } from 'vitest';
import { listening } from './listening.ts';
import { sendRaw, statusOf } from './raw.ts';

const host = 'Host: localhost\r\nConnection: close\r\n';

describe('what a proxy and a server may read differently', () => {
  it.each([
    ['another server in the request line', `GET http://evil.example/ HTTP/1.1\r\n${host}\r\n`, 400],
    ['this server in the request line', `GET http://localhost/ HTTP/1.1\r\n${host}\r\n`, 400],
    ['an API hidden behind a server', `POST http://x/api/identity HTTP/1.1\r\n${host}\r\n`, 400],
    ['no path', `OPTIONS * HTTP/1.1\r\n${host}\r\n`, 400],
    ['Host twice', `GET / HTTP/1.1\r\n${host}Host: evil.example\r\n\r\n`, 400],
    ['Host twice, the other first', `GET / HTTP/1.1\r\nHost: evil.example\r\n${host}\r\n`, 400],
    ['no Host', 'GET / HTTP/1.1\r\nConnection: close\r\n\r\n', 400],
    ['another Host', 'GET / HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n', 421],
    // These Node refuses (RFC 9112, 6.3).
    [
      'two lengths',
      `POST /api/identity HTTP/1.1\r\n${host}Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}`,
      400,
    ],
    [
      'a length and chunks',
      `POST /api/identity HTTP/1.1\r\n${host}Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
      400,
    ],
    [
      'chunks that are not the last encoding',
      `POST /api/identity HTTP/1.1\r\n${host}Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n`,
      400,
    ],
    ['a space before the colon', `GET / HTTP/1.1\r\n${host}Meet-Key : x\r\n\r\n`, 400],
    ['a folded header', `GET / HTTP/1.1\r\n${host}X: a\r\n b\r\n\r\n`, 400],
    ['a bare carriage return', `GET / HTTP/1.1\r\n${host}X: a\rHost: evil.example\r\n\r\n`, 400],
    ['a zero byte', `GET / HTTP/1.1\r\n${host}X: a\0b\r\n\r\n`, 400],
    ['a request of HTTP/0.9', 'GET /\r\n\r\n', 421],
    ['what is no HTTP', '\x16\x03\x01\x02\x00\r\n\r\n', 400],
  ])('%s is refused', async (_, text, status) => {
    const { port } = await listening();
    expect(statusOf(await sendRaw(port, text))).toBe(status);
  });
});

describe('too much', () => {
  it.each([
    ['an id of 5 KB', `GET /meet/${'a'.repeat(5000)} HTTP/1.1\r\n${host}\r\n`, 414],
    ['an id of 300 characters', `GET /meet/${'a'.repeat(300)} HTTP/1.1\r\n${host}\r\n`, 414],
    ['an address of 5 KB', `GET /${'a'.repeat(5000)} HTTP/1.1\r\n${host}\r\n`, 414],
    ['an address of 5 KB in its query', `GET /?${'a'.repeat(5000)} HTTP/1.1\r\n${host}\r\n`, 414],
    ['101 headers', `GET / HTTP/1.1\r\n${host}${'X: y\r\n'.repeat(99)}\r\n`, 431],
    ['17 KB of headers', `GET / HTTP/1.1\r\n${host}X: ${'y'.repeat(17_000)}\r\n\r\n`, 431],
    ['17 KB of address', `GET /${'y'.repeat(17_000)} HTTP/1.1\r\n${host}\r\n`, 431],
    [
      'a body that says it has 17 KB',
      `POST /api/identity HTTP/1.1\r\n${host}Content-Type: application/json\r\nContent-Length: 17000\r\n\r\n`,
      413,
    ],
    [
      'a body of 17 KB in a chunk',
      `POST /api/identity HTTP/1.1\r\n${host}Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n4268\r\n${'a'.repeat(17_000)}\r\n0\r\n\r\n`,
      413,
    ],
  ])('%s is refused', async (_, text, status) => {
    const { port } = await listening();
    expect(statusOf(await sendRaw(port, text))).toBe(status);
  });

  it('100 headers and 4 KB of address are not', async () => {
    const { port } = await listening();
    const text = `GET /?${'a'.repeat(4000)} HTTP/1.1\r\n${host}${'X: y\r\n'.repeat(98)}\r\n`;
    expect(statusOf(await sendRaw(port, text))).toBe(200);
  });
});

it.each([
  ['another server in the request line', 'GET http://evil.example/xmpp-websocket', 400],
  ['Host twice', 'GET /xmpp-websocket', 400],
])('an upgrade with %s is refused', async (name, line, status) => {
  const { port } = await listening();
  const twice = name === 'Host twice' ? 'Host: evil.example\r\n' : '';
  const text = `${line} HTTP/1.1\r\nHost: localhost\r\n${twice}Connection: Upgrade\r\nUpgrade: websocket\r\n\r\n`;
  expect(statusOf(await sendRaw(port, text))).toBe(status);
});
