import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type CryptoKey, exportJWK, exportSPKI, generateKeyPair, type JWK, SignJWT } from 'jose';
import { onTestFinished } from 'vitest';
import type { JwtOptions } from '../../src/server/jwt.ts';
import { HOUR, NOON } from './harness.ts';

export const ISSUER = 'https://app.example.com';
export const AUDIENCE = 'https://meet.example.com';

/** A server on loopback that answers as told, until the test ends. */
export async function listenFor(answer: RequestListener): Promise<URL> {
  const server = createServer(answer);
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise(resolve => server.close(resolve));
  });
  return new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
}

interface Signer {
  readonly alg: string;
  readonly kid: string;
  readonly privateKey: CryptoKey;
  readonly jwk: JWK;
  readonly pem: string;
}

async function makeSigner(kid: string, alg: string): Promise<Signer> {
  const { publicKey, privateKey } = await generateKeyPair(alg, { extractable: true });
  const jwk = { ...(await exportJWK(publicKey)), kid, alg, use: 'sig' };
  return { alg, kid, privateKey, jwk, pem: await exportSPKI(publicKey) };
}

export interface Issuer {
  readonly options: JwtOptions;
  /** Whose keys it shows; changing them is a rotation. */
  shown: Signer[];
  /** What its address answers instead of keys. */
  fault: RequestListener | null;
  /** How often it was asked for its keys. */
  asked: number;
  newSigner(kid: string, alg?: string): Promise<Signer>;
  /** A token as the application makes it, but for `claims` and `header`; undefined takes a claim away. */
  sign(claims?: object, by?: Signer, header?: object): Promise<string>;
}

/** The host application's side: keys at a URL, and tokens. */
export async function startIssuer(changes: Partial<JwtOptions> = {}): Promise<Issuer> {
  const first = await makeSigner('first', 'ES256');
  const issuer: Issuer = {
    options: {
      jwksUrl: await listenFor((request, response) => {
        issuer.asked += 1;
        if (issuer.fault) issuer.fault(request, response);
        else response.end(JSON.stringify({ keys: issuer.shown.map(({ jwk }) => jwk) }));
      }),
      issuer: ISSUER,
      audience: AUDIENCE,
      claims: { uid: 'sub', name: 'name', role: undefined },
      skewMs: 30_000,
      ...changes,
    },
    shown: [first],
    fault: null,
    asked: 0,
    newSigner: (kid, alg = 'ES256') => makeSigner(kid, alg),
    sign: (claims, by = first, header = {}) =>
      new SignJWT({
        iss: ISSUER,
        aud: AUDIENCE,
        sub: 'alice',
        name: 'Alice A.',
        iat: NOON / 1000,
        exp: (NOON + HOUR) / 1000,
        ...claims,
      })
        .setProtectedHeader({ alg: by.alg, kid: by.kid, ...header })
        .sign(by.privateKey),
  };
  return issuer;
}
