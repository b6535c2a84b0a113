import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BrowserContext, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { findBrowser } from '../../src/smoke/browser/find-browser.ts';
import { browserArguments } from '../../src/smoke/browser/launch.ts';
import { type Host, type LanNetwork, openNetwork, whyNoNetwork } from './lan-network.ts';
import { type LanServer, startLanServer } from './lan-server.ts';
import { untilSeen, untilState, watchPage } from './page-watch.ts';

const obstacle = whyNoNetwork() ?? whyNoTrust();
if (obstacle) process.stderr.write(`\nSKIPPED: two browsers on two network namespaces, for ${obstacle}.\n\n`);

let network: LanNetwork;
let server: LanServer;

/** The database of trust that Chromium reads on Linux; without its tool nobody can be made to trust anybody. */
function whyNoTrust(): string | null {
  try {
    execFileSync('certutil', ['-H'], { stdio: 'pipe' });
    return null;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    // It calls its own help a failure.
    return code === 'ENOENT' ? 'there is no certutil; Debian: apt-get install libnss3-tools' : null;
  }
}

interface Trusting {
  /** Whose certificate its user has installed. */
  readonly authority?: string;
}

/** A real browser in a namespace, with a home of its own. */
async function openBrowser(host: Host, { authority }: Trusting): Promise<BrowserContext> {
  const found = findBrowser({ env: process.env });
  if (!found) throw new Error('no browser was found; npm test installs one');
  const home = mkdtempSync(join(tmpdir(), 'meet-lan-home-'));
  const database = join(home, '.pki', 'nssdb');
  mkdirSync(database, { recursive: true });
  const nss = (...args: string[]) =>
    execFileSync('certutil', ['-d', `sql:${database}`, ...args], { stdio: 'pipe' });
  nss('-N', '--empty-password');
  if (authority) nss('-A', '-t', 'C,,', '-n', 'meet', '-i', authority);
  const browser = await chromium.launch({
    executablePath: host.wrap(found.path),
    args: browserArguments({ loopbackOnly: false, root: true }),
    env: { PATH: process.env.PATH ?? '', HOME: home },
  });
  onTestFinished(async () => {
    await browser.close();
    rmSync(home, { recursive: true, force: true });
  });
  return browser.newContext({ viewport: { width: 640, height: 480 } });
}

async function visit(host: Host, url: string, trusting: Trusting): Promise<Page> {
  const page = await (await openBrowser(host, trusting)).newPage();
  await watchPage(page);
  await page.goto(url);
  return page;
}

/** The two ends of the way that media takes. */
function readWay(page: Page): Promise<{ from: string; to: string; toPort: number; protocol: string }[]> {
  return page.evaluate('__watch.ways()');
}

/** On which addresses beyond loopback a namespace takes UDP. */
function listeningUdp(host: Host): string[] {
  const rows = host.run('cat', '/proc/net/udp').trim().split('\n').slice(1);
  const addresses = rows.map(row => row.trim().split(/\s+/)[1]?.split(':')[0] ?? '');
  const dotted = addresses.map(hex => [...Buffer.from(hex, 'hex')].reverse().join('.'));
  return dotted.filter(address => address !== '127.0.0.1');
}

describe.skipIf(obstacle !== null)('over https on the LAN', () => {
  beforeAll(async () => {
    network = openNetwork();
    server = await startLanServer(network.server, '--https', '--host', '--port', '4680');
  });
  afterAll(async () => {
    await server?.stop();
    network?.remove();
  });

  it('two browsers on two machines meet', async () => {
    const { address } = network.server;
    expect(server.said).toMatchObject({ url: `https://${address}:4680`, local: 'http://localhost:4680' });
    const link = (await server.meet('create')) as string;
    expect(link).toMatch(`https://${address}:4680/meet/`);
    expect(listeningUdp(network.server)).toEqual([]);

    const authority = server.said.tls.caFile;
    const pages = await Promise.all(
      network.visitors.map((host, index) => visit(host, `${link}?as=visitor-${index}`, { authority })),
    );
    for (const page of pages) {
      await page.click('#join');
      await untilState(page, 'joined');
    }
    await Promise.all(pages.map(page => untilSeen(page)));

    for (const [index, page] of pages.entries()) {
      expect(await page.evaluate('isSecureContext')).toBe(true);
      expect(await page.evaluate('location.origin')).toBe(`https://${address}:4680`);
      const way = { from: network.visitors[index]?.address, to: address, toPort: 4680, protocol: 'udp' };
      expect(await readWay(page)).toEqual([way]);
    }
    expect(listeningUdp(network.server)).toEqual([address]);
  });

  it('a browser that trusts nobody is warned, and one at http is led to https', async () => {
    const [alice, bob] = network.visitors as [Host, Host];
    const { url, tls } = server.said;
    const stranger = await (await openBrowser(alice, {})).newPage();
    await expect(stranger.goto(url)).rejects.toThrow('ERR_CERT_AUTHORITY_INVALID');
    const led = await visit(bob, `${url.replace('https:', 'http:')}/meet/room-42`, { authority: tls.caFile });
    expect(led.url()).toBe(`${url}/meet/room-42`);
  });
});
