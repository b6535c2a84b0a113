import { SignJWT, UnsecuredJWT } from 'jose';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createHostApp } from '../../src/server/host-app.ts';
import { hashOf } from '../../src/server/jwt.ts';
import { codeOf } from '../core/fixtures.ts';
import { HOUR, NOON } from './harness.ts';
import { AUDIENCE, ISSUER, type Issuer, listenFor, startIssuer } from './issuer.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;

function proverOf({ options }: Issuer) {
  const app = createHostApp({ jwt: options });
  if (!app) throw new Error('no host application');
  return (token: string, now = NOON) => app.prove(token, now);
}

describe('a JWT of the host application', () => {
  it('names its bearer, until it expires', async () => {
    const issuer = await startIssuer();
    const token = await issuer.sign();
    expect(await proverOf(issuer)(token)).toEqual({
      id: hashOf(token),
      identity: { uid: 'alice', name: 'Alice A.', proof: 'app' },
      issuedAt: NOON - 30 * SECOND,
      expiresAt: NOON + HOUR,
    });
  });

  it.each(['RS256', 'PS256', 'ES384', 'EdDSA'])('may be signed with %s', async alg => {
    const issuer = await startIssuer();
    const signer = await issuer.newSigner('other', alg);
    issuer.shown.push(signer);
    expect((await proverOf(issuer)(await issuer.sign({}, signer))).identity.uid).toBe('alice');
  });

  it.each([
    ['of another issuer', { iss: 'https://evil.example.com' }, 'NO_IDENTITY'],
    ['of no issuer', { iss: undefined }, 'NO_IDENTITY'],
    ['for another audience', { aud: 'https://shop.example.com' }, 'NO_IDENTITY'],
    ['for no audience', { aud: undefined }, 'NO_IDENTITY'],
    ['without an end', { exp: undefined }, 'NO_IDENTITY'],
    ['with a uid that CometChat does not take', { sub: 'auth0|42' }, 'BAD_REQUEST'],
    ['with an object for a uid', { sub: { id: 'alice' } as unknown as string }, 'BAD_REQUEST'],
    ['without a uid', { sub: undefined }, 'BAD_REQUEST'],
  ])('%s is refused', async (_, claims, code) => {
    const issuer = await startIssuer();
    const token = await issuer.sign(claims);
    expect(await codeOf(() => proverOf(issuer)(token))).toBe(code);
  });

  it.each([
    ['a little ahead of ours', NOON / 1000 + 30, NOON],
    ['far ahead', NOON / 1000 + 31, 'NO_IDENTITY'],
    ['in milliseconds', NOON, 'NO_IDENTITY'],
    ['in text', '1795176000' as unknown as number, 'NO_IDENTITY'],
    ['not told', undefined, 0],
  ])('whose time of issue is %s', async (_, iat, outcome) => {
    const issuer = await startIssuer();
    const token = await issuer.sign({ iat });
    const prove = () => proverOf(issuer)(token);
    if (typeof outcome === 'string') expect(await codeOf(prove)).toBe(outcome);
    else expect((await prove()).issuedAt).toBe(outcome);
  });

  it('passes for one of several audiences', async () => {
    const issuer = await startIssuer();
    const token = await issuer.sign({ aud: ['https://shop.example.com', AUDIENCE] });
    expect((await proverOf(issuer)(token)).identity.uid).toBe('alice');
  });

  // The token lives from NOON to NOON + HOUR; each side may be wrong by 30 seconds.
  it.each([
    [-31 * SECOND, 'NO_IDENTITY'],
    [-30 * SECOND, NOON + HOUR],
    [HOUR - 1, NOON + HOUR],
    [HOUR + 29 * SECOND, NOON + HOUR + 30 * SECOND],
    [HOUR + 30 * SECOND, 'NO_IDENTITY'],
  ])('%i ms after it was issued', async (after, outcome) => {
    const issuer = await startIssuer();
    const token = await issuer.sign({ nbf: NOON / 1000 });
    const prove = () => proverOf(issuer)(token, NOON + after);
    if (typeof outcome === 'string') expect(await codeOf(prove)).toBe(outcome);
    else expect((await prove()).expiresAt).toBe(outcome);
  });

  it('without any skew dies on the second', async () => {
    const issuer = await startIssuer({ skewMs: 0 });
    const token = await issuer.sign();
    expect((await proverOf(issuer)(token, NOON + HOUR - 1)).identity.uid).toBe('alice');
    expect(await codeOf(() => proverOf(issuer)(token, NOON + HOUR))).toBe('NO_IDENTITY');
  });

  it('cannot be made of the public key, or of no key', async () => {
    const issuer = await startIssuer();
    const [{ pem, jwk } = { pem: '', jwk: {} }] = issuer.shown;
    const claims = { iss: ISSUER, aud: AUDIENCE, sub: 'alice', exp: (NOON + HOUR) / 1000 };
    const hmac = (secret: string) =>
      new SignJWT(claims)
        .setProtectedHeader({ alg: 'HS256', kid: 'first' })
        .sign(new TextEncoder().encode(secret));
    const forged = [
      new UnsecuredJWT(claims).encode(),
      await hmac(pem),
      await hmac(JSON.stringify(jwk)),
      `${(await issuer.sign()).slice(0, -8)}AAAAAAAA`,
      // RFC 7515, 4.1.3: a key in the token's own header is the forger's.
      await issuer.sign({}, await issuer.newSigner('own'), { jwk: (await issuer.newSigner('own')).jwk }),
    ];
    const prove = proverOf(issuer);
    for (const token of forged) expect(await codeOf(() => prove(token))).toBe('NO_IDENTITY');
  });

  it.each(['', 'x', 'a.b.c', '....', 'eyJhbGciOiJub25lIn0.e30.'])('is not %j', async token => {
    expect(await codeOf(async () => proverOf(await startIssuer())(token))).toBe('NO_IDENTITY');
  });
});

