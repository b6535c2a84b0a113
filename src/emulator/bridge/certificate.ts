import { createHash, timingSafeEqual } from 'node:crypto';
import { CipherContext, HashAlgorithm, NamedCurveAlgorithm, SignatureAlgorithm } from 'werift';

/** The bridge's self-signed DTLS certificate; one for the process, since its fingerprint proves it, not a name. */
export interface Certificate {
  readonly certPem: string;
  readonly keyPem: string;
  readonly signatureHash: Awaited<
    ReturnType<typeof CipherContext.createSelfSignedCertificateWithKey>
  >['signatureHash'];
  readonly fingerprint: Fingerprint;
}

/** A hash of a certificate, as SDP and Jingle carry it (RFC 8122, 5; XEP-0320). */
export interface Fingerprint {
  /** Textual name of the hash function, such as `sha-256`. */
  readonly hash: string;
  /** Upper-case hexadecimal bytes, separated by colons. */
  readonly value: string;
}

/** Hash functions we take for a fingerprint; RFC 8122 has older ones, which prove nothing any more. */
const DIGESTS: Readonly<Record<string, string>> = {
  'sha-256': 'sha256',
  'sha-384': 'sha384',
  'sha-512': 'sha512',
};

/** Makes an ECDSA P-256 key and certificate; about 10 ms. */
export async function createCertificate(): Promise<Certificate> {
  const { certPem, keyPem, signatureHash } = await CipherContext.createSelfSignedCertificateWithKey(
    { signature: SignatureAlgorithm.ecdsa_3, hash: HashAlgorithm.sha256_4 },
    NamedCurveAlgorithm.secp256r1_23,
  );
  const der = Buffer.from(certPem.replace(/-----[^-]+-----|\s/g, ''), 'base64');
  return {
    certPem,
    keyPem,
    signatureHash,
    fingerprint: { hash: 'sha-256', value: colonHex(digest('sha256', der)) },
  };
}

/** Whether the peer's certificate (DER) is the one its signalling promised (RFC 8122, 5.1). */
export function matchesFingerprint(certificate: Buffer | undefined, promised: Fingerprint): boolean {
  const algorithm = DIGESTS[promised.hash.toLowerCase()];
  if (!certificate || !algorithm) return false;
  const actual = digest(algorithm, certificate);
  const expected = Buffer.from(promised.value.replaceAll(':', ''), 'hex');
  return actual.length === expected.length && timingSafeEqual(actual, expected);
}

function digest(algorithm: string, bytes: Buffer): Buffer {
  return createHash(algorithm).update(bytes).digest();
}

function colonHex(bytes: Buffer): string {
  return bytes
    .toString('hex')
    .toUpperCase()
    .replace(/(..)(?=.)/g, '$1:');
}
