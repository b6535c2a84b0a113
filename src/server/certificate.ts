import { createPrivateKey, randomBytes, webcrypto, X509Certificate } from 'node:crypto';
import {
  AuthorityKeyIdentifierExtension,
  BasicConstraintsExtension,
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  KeyUsageFlags,
  KeyUsagesExtension,
  SubjectAlternativeNameExtension,
  SubjectKeyIdentifierExtension,
  X509CertificateGenerator,
  X509Certificate as X509Reader,
} from '@peculiar/x509';
import { importKey } from './x509-keys.ts';

const DAY = 86_400_000;
/** Browsers refuse certificates that promise more than 398 days (CA/Browser Forum, Baseline Requirements 6.3.2). */
const LIFE = 397 * DAY;
/** Renewed this long before its end: a server may run for weeks. */
export const RENEWAL_MS = 30 * DAY;

/** Who a certificate is for. */
export interface CertifiedNames {
  /** DNS names; one may begin with `*.`. */
  readonly dns: readonly string[];
  readonly ip: readonly string[];
}

/** PEM texts of an authority. */
export interface Authority {
  readonly key: string;
  readonly cert: string;
}

export interface CertificateOptions {
  readonly key: string;
  readonly authority: Authority;
  readonly names: CertifiedNames;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/** WebCrypto under the type that the library's own declarations know it by. */
export const CRYPTO = webcrypto as unknown as NonNullable<
  Parameters<typeof X509CertificateGenerator.create>[1]
>;

/** Positive, whatever the bytes are (RFC 5280, 4.1.2.2). */
export const newSerial = () => `01${randomBytes(15).toString('hex')}`;

/** A certificate (PEM) for a server under these names, signed by the authority, and ending with it at the latest. */
export async function makeCertificate({ key, authority, names, now }: CertificateOptions): Promise<string> {
  const issuer = new X509Reader(authority.cert);
  const [own, signer] = await Promise.all([importKey(key), importKey(authority.key)]);
  const issuerId = issuer.getExtension(SubjectKeyIdentifierExtension)?.keyId;
  const certificate = await X509CertificateGenerator.create(
    {
      serialNumber: newSerial(),
      // Not by its text: the authority's own bytes, or a verifier may not find it.
      issuer: issuer.subjectName,
      subject: 'CN=localhost, O=meet',
      // Clocks differ by a little; a phone's by more than a laptop's.
      notBefore: new Date(Math.max(now - DAY, issuer.notBefore.getTime())),
      notAfter: new Date(Math.min(now - DAY + LIFE, issuer.notAfter.getTime())),
      publicKey: own.publicKey,
      signingKey: signer.privateKey,
      signingAlgorithm: signer.algorithm,
      extensions: [
        new BasicConstraintsExtension(false, undefined, true),
        new KeyUsagesExtension(KeyUsageFlags.digitalSignature, true),
        new ExtendedKeyUsageExtension([ExtendedKeyUsage.serverAuth]),
        ...(issuerId === undefined ? [] : [new AuthorityKeyIdentifierExtension(issuerId)]),
        await SubjectKeyIdentifierExtension.create(own.publicKey, false, CRYPTO),
        new SubjectAlternativeNameExtension([
          ...names.dns.map(value => ({ type: 'dns' as const, value })),
          ...names.ip.map(value => ({ type: 'ip' as const, value })),
        ]),
      ],
    },
    CRYPTO,
  );
  return certificate.toString('pem').trim();
}

/** Whether a certificate is of this key and authority, for all of these names, and good for some weeks more. */
export function isUsable(
  certificatePem: string,
  { key, authority, names, now }: CertificateOptions,
): boolean {
  try {
    const certificate = new X509Certificate(certificatePem);
    const issuer = new X509Certificate(authority.cert);
    const plain = names.dns.filter(name => !name.startsWith('*.'));
    // One that ends with its authority is as good as another would be.
    const endsWithIssuer = certificate.validTo === issuer.validTo && Date.parse(certificate.validTo) > now;
    return (
      certificate.checkPrivateKey(createPrivateKey(key)) &&
      certificate.checkIssued(issuer) &&
      certificate.verify(issuer.publicKey) &&
      plain.every(name => certificate.checkHost(name) !== undefined) &&
      names.ip.every(address => certificate.checkIP(address) !== undefined) &&
      (endsWithIssuer || Date.parse(certificate.validTo) - now > RENEWAL_MS)
    );
  } catch {
    return false;
  }
}