describe('the claims', () => {
  it.each([
    ['at the top', { uid: 'id', name: 'nick', role: undefined }, { id: 'bob', nick: 'Bob' }, {}],
    ['in objects', { uid: 'user.id', name: 'user.n', role: 'r' }, { user: { id: 'bob', n: 'Bob' } }, {}],
    [
      'with dots in their names',
      { uid: 'a.b/uid', name: 'n', role: 'r' },
      { 'a.b/uid': 'bob', n: 'Bob' },
      {},
    ],
    ['a number for a uid', { uid: 'id', name: 'n', role: undefined }, { id: 42, n: 'Bob' }, { uid: '42' }],
    [
      'a name of control characters',
      { uid: 'id', name: 'n', role: 'r' },
      { id: 'bob', n: 'B\n' },
      { name: 'B' },
    ],
    [
      'a name that forges',
      { uid: 'id', name: 'n', role: 'r' },
      { id: 'bob', n: 'B\u202eb' },
      { name: 'bob' },
    ],
    [
      'a name too long',
      { uid: 'id', name: 'n', role: 'r' },
      { id: 'bob', n: 'B'.repeat(101) },
      { name: 'bob' },
    ],
    [
      'the role of a host',
      { uid: 'id', name: 'n', role: 'r' },
      { id: 'bob', n: 'Bob', r: 'host' },
      { role: 'host' },
    ],
    [
      'host among other roles',
      { uid: 'id', name: 'n', role: 'x.r' },
      { id: 'bob', n: 'Bob', x: { r: ['a', 'host'] } },
      { role: 'host' },
    ],
    ['another role', { uid: 'id', name: 'n', role: 'r' }, { id: 'bob', n: 'Bob', r: 'hosts' }, {}],
    [
      'a role that nobody asked for',
      { uid: 'id', name: 'n', role: undefined },
      { id: 'bob', n: 'Bob', role: 'host' },
      {},
    ],
  ])('%s', async (_, names, claims, changes) => {
    const issuer = await startIssuer({ claims: names });
    const { identity } = await proverOf(issuer)(
      await issuer.sign({ sub: 'nobody', name: undefined, ...claims }),
    );
    expect(identity).toEqual({ uid: 'bob', name: 'Bob', proof: 'app', ...changes });
  });

  it.each(['__proto__.id', 'constructor.name', 'sub.length', 'user.'])('are not read from %s', async uid => {
    const issuer = await startIssuer({ claims: { uid, name: 'name', role: undefined } });
    const token = await issuer.sign({ user: {} });
    expect(await codeOf(() => proverOf(issuer)(token))).toBe('BAD_REQUEST');
  });
});

