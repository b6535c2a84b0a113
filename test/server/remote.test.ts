import type { IncomingMessage } from 'node:http';
import { describe, expect, it } from 'vitest';
import { createHostPolicy } from '../../src/server/hosts.ts';
import { parseNetworks } from '../../src/server/networks.ts';
import { addressOf, createProxies, isEncrypted, isLocal } from '../../src/server/remote.ts';
import { startHarness } from './harness.ts';

const behind = createProxies(parseNetworks(['10.0.0.0/24', '127.0.0.1'], 'X'));

function arrived(remoteAddress: string, headers: Record<string, string>, proxies = behind) {
  const request = {
    headers: { host: 'localhost', ...headers },
    socket: { remoteAddress } as IncomingMessage['socket'],
  };
  proxies.read(request);
  const { host } = request.headers;
  return { address: addressOf(request), local: isLocal(request), tls: isEncrypted(request), host };
}

describe('a request through a trusted proxy', () => {
  it.each([
    ['1.2.3.4', '1.2.3.4', false],
    ['127.0.0.1', '127.0.0.1', true],
    ['::1', '::1', true],
    // A network that is trusted is not this machine.
    ['127.0.0.1, 10.0.0.9', '127.0.0.1', false],
    ['1.2.3.4, 10.0.0.9', '1.2.3.4', false],
    // What a visitor wrote stands left of what the first trusted proxy saw.
    ['127.0.0.1, 1.2.3.4', '1.2.3.4', false],
    ['127.0.0.1, 1.2.3.4, 10.0.0.9', '1.2.3.4', false],
    ['1.2.3.4:999', '1.2.3.4', false],
    ['unknown', 'unknown', false],
    ['127.0.0.1, unknown', 'unknown', false],
  ])('came from X-Forwarded-For: %s, %s', (header, address, local) => {
    for (const proxy of ['10.0.0.1', '127.0.0.1', '::ffff:10.0.0.1']) {
      // Only this machine speaks for this machine.
      const expected = { address, local: local && proxy === '127.0.0.1' };
      expect(arrived(proxy, { 'x-forwarded-for': header })).toMatchObject(expected);
    }
  });

  it('has its scheme and its host', () => {
    const headers = {
      'x-forwarded-for': '1.2.3.4',
      'x-forwarded-proto': 'https',
      'x-forwarded-host': 'm.example',
    };
    expect(arrived('10.0.0.1', headers)).toEqual({
      address: '1.2.3.4',
      local: false,
      tls: true,
      host: 'm.example',
    });
  });
});

describe('a request through anybody else', () => {
  const spoofed = {
    'x-forwarded-for': '127.0.0.1',
    'x-forwarded-proto': 'https',
    'x-forwarded-host': 'm.example',
  };

  it.each(['1.2.3.4', '10.0.1.1', 'fd00::1'])('is what %s sent, whatever it says', peer => {
    expect(arrived(peer, spoofed)).toEqual({ address: peer, local: false, tls: false, host: 'localhost' });
  });

  it.each([
    ['1.2.3.4', false],
    ['127.0.0.1, 1.2.3.4', false],
    ['nonsense', false],
    ['127.0.0.1', true],
    ['::1', true],
  ])('on this machine that relays for %s has the rights of this machine: %s', (client, local) => {
    expect(arrived('127.0.0.1', { 'x-forwarded-for': client }, createProxies()).local).toBe(local);
    expect(
      arrived('127.0.0.1', { 'x-real-ip': client.split(', ').at(-1) ?? '' }, createProxies()).local,
    ).toBe(local);
  });
});

describe('a proxy on this machine that names nobody we read', () => {
  it.each([{ forwarded: 'for=1.2.3.4' }, { forwarded: 'for=127.0.0.1' }, { via: '1.1 proxy' }])(
    'has no rights of this machine: %j',
    headers => {
      for (const proxies of [createProxies(), behind])
        expect(arrived('127.0.0.1', headers, proxies).local).toBe(false);
    },
  );
});

describe('the server behind a trusted proxy', () => {
  const proxied = () =>
    startHarness({
      proxies: behind,
      baseUrl: 'http://localhost:4680',
      hosts: createHostPolicy({ baseUrl: 'http://localhost:4680', allowed: ['m.example'] }),
      rateLimits: { visits: 2, api: 100 },
    });
  const ask = async (
    { app }: Awaited<ReturnType<typeof proxied>>,
    remoteAddress: string,
    headers: Record<string, string>,
  ) =>
    (
      await app.inject({
        method: 'POST',
        url: '/api/identity',
        payload: { uid: 'a' },
        remoteAddress,
        headers,
      })
    ).statusCode;

  it('limits each visitor by themselves, and who only says to come through one as one', async () => {
    const server = await proxied();
    const from = (peer: string, client: string) => ask(server, peer, { 'x-forwarded-for': client });
    for (const client of ['1.1.1.1', '1.1.1.2', '1.1.1.1', '1.1.1.2'])
      expect(await from('10.0.0.1', client)).toBe(200);
    expect(await from('10.0.0.1', '1.1.1.1')).toBe(429);
    const spoofer = [];
    for (const client of ['2.1.1.1', '2.1.1.2', '2.1.1.3']) spoofer.push(await from('9.9.9.9', client));
    expect(spoofer).toEqual([200, 200, 429]);
  });

  it('answers to the name and the origin that the proxy was asked for', async () => {
    const server = await proxied();
    const headers = {
      host: 'upstream',
      'x-forwarded-for': '1.1.1.3',
      'x-forwarded-host': 'm.example',
      'x-forwarded-proto': 'https',
    };
    expect(await ask(server, '10.0.0.1', { ...headers, origin: 'https://m.example' })).toBe(200);
    expect(await ask(server, '10.0.0.1', { ...headers, origin: 'https://evil.example' })).toBe(403);
    expect(await ask(server, '10.0.0.1', { ...headers, 'x-forwarded-host': 'evil.example' })).toBe(421);
    expect(await ask(server, '9.9.9.9', { ...headers, origin: 'https://m.example' })).toBe(421);
  });
});
