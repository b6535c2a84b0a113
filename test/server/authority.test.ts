import { execFileSync } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect, createServer as createTlsServer } from 'node:tls';
import { describe, expect, it, onTestFinished } from 'vitest';
import { checkAuthority, fingerprintOf, makeAuthority, permittedOf } from '../../src/server/authority.ts';
import { type CertifiedNames, makeCertificate } from '../../src/server/certificate.ts';
import { makeKey } from '../../src/server/x509-keys.ts';

const NOON = Date.UTC(2026, 10, 20, 12);
const DAY = 86_400_000;
const NAMES: CertifiedNames = {
  dns: ['localhost', '*.localhost', 'xmpp.localhost', 'box', 'box.local'],
  ip: ['127.0.0.1', '::1', '192.168.1.5', '198.51.100.7', '2001:db8:1:2:3:4:5:6'],
};

const key = makeKey();
const cert = await makeAuthority({ key, names: NAMES, machine: 'box', now: NOON });
const authority = { key, cert };
const leafKey = makeKey();
const certify = (names: CertifiedNames, now = NOON) =>
  makeCertificate({ key: leafKey, authority, names, now });

function hasOpenssl(): boolean {
  try {
    return /^OpenSSL 3/.test(execFileSync('openssl', ['version'], { encoding: 'utf8' }));
  } catch {
    return false;
  }
}

/** What OpenSSL's own verifier says at that time; '' when all is well. */
function verify(leaf: string, options: readonly string[], now: number): string {
  const folder = mkdtempSync(join(tmpdir(), 'meet-verify-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = (name: string, text: string) => {
    writeFileSync(join(folder, name), `${text}\n`);
    return join(folder, name);
  };
  const args = ['verify', '-x509_strict', '-purpose', 'sslserver', '-attime', String(now / 1000)];
  try {
    execFileSync('openssl', [...args, '-CAfile', file('ca', cert), ...options, file('leaf', leaf)], {
      encoding: 'utf8',
      stdio: 'pipe',
    });
    return '';
  } catch (error) {
    return String((error as { stderr: string }).stderr);
  }
}

/** What Node's TLS says of a server with this certificate, with the authority trusted and no other. */
async function shakeHands(leaf: string, servername: string): Promise<string> {
  const server = createTlsServer({ key: leafKey, cert: leaf });
  server.on('tlsClientError', () => {});
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  return new Promise(resolve => {
    const socket = connect({ port, host: '127.0.0.1', servername, ca: cert });
    socket.once('secureConnect', () => resolve('trusted')).once('error', error => resolve(String(error)));
    onTestFinished(() => void socket.destroy());
  });
}

describe('the authority', () => {
  it('may sign for servers, once removed, and names its machine', () => {
    const certificate = new X509Certificate(cert);
    expect(certificate.ca).toBe(true);
    expect(certificate.verify(certificate.publicKey)).toBe(true);
    expect(certificate.subject).toMatch(/^O=meet\nCN=meet on box \([0-9a-f]{8}\)$/);
  });

  it.runIf(hasOpenssl())('is taken by OpenSSL for all of its names, and for them alone', async () => {
    const leaf = await certify(NAMES);
    for (const name of ['localhost', 'xmpp.localhost', 'box', 'box.local'])
      expect(verify(leaf, ['-verify_hostname', name], NOON)).toBe('');
    for (const address of NAMES.ip) expect(verify(leaf, ['-verify_ip', address], NOON)).toBe('');
    expect(verify(leaf, ['-verify_hostname', 'example.com'], NOON)).toContain('hostname mismatch');
    expect(verify(leaf, [], NOON + 400 * DAY)).toContain('certificate has expired');
    expect(verify(leaf, [], NOON - 2 * DAY)).toContain('not yet valid');
  });

  it.runIf(hasOpenssl()).each([
    ['another site', { dns: ['example.com'], ip: [] }],
    ['a site that only ends like ours', { dns: ['evilbox'], ip: [] }],
    ['a public address', { dns: ['localhost'], ip: ['203.0.113.9'] }],
    ['a public address by IPv6', { dns: ['localhost'], ip: ['2001:db8:9::1'] }],
  ])('is believed by OpenSSL no word about %s', async (_, names) => {
    expect(verify(await certify(names), [], NOON)).toContain('permitted subtree violation');
  });

  it("is taken by Node's TLS, and believed nothing about others there either", async () => {
    const now = Date.now();
    expect(await shakeHands(await certify(NAMES, now), 'box.local')).toBe('trusted');
    const other = await certify({ dns: ['example.com'], ip: [] }, now);
    expect(await shakeHands(other, 'example.com')).toContain('permitted subtree violation');
  });

  it('knows what it may vouch for: its names, private addresses, its own public ones', () => {
    const more = {
      dns: ['xmpp.localhost', 'box.local', 'other.local', 'box.example'],
      ip: ['10.1.2.3', '172.31.0.1', '172.32.0.1', '198.51.100.7', '198.51.100.8', 'fd00::7', '::1'],
    };
    expect(permittedOf(cert, more)).toEqual({
      dns: ['xmpp.localhost', 'box.local'],
      ip: ['10.1.2.3', '172.31.0.1', '198.51.100.7', 'fd00::7', '::1'],
    });
    // Another address of the same network: they change daily.
    expect(permittedOf(cert, { dns: [], ip: ['2001:db8:1:2::99', '2001:db8:1:3::1'] }).ip).toEqual([
      '2001:db8:1:2::99',
    ]);
  });

  it('has a fingerprint as phones show it', () => {
    expect(fingerprintOf(cert)).toMatch(/^([0-9A-F]{2}:){31}[0-9A-F]{2}$/);
  });

  const other = makeKey();
  it.each([
    ['a fresh one', { key, cert }, NOON, null],
    ['nonsense', { key, cert: 'nonsense' }, NOON, 'corrupt'],
    ['one of another key', { key: other, cert }, NOON, 'foreign'],
    ['one whose last month runs', { key, cert }, NOON + (3 * 365 - 20) * DAY, 'ending'],
    ['one that is over', { key, cert }, NOON + 3 * 365 * DAY, 'expired'],
  ])('is looked at: %s', (_, files, now, problem) => {
    expect(checkAuthority(files, now)).toBe(problem);
  });

  it('is no server’s certificate that was put in its place', async () => {
    expect(checkAuthority({ key: leafKey, cert: await certify(NAMES) }, NOON)).toBe('foreign');
  });
});
