// A host application, as small as one can be: it knows its users, and vouches for them to `meet`.
import { createServer } from 'node:http';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';

const { PORT = '4690', MEET = 'http://localhost:4680', MEET_ADMIN_KEY } = process.env;
const KID = '2026-11';
const { publicKey, privateKey } = await generateKeyPair('ES256');
const jwks = { keys: [{ ...(await exportJWK(publicKey)), kid: KID, alg: 'ES256', use: 'sig' }] };

/** Your own session says who asks; here it is always Alice. */
const whoAsks = _request => ({ id: 'alice', name: 'Alice Adams' });

const tokenFor = ({ id, name }) =>
  new SignJWT({ name })
    .setProtectedHeader({ alg: 'ES256', kid: KID })
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

const server = createServer(async (request, response) => {
  const [, page, id] = request.url.match(/^\/(join|token)\/([a-z0-9-]+)$/) ?? [];
  const user = whoAsks(request);
  const [status, headers, body] =
    request.url === '/jwks.json'
      ? [200, { 'content-type': 'application/json' }, JSON.stringify(jwks)]
      : page === 'join'
        ? await joinThere(id, user)
        : page === 'token'
          ? await joinHere(id, user)
          : [404, {}, ''];
  response.writeHead(status, headers).end(body);
});
server.listen(Number(PORT), '127.0.0.1', () => {
  process.stdout.write(`http://127.0.0.1:${server.address().port}\n`);
});
