import { X509Certificate } from 'node:crypto';
import { expect, it } from 'vitest';
import { isUsable, makeCertificate, makeKey } from '../../src/server/certificate.ts';

const NOON = Date.UTC(2026, 10, 20, 12);
const DAY = 86_400_000;

const key = makeKey();
const pem = await makeCertificate(key, NOON);
const certificate = new X509Certificate(pem);

it('is for this machine, under every name it has in a browser', () => {
  expect(certificate.subjectAltName).toContain('DNS:*.localhost');
  for (const name of ['localhost', 'xmpp.localhost']) expect(certificate.checkHost(name)).toBeDefined();
  for (const address of ['127.0.0.1', '::1']) expect(certificate.checkIP(address)).toBeDefined();
  expect(certificate.checkHost('example.com')).toBeUndefined();
});

it('is no authority, so that trusting it lets nobody sign for other names', () => {
  expect(certificate.ca).toBe(false);
  expect(certificate.keyUsage).toEqual(['1.3.6.1.5.5.7.3.1']);
});

it('is signed by itself, not longer than browsers allow', () => {
  expect(certificate.verify(certificate.publicKey)).toBe(true);
  const days = (Date.parse(certificate.validTo) - Date.parse(certificate.validFrom)) / DAY;
  expect(days).toBeLessThanOrEqual(398);
});

it.each([
  ['a fresh one', pem, key, NOON, true],
  ['one of another key', pem, makeKey(), NOON, false],
  ['one with eleven months gone', pem, key, NOON + 367 * DAY, false],
  ['text that is none', 'nonsense', key, NOON, false],
  ['a broken key', pem, 'nonsense', NOON, false],
])('keeps %s or makes another', (_, text, ofKey, now, usable) => {
  expect(isUsable(text, ofKey, now)).toBe(usable);
});
