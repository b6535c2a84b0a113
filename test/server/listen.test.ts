import { createServer, request, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { networkInterfaces } from 'node:os';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createUpgradeListener } from '../../src/server/emulator-mount.ts';
import { createHostPolicy } from '../../src/server/hosts.ts';
import { type Listener, type ListenOptions, listen } from '../../src/server/listen.ts';

const hasIpv6 = Object.values(networkInterfaces()).some(all => all?.some(({ address }) => address === '::1'));
const refuseUpgrade = createUpgradeListener({
  hosts: createHostPolicy({ baseUrl: 'http://localhost', allowed: [] }),
  emulator: null,
});

async function listening(options: Partial<ListenOptions> = {}): Promise<Listener> {
  const listener = await listen({ port: 0, ...options });
  onTestFinished(() => listener.close(0));
  return listener;
}

/** Takes a port on one address, as another program would. */
async function occupy(host: string, port = 0): Promise<number> {
  const server: Server = createServer();
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, host, resolve));
  onTestFinished(() => void server.close());
  return (server.address() as AddressInfo).port;
}

/** The status line and headers that an upgrade is answered with. */
function upgrade(port: number, headers: Record<string, string>): Promise<{ status: number; body: string }> {
  return new Promise((resolve, reject) => {
    const asked = request({
      port,
      host: '127.0.0.1',
      headers: { connection: 'Upgrade', upgrade: 'websocket', ...headers },
    });
    asked.on('error', reject);
    asked.on('response', response => {
      let body = '';
      response.on('data', chunk => {
        body += chunk;
      });
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body }));
    });
    asked.end();
  });
}

describe('listen', () => {
  it.skipIf(!hasIpv6)('answers on both addresses that localhost may mean', async () => {
    const listener = await listening();
    listener.serve((_, response) => response.end('here'), refuseUpgrade);
    for (const host of ['127.0.0.1', '[::1]', 'localhost']) {
      expect(await (await fetch(`http://${host}:${listener.port}/`)).text()).toBe('here');
    }
  });

  it('lets what comes early wait instead of failing', async () => {
    const listener = await listening();
    const early = fetch(`http://127.0.0.1:${listener.port}/`);
    listener.serve((_, response) => response.end('late'), refuseUpgrade);
    expect(await (await early).text()).toBe('late');
  });

  it('refuses a taken port that was asked for', async () => {
    const port = await occupy('127.0.0.1');
    await expect(listen({ port })).rejects.toMatchObject({
      code: 'PORT_IN_USE',
      message: `Port ${port} is in use; pick another with --port.`,
    });
  });

  it.skipIf(!hasIpv6)('counts a port as taken when another program has it on ::1', async () => {
    const port = await occupy('::1');
    await expect(listen({ port })).rejects.toMatchObject({ code: 'PORT_IN_USE' });
    await expect(occupy('127.0.0.1', port)).resolves.toBe(port);
  });

  it('takes the next free port when it may', async () => {
    const port = await occupy('127.0.0.1');
    const listener = await listening({ port, tries: 20 });
    expect(listener.port).toBeGreaterThan(port);
  });

  it.each(['203.0.113.7', 'no-such-host.invalid'])(
    'refuses the host %s, which is not of this machine',
    async host => {
      await expect(listen({ port: 0, host })).rejects.toMatchObject({ code: 'BAD_CONFIG' });
    },
  );

  it('frees the port when it is closed, and cuts who stays', async () => {
    const listener = await listen({ port: 0 });
    listener.serve(() => {}, refuseUpgrade);
    const socket = connect(listener.port, '127.0.0.1');
    const cut = new Promise(resolve => socket.on('close', resolve));
    await new Promise(resolve => socket.on('connect', resolve));
    socket.write('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n');
    await listener.close(10);
    await cut;
    await expect(occupy('127.0.0.1', listener.port)).resolves.toBe(listener.port);
  });
});

describe('upgrades', () => {
  it.each([
    ['an unknown path', { host: 'localhost' }, 404, 'NOT_FOUND'],
    ['a host that is not ours', { host: 'evil.example' }, 421, 'BAD_HOST'],
    ['the page of another site', { host: 'localhost', origin: 'https://evil.example' }, 403, 'BAD_ORIGIN'],
  ])('from %s are answered with a status', async (_, headers, status, code) => {
    const listener = await listening();
    listener.serve((_, response) => response.end(), refuseUpgrade);
    const answer = await upgrade(listener.port, headers);
    expect({ status: answer.status, code: JSON.parse(answer.body).code }).toEqual({ status, code });
  });
});
