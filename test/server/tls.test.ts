import { createHash, X509Certificate } from 'node:crypto';
import { request as plainRequest, type RequestListener } from 'node:http';
import { request as tlsRequest } from 'node:https';
import { connect } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { expect, it, onTestFinished } from 'vitest';
import WebSocket, { WebSocketServer } from 'ws';
import { makeAuthority } from '../../src/server/authority.ts';
import { makeCertificate } from '../../src/server/certificate.ts';
import { type Listener, listen } from '../../src/server/listen.ts';
import { isEncrypted } from '../../src/server/remote.ts';
import { makeKey } from '../../src/server/x509-keys.ts';

const key = makeKey();
const names = { dns: ['localhost', 'xmpp.localhost'], ip: ['127.0.0.1', '::1'] };
const authority = await (async () => {
  const signer = makeKey();
  return { key: signer, cert: await makeAuthority({ key: signer, names, machine: 'box', now: Date.now() }) };
})();
const certify = () => makeCertificate({ key, authority, names, now: Date.now() });
const cert = await certify();

/** Answers with what it saw: whether it came over TLS, and the hash of its body. */
const echo: RequestListener = async (request, response) => {
  const hash = createHash('sha256');
  for await (const chunk of request) hash.update(chunk);
  response.end(`${isEncrypted(request) ? 'tls' : 'plain'} ${request.socket.localPort} ${hash.digest('hex')}`);
};

async function start(): Promise<Listener> {
  const listener = await listen({ port: 0, tls: { key, cert } });
  const sockets = new WebSocketServer({ noServer: true });
  listener.serve(echo, (request, socket, head) =>
    sockets.handleUpgrade(request, socket, head, accepted =>
      accepted.send(isEncrypted(request) ? 'tls' : 'plain'),
    ),
  );
  onTestFinished(() => listener.close(0));
  return listener;
}

/** Trusts the server's authority and no other. */
function ask(
  scheme: 'http' | 'https',
  port: number,
  body: Buffer,
  servername = 'localhost',
): Promise<string> {
  const options = { port, host: '127.0.0.1', method: 'POST', agent: false };
  const request =
    scheme === 'http' ? plainRequest(options) : tlsRequest({ ...options, ca: authority.cert, servername });
  return new Promise((resolve, reject) => {
    request.on('error', reject);
    request.on('response', async response => {
      let text = '';
      for await (const chunk of response) text += chunk;
      resolve(text);
    });
    request.end(body);
  });
}

const hashOf = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');

it.each(['http', 'https'] as const)('answers %s on the one port, whatever the size', async scheme => {
  const { port } = await start();
  for (const size of [0, 1, 5_000_000]) {
    const body = Buffer.alloc(size, 'x');
    const said = scheme === 'http' ? 'plain' : 'tls';
    expect(await ask(scheme, port, body)).toBe(`${said} ${port} ${hashOf(body)}`);
  }
});

it('proves to be xmpp.localhost too, which SDK v4 dials, and nobody else', async () => {
  const { port } = await start();
  expect(await ask('https', port, Buffer.alloc(0), 'xmpp.localhost')).toMatch(/^tls/);
  await expect(ask('https', port, Buffer.alloc(0), 'example.com')).rejects.toMatchObject({
    code: 'ERR_TLS_CERT_ALTNAME_INVALID',
  });
});

it.each([
  ['ws', 'plain'],
  ['wss', 'tls'],
])('opens sockets to %s', async (scheme, said) => {
  const { port } = await start();
  const socket = new WebSocket(`${scheme}://localhost:${port}/`, { ca: authority.cert });
  expect(
    String(await new Promise((resolve, reject) => socket.on('message', resolve).on('error', reject))),
  ).toBe(said);
  socket.terminate();
});

it('understands a request that comes byte by byte', async () => {
  const { port } = await start();
  const socket = connect(port, '127.0.0.1');
  const answer = new Promise<string>(resolve => socket.once('data', data => resolve(String(data))));
  for (const letter of 'GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n') {
    await new Promise(resolve => socket.write(letter, resolve));
  }
  expect(await answer).toMatch(/^HTTP\/1\.1 200/);
});

it.each([
  ['hangs up at once', ''],
  ['sends what is neither', '\x00\x01\x02'],
  ['breaks off its handshake', '\x16\x03\x01'],
  ['shakes hands with nonsense', `\x16\x03\x01\x00\x05nonsense${'x'.repeat(100)}`],
])('lives on when a client %s', async (_, bytes) => {
  const { port } = await start();
  const socket = connect(port, '127.0.0.1');
  const closed = new Promise(resolve => socket.on('close', resolve));
  socket.on('error', () => {}).resume();
  socket.end(Buffer.from(bytes, 'latin1'));
  await closed;
  expect(await ask('https', port, Buffer.alloc(0))).toMatch(/^tls/);
});

it('closes with clients that have not said a word, and with ones that are under way', async () => {
  const { port, close } = await start();
  const silent = connect(port, '127.0.0.1');
  const socket = new WebSocket(`wss://localhost:${port}/`, { ca: authority.cert });
  await new Promise(resolve => socket.on('message', resolve));
  const gone = [silent, socket].map(
    each => new Promise(resolve => each.on('close', resolve).on('error', () => {})),
  );
  await close(0);
  await Promise.all(gone);
});

/** The serial number of the certificate that a new connection is shown. */
function shown(port: number): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connectTls({ port, host: '127.0.0.1', servername: 'localhost', ca: authority.cert });
    socket.once('error', reject).once('secureConnect', () => {
      resolve(socket.getPeerCertificate().serialNumber);
      socket.destroy();
    });
  });
}

it('shows a renewed certificate to who comes, and drops nobody who is there', async () => {
  const { port, renewTls } = await start();
  const socket = new WebSocket(`wss://localhost:${port}/`, { ca: authority.cert });
  await new Promise(resolve => socket.on('message', resolve));
  const before = await shown(port);
  const next = await certify();
  renewTls({ key, cert: next });
  expect(await shown(port)).toBe(new X509Certificate(next).serialNumber);
  expect(await shown(port)).not.toBe(before);
  const pong = new Promise(resolve => socket.once('pong', resolve));
  socket.ping();
  await pong;
  socket.terminate();
});

it('goes on without TLS when there is nothing to renew', async () => {
  const listener = await listen({ port: 0 });
  onTestFinished(() => listener.close(0));
  listener.renewTls({ key, cert });
  listener.serve(echo, () => {});
  expect(await ask('http', listener.port, Buffer.alloc(0))).toMatch(/^plain/);
});
