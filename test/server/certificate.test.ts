import { generateKeyPairSync, X509Certificate } from 'node:crypto';
import { expect, it } from 'vitest';
import { makeAuthority } from '../../src/server/authority.ts';
import { type CertificateOptions, isUsable, makeCertificate } from '../../src/server/certificate.ts';
import { importKey, makeKey } from '../../src/server/x509-keys.ts';

const NOON = Date.UTC(2026, 10, 20, 12);
const DAY = 86_400_000;
const names = {
  dns: ['localhost', 'xmpp.localhost', '*.localhost'],
  ip: ['127.0.0.1', '::1', '192.168.1.5'],
};

async function authorityOf(key: string) {
  return { key, cert: await makeAuthority({ key, names, machine: 'box', now: NOON }) };
}

const key = makeKey();
const authority = await authorityOf(makeKey());
const options: CertificateOptions = { key, authority, names, now: NOON };
const pem = await makeCertificate(options);
const certificate = new X509Certificate(pem);
const issuer = new X509Certificate(authority.cert);
const other = await authorityOf(makeKey());

it('is for this machine, under every name it has in a browser', () => {
  expect(certificate.subjectAltName).toContain('DNS:*.localhost');
  for (const name of ['localhost', 'xmpp.localhost']) expect(certificate.checkHost(name)).toBeDefined();
  for (const address of names.ip) expect(certificate.checkIP(address)).toBeDefined();
  expect(certificate.checkHost('example.com')).toBeUndefined();
});

it('is for servers and no authority, so that its key signs for nobody', () => {
  expect(certificate.ca).toBe(false);
  expect(certificate.keyUsage).toEqual(['1.3.6.1.5.5.7.3.1']);
});

it('is signed by the authority, not longer than browsers allow', () => {
  expect(certificate.checkIssued(issuer)).toBe(true);
  expect(certificate.verify(issuer.publicKey)).toBe(true);
  const days = (Date.parse(certificate.validTo) - Date.parse(certificate.validFrom)) / DAY;
  expect(days).toBeLessThanOrEqual(398);
});

it('ends with its authority at the latest, and is kept until then', async () => {
  const now = NOON + 1000 * DAY;
  const last = await makeCertificate({ ...options, now });
  expect(new X509Certificate(last).validTo).toBe(issuer.validTo);
  expect(isUsable(last, { ...options, now: now + 80 * DAY })).toBe(true);
  expect(isUsable(last, { ...options, now: now + 96 * DAY })).toBe(false);
});

it.each([
  ['a fresh one', pem, {}, true],
  ['one of another key', pem, { key: makeKey() }, false],
  ['one of another authority', pem, { authority: other }, false],
  ['one with eleven months gone', pem, { now: NOON + 367 * DAY }, false],
  ['one without an address we have by now', pem, { names: { ...names, ip: ['10.0.0.7'] } }, false],
  ['one without a name we have by now', pem, { names: { ...names, dns: ['box.local'] } }, false],
  ['one for more than we are by now', pem, { names: { dns: ['localhost'], ip: [] } }, true],
  ['text that is none', 'nonsense', {}, false],
  ['a broken key', pem, { key: 'nonsense' }, false],
])('keeps %s or makes another', (_, text, change, usable) => {
  expect(isUsable(text, { ...options, ...change })).toBe(usable);
});

it('can be signed with RSA too, as mkcert has it', async () => {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const rsa = await authorityOf(privateKey.export({ type: 'pkcs8', format: 'pem' }).toString());
  const signed = await makeCertificate({ ...options, authority: rsa });
  expect(isUsable(signed, { ...options, authority: rsa })).toBe(true);
});

it('cannot be signed with a key of a kind that not every browser knows', async () => {
  const { privateKey } = generateKeyPairSync('ed25519');
  const text = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  await expect(importKey(text)).rejects.toThrow(TypeError);
});

it('has a serial number of its own each time, and a positive one', async () => {
  const again = new X509Certificate(await makeCertificate(options));
  expect(again.serialNumber).not.toBe(certificate.serialNumber);
  expect(again.serialNumber).toMatch(/^01/);
});
