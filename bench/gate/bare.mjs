// The floor: Fastify with one route that signs one HS256 token, with claims of the kind that ours have.
import { randomBytes, randomUUID, webcrypto } from 'node:crypto';
import { createSigner } from 'fast-jwt';
import fastify from 'fastify';
import { SignJWT } from 'jose';

const secret = randomBytes(32);
const signers = { jose: signByJose, 'fast-jwt': async () => createSigner({ key: secret }) };
const sign = await signers[process.argv[2]]();
const app = fastify();

app.post('/sign', async ({ body }) => {
  const now = Math.floor(Date.now() / 1000);
  const claims = { data: { user: { uid: body.uid, name: body.uid, avatar: '' } }, aud: 'bare' };
  return { token: await sign({ ...claims, jti: randomUUID(), iat: now, exp: now + 86_400 }) };
});

const url = await app.listen({ port: 0, host: '127.0.0.1' });
console.log(JSON.stringify({ url }));
process.on('SIGTERM', () => process.exit());

/** The key is imported once: for each token anew, it would make the floor lower. */
async function signByJose() {
  const hmac = { name: 'HMAC', hash: 'SHA-256' };
  const key = await webcrypto.subtle.importKey('raw', secret, hmac, false, ['sign']);
  return claims => new SignJWT(claims).setProtectedHeader({ alg: 'HS256', typ: 'JWT' }).sign(key);
}
