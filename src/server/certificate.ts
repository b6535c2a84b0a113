import { createPrivateKey, generateKeyPairSync, randomBytes, webcrypto, X509Certificate } from 'node:crypto';
import {
  BasicConstraintsExtension,
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  KeyUsageFlags,
  KeyUsagesExtension,
  SubjectAlternativeNameExtension,
  X509CertificateGenerator,
} from '@peculiar/x509';

const DAY = 86_400_000;
/** Browsers refuse certificates that promise more than 398 days (CA/Browser Forum, Baseline Requirements 6.3.2). */
const LIFE = 397 * DAY;
/** Renewed this long before its end: a server may run for weeks. */
const RENEWAL = 30 * DAY;

/** Few take a wildcard right below a top-level name, so what SDK v4 dials is named by itself. */
const NAMES = ['localhost', 'xmpp.localhost', '*.localhost'];
const ADDRESSES = ['127.0.0.1', '::1'];

/** A new private key: ECDSA on P-256, PEM (PKCS #8). */
export function makeKey(): string {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return privateKey.export({ type: 'pkcs8', format: 'pem' }).toString().trim();
}

/**
 * A self-signed certificate (PEM) for this machine under its own names only, and no authority: whoever trusts it trusts
 * nothing else by that. `now`: milliseconds since the epoch.
 */
export async function makeCertificate(keyPem: string, now: number): Promise<string> {
  const certificate = await X509CertificateGenerator.createSelfSigned(
    {
      // Positive, whatever the bytes are (RFC 5280, 4.1.2.2).
      serialNumber: `01${randomBytes(15).toString('hex')}`,
      name: 'CN=localhost, O=meet',
      // Clocks differ by a little; browsers on this machine by nothing.
      notBefore: new Date(now - DAY),
      notAfter: new Date(now - DAY + LIFE),
      keys: await importKeys(keyPem),
      signingAlgorithm: { name: 'ECDSA', hash: 'SHA-256' },
      extensions: [
        new BasicConstraintsExtension(false, undefined, true),
        new KeyUsagesExtension(KeyUsageFlags.digitalSignature, true),
        new ExtendedKeyUsageExtension([ExtendedKeyUsage.serverAuth]),
        new SubjectAlternativeNameExtension([
          ...NAMES.map(value => ({ type: 'dns' as const, value })),
          ...ADDRESSES.map(value => ({ type: 'ip' as const, value })),
        ]),
      ],
    },
    webcrypto as unknown as Parameters<typeof X509CertificateGenerator.createSelfSigned>[1],
  );
  return certificate.toString('pem').trim();
}

/** Whether a certificate is of this key, for the names we have, and good for some weeks more. */
export function isUsable(certificatePem: string, keyPem: string, now: number): boolean {
  try {
    const certificate = new X509Certificate(certificatePem);
    return (
      certificate.checkPrivateKey(createPrivateKey(keyPem)) &&
      NAMES.slice(0, 2).every(name => certificate.checkHost(name) !== undefined) &&
      ADDRESSES.every(address => certificate.checkIP(address) !== undefined) &&
      Date.parse(certificate.validTo) - now > RENEWAL
    );
  } catch {
    return false;
  }
}

async function importKeys(keyPem: string): Promise<webcrypto.CryptoKeyPair> {
  const algorithm = { name: 'ECDSA', namedCurve: 'P-256' };
  const key = createPrivateKey(keyPem);
  const pkcs8 = key.export({ type: 'pkcs8', format: 'der' });
  const { d: _, ...jwk } = key.export({ format: 'jwk' });
  return {
    privateKey: await webcrypto.subtle.importKey('pkcs8', pkcs8, algorithm, false, ['sign']),
    publicKey: await webcrypto.subtle.importKey('jwk', jwk, algorithm, true, ['verify']),
  };
}
