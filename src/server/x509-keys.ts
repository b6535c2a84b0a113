import { createPrivateKey, createPublicKey, generateKeyPairSync, webcrypto } from 'node:crypto';

/** A private key that can sign certificates, with what WebCrypto needs for it. */
export interface SigningKey {
  readonly privateKey: webcrypto.CryptoKey;
  readonly publicKey: webcrypto.CryptoKey;
  readonly algorithm: webcrypto.Algorithm & { readonly hash: string };
}

/** A new private key: ECDSA on P-256, PEM (PKCS #8). */
export function makeKey(): string {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return privateKey.export({ type: 'pkcs8', format: 'pem' }).toString().trim();
}

/** Reads a PEM key: ours, or RSA as mkcert makes it. Throws a `TypeError` for another kind, and what OpenSSL says of no key. */
export async function importKey(keyPem: string): Promise<SigningKey> {
  const key = createPrivateKey(keyPem);
  const { name, hash, ...rest } = algorithmOf(key);
  const kind = { name, hash, ...rest };
  const pkcs8 = key.export({ type: 'pkcs8', format: 'der' });
  const spki = createPublicKey(keyPem).export({ type: 'spki', format: 'der' });
  return {
    algorithm: { name, hash },
    privateKey: await webcrypto.subtle.importKey('pkcs8', pkcs8, kind, false, ['sign']),
    publicKey: await webcrypto.subtle.importKey('spki', spki, kind, true, ['verify']),
  };
}

function algorithmOf({ asymmetricKeyType: type, asymmetricKeyDetails }: ReturnType<typeof createPrivateKey>) {
  if (type === 'rsa') return { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' };
  if (type === 'ec' && asymmetricKeyDetails?.namedCurve === 'prime256v1')
    return { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
  throw new TypeError('neither a P-256 nor an RSA key');
}
