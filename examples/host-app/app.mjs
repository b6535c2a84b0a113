// A host application, as small as one can be: it knows its users, and vouches for them to `meet`.
import { createServer } from 'node:http';
import { calculateJwkThumbprint, exportJWK, generateKeyPair, SignJWT } from 'jose';

const { PORT = '4690', MEET = 'http://localhost:4680', MEET_ADMIN_KEY } = process.env;
if (!(/^\d+$/.test(PORT) && Number(PORT) < 65_536)) stop('PORT must be a number up to 65535');
if (!URL.canParse(MEET)) stop('MEET must be the address of the server, like http://localhost:4680');
if (!MEET_ADMIN_KEY) stop('set MEET_ADMIN_KEY, to what is in .meet/admin-key of the server');

// Yours comes from where you keep secrets; this one lives as long as the process. `meet` keeps keys by their kid, so a new key
// needs a new one: it comes from the key.
const { publicKey, privateKey } = await generateKeyPair('ES256');
const jwk = await exportJWK(publicKey);
const kid = await calculateJwkThumbprint(jwk);
const jwks = { keys: [{ ...jwk, kid, alg: 'ES256', use: 'sig' }] };

function stop(why) {
  process.stderr.write(`host-app: ${why}.\n`);
  process.exit(1);
}

/** Your own session says who asks; here it is always Alice. */
const whoAsks = _request => ({ id: 'alice', name: 'Alice Adams' });

const tokenFor = ({ id, name }) =>
  new SignJWT({ name })
    .setProtectedHeader({ alg: 'ES256', kid })
    .setIssuer('https://app.example.com')
    .setAudience('meet')
    .setSubject(id)
    .setIssuedAt()
    .setExpirationTime('10m')
    .sign(privateKey);

const ask = (path, bearer, body) =>
  fetch(`${MEET}/api/meetings/${path}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${bearer}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });

/** For a page of your own, which gives this to CometChat's SDK: the user's token never leaves your server. */
async function joinHere(id, user) {
  const answer = await ask(`${id}/token`, await tokenFor(user), {});
  return [answer.status, { 'content-type': 'application/json' }, await answer.text()];
}

/** For the join page of `meet`: on to a link for this user alone. What follows its # reaches no server and no log. */
async function joinThere(id, user) {
  const answer = await ask(`${id}/invites`, MEET_ADMIN_KEY, {
    uid: user.id,
    name: user.name,
    expiresIn: '2h',
  });
  const { url, error } = await answer.json();
  return answer.ok ? [302, { location: url, 'cache-control': 'no-store' }, ''] : [answer.status, {}, error];
}

async function answer(request) {
  const [, page, id] = request.url.match(/^\/(join|token)\/([a-z0-9-]+)$/) ?? [];
  const user = whoAsks(request);
  if (page === 'join') return joinThere(id, user);
  if (page === 'token') return joinHere(id, user);
  if (request.url !== '/jwks.json') return [404, {}, ''];
  return [200, { 'content-type': 'application/json' }, JSON.stringify(jwks)];
}

const server = createServer(async (request, response) => {
  const [status, headers, body] = await answer(request).catch(() => [502, {}, `${MEET} does not answer`]);
  response.writeHead(status, headers).end(body);
});
server.on('error', ({ code }) => stop(`cannot listen on port ${PORT} (${code}); choose another with PORT`));
server.listen(Number(PORT), '127.0.0.1', () => {
  process.stdout.write(`http://127.0.0.1:${server.address().port}\n`);
});
