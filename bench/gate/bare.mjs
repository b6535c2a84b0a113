// The floor: Fastify with one route that signs one HS256 token, by the same library and with claims of the same kind.
import { randomBytes, randomUUID, webcrypto } from 'node:crypto';
import fastify from 'fastify';
import { SignJWT } from 'jose';

// Imported once, as our own is: for each token anew, it would make the floor lower.
const hmac = { name: 'HMAC', hash: 'SHA-256' };
const key = await webcrypto.subtle.importKey('raw', randomBytes(32), hmac, false, ['sign']);
const app = fastify();

app.post('/sign', async ({ body }) => {
  const now = Math.floor(Date.now() / 1000);
  const token = await new SignJWT({ data: { user: { uid: body.uid, name: body.uid, avatar: '' } } })
    .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
    .setAudience('bare')
    .setJti(randomUUID())
    .setIssuedAt(now)
    .setExpirationTime(now + 86_400)
    .sign(key);
  return { token };
});

const url = await app.listen({ port: 0, host: '127.0.0.1' });
console.log(JSON.stringify({ url }));
process.on('SIGTERM', () => process.exit());