describe("the issuer's keys", () => {
  // Their cache goes by the machine's clock.
  beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'], now: NOON }));
  afterEach(() => void vi.useRealTimers());

  it('are fetched once for many tokens', async () => {
    const issuer = await startIssuer();
    const prove = proverOf(issuer);
    await Promise.all(Array.from({ length: 20 }, async () => prove(await issuer.sign())));
    expect(issuer.asked).toBe(1);
  });

  it('rotate without a restart: a new one is found, an old one is forgotten', async () => {
    const issuer = await startIssuer();
    const prove = proverOf(issuer);
    const old = await issuer.sign();
    await prove(old);
    const next = await issuer.newSigner('next');
    issuer.shown = [next];
    vi.setSystemTime(NOON + 5 * SECOND);
    expect((await prove(await issuer.sign({}, next))).identity.uid).toBe('alice');
    expect(issuer.asked).toBe(2);
    expect(await codeOf(() => prove(old))).toBe('NO_IDENTITY');
  });

  it('that were taken back count no longer than ten minutes', async () => {
    const issuer = await startIssuer();
    const prove = proverOf(issuer);
    const old = await issuer.sign();
    await prove(old);
    issuer.shown = [await issuer.newSigner('next')];
    vi.setSystemTime(NOON + 10 * MINUTE - 1);
    expect((await prove(old)).identity.uid).toBe('alice');
    vi.setSystemTime(NOON + 10 * MINUTE);
    expect(await codeOf(() => prove(old))).toBe('NO_IDENTITY');
  });

  it('are not asked for again for each made-up key', async () => {
    const issuer = await startIssuer();
    const prove = proverOf(issuer);
    for (let i = 0; i < 5; i += 1) {
      const token = await issuer.sign({}, await issuer.newSigner(`made-up-${i}`));
      expect(await codeOf(() => prove(token))).toBe('NO_IDENTITY');
    }
    expect(issuer.asked).toBe(1);
  });

  it('that are unknown soon after a fetch are no answer either, once their address is down', async () => {
    const issuer = await startIssuer();
    const prove = proverOf(issuer);
    await prove(await issuer.sign());
    const next = await issuer.sign({}, await issuer.newSigner('next'));
    issuer.fault = (_, response) => void response.destroy();
    vi.setSystemTime(NOON + 5 * SECOND);
    expect(await codeOf(() => prove(next))).toBe('IDENTITY_UNAVAILABLE');
    vi.setSystemTime(NOON + 20 * SECOND);
    expect(await codeOf(() => prove(next))).toBe('IDENTITY_UNAVAILABLE');
  });

  it('are asked for by their kid: another key under a known one is refused, with a hint', async () => {
    const issuer = await startIssuer();
    const prove = proverOf(issuer);
    await prove(await issuer.sign());
    issuer.shown = [await issuer.newSigner('first')];
    vi.setSystemTime(NOON + 5 * SECOND);
    const token = await issuer.sign({}, issuer.shown[0]);
    await expect(prove(token)).rejects.toThrow('a new key needs a new kid');
  });

  it.each([
    [
      'answers 500',
      (_: unknown, response: { writeHead(status: number): { end(): void } }) => response.writeHead(500).end(),
    ],
    ['is cut off', (_: unknown, response: { destroy(): void }) => response.destroy()],
    ['answers garbage', (_: unknown, response: { end(text: string): void }) => response.end('<html>')],
    ['answers no keys', (_: unknown, response: { end(text: string): void }) => response.end('{"keys":{}}')],
  ] as const)('nobody is let in, or told to be unknown, while their address %s', async (_, fault) => {
    const issuer = await startIssuer();
    const prove = proverOf(issuer);
    const token = await issuer.sign();
    issuer.fault = fault as Issuer['fault'];
    expect(await codeOf(() => prove(token))).toBe('IDENTITY_UNAVAILABLE');
    issuer.fault = null;
    // Not at once: while it is down it is not to be flooded.
    expect(await codeOf(() => prove(token))).toBe('IDENTITY_UNAVAILABLE');
    vi.setSystemTime(NOON + 6 * SECOND);
    expect((await prove(token)).identity.uid).toBe('alice');
    expect(issuer.asked).toBe(2);
  });

  it('that are known last through an outage, for an hour; unknown ones are no answer then', async () => {
    const issuer = await startIssuer();
    const prove = proverOf(issuer);
    const token = await issuer.sign();
    const unknown = await issuer.sign({}, await issuer.newSigner('next'));
    await prove(token);
    issuer.fault = (_, response) => void response.destroy();
    vi.setSystemTime(NOON + 11 * MINUTE);
    expect((await prove(token)).identity.uid).toBe('alice');
    expect(await codeOf(() => prove(unknown))).toBe('IDENTITY_UNAVAILABLE');
    vi.setSystemTime(NOON + 60 * MINUTE);
    expect(await codeOf(() => prove(token))).toBe('IDENTITY_UNAVAILABLE');
  });

  it('are not taken from where their address sends us', async () => {
    const issuer = await startIssuer();
    const elsewhere = await listenFor((_, response) =>
      response.end(JSON.stringify({ keys: issuer.shown.map(({ jwk }) => jwk) })),
    );
    issuer.fault = (_, response) => void response.writeHead(302, { location: elsewhere.href }).end();
    const token = await issuer.sign();
    expect(await codeOf(() => proverOf(issuer)(token))).toBe('IDENTITY_UNAVAILABLE');
  });
});
