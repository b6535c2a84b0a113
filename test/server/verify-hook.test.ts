import type { IncomingMessage, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { createHostApp } from '../../src/server/host-app.ts';
import { hashOf } from '../../src/server/jwt.ts';
import { codeOf } from '../core/fixtures.ts';
import { HOUR, NOON } from './harness.ts';
import { listenFor, startIssuer } from './issuer.ts';

const SECRET = 'a secret of the hook';

interface Question {
  readonly authorization: string | undefined;
  readonly method: string | undefined;
  readonly body: string;
}

/** The application's hook, and what it was asked. */
async function startHook(answer: (response: ServerResponse, request: IncomingMessage) => void) {
  const asked: Question[] = [];
  const url = await listenFor(async (request, response) => {
    const body = await text(request);
    asked.push({ authorization: request.headers.authorization, method: request.method, body });
    answer(response, request);
  });
  const app = createHostApp({ hook: { url, secret: SECRET } });
  if (!app) throw new Error('no host application');
  return { asked, url, prove: (token: string, now = NOON) => app.prove(token, now) };
}

const say = (answer: unknown) => (response: ServerResponse) => void response.end(JSON.stringify(answer));

describe('the verify hook', () => {
  it('is sent the token and our secret, and names the bearer', async () => {
    const { asked, prove } = await startHook(say({ uid: 'alice', name: 'Alice A.', role: 'host' }));
    expect(await prove('opaque-token')).toEqual({
      id: hashOf('opaque-token'),
      identity: { uid: 'alice', name: 'Alice A.', proof: 'app', role: 'host' },
      issuedAt: 0,
      expiresAt: NOON + HOUR,
    });
    expect(asked).toEqual([
      { authorization: `Bearer ${SECRET}`, method: 'POST', body: '{"token":"opaque-token"}' },
    ]);
  });

  it('may say when a token was issued that does not', async () => {
    const issuedAt = (iat: number) =>
      startHook(say({ uid: 'alice', iat })).then(hook => hook.prove('opaque'));
    expect(await issuedAt(NOON / 1000 - 5)).toMatchObject({ issuedAt: NOON - 35_000 });
    expect(await codeOf(() => issuedAt(NOON))).toBe('NO_IDENTITY');
    const { prove } = await startHook(say({ uid: 'alice', iat: 'today' }));
    expect(await prove('opaque')).toMatchObject({ issuedAt: 0 });
  });

  it('is asked once for a token that many show at once, and again after 30 seconds', async () => {
    const { asked, prove } = await startHook(say({ uid: 'alice' }));
    await Promise.all(Array.from({ length: 20 }, () => prove('a')));
    await prove('a', NOON + 29_999);
    expect(asked).toHaveLength(1);
    await prove('b');
    await prove('a', NOON + 30_000);
    expect(asked).toHaveLength(3);
  });

  it.each([401, 403, 404])('refuses with %i, which is remembered too', async status => {
    const { asked, prove } = await startHook(response => void response.writeHead(status).end());
    for (let i = 0; i < 3; i += 1) expect(await codeOf(() => prove('x'))).toBe('NO_IDENTITY');
    expect(asked).toHaveLength(1);
  });

  it.each([
    ['no object', []],
    ['null', null],
    ['no uid', { name: 'Alice' }],
  ])('that answers with %s lets nobody in', async (_, answer) => {
    const { prove } = await startHook(say(answer));
    expect(await codeOf(() => prove('x'))).toBe('IDENTITY_UNAVAILABLE');
  });

  it.each([[{ uid: 'a/b' }], [{ uid: null }], [{ uid: '' }], [{ uid: ['alice'] }]])(
    'that answers %j has no uid of CometChat’s',
    async answer => {
      const { prove } = await startHook(say(answer));
      expect(await codeOf(() => prove('x'))).toBe('BAD_REQUEST');
    },
  );

  it.each<[string, (response: ServerResponse) => void]>([
    ['answers 500', response => void response.writeHead(500).end()],
    ['answers 429', response => void response.writeHead(429).end()],
    ['answers garbage', response => void response.end('<html>')],
    ['answers nothing', response => void response.end()],
    ['hangs up', response => void response.destroy()],
    ['answers endlessly', response => void response.end(JSON.stringify({ uid: 'a', x: 'x'.repeat(20_000) }))],
    [
      'sends us elsewhere',
      response => void response.writeHead(307, { location: 'http://127.0.0.1:1/' }).end(),
    ],
  ])('that %s lets nobody in, and is asked again', async (_, answer) => {
    let broken = true;
    const { prove } = await startHook(response =>
      broken ? answer(response) : say({ uid: 'alice' })(response),
    );
    expect(await codeOf(() => prove('x'))).toBe('IDENTITY_UNAVAILABLE');
    broken = false;
    expect((await prove('x')).identity.uid).toBe('alice');
  });

  it('has three seconds for all of its answer, and the keys of an issuer have five', async () => {
    const silent = await startHook(() => {});
    const endless = await startHook(response => void response.write('{"uid":'));
    const issuer = await startIssuer();
    issuer.fault = () => {};
    const keys = createHostApp({ jwt: issuer.options });
    const token = await issuer.sign();
    const asks = [() => silent.prove('x'), () => endless.prove('x'), () => keys?.prove(token, NOON)];
    expect(await Promise.all(asks.map(codeOf))).toEqual(asks.map(() => 'IDENTITY_UNAVAILABLE'));
  });

  it('that is asked too much at once is asked again later: no time is no answer', async () => {
    const waiting: ServerResponse[] = [];
    const { prove } = await startHook(response => void waiting.push(response));
    const asked = Array.from({ length: 200 }, (_, i) => prove(`token-${i}`));
    expect(await codeOf(() => prove('x'))).toBe('IDENTITY_UNAVAILABLE');
    await expect.poll(() => waiting.length).toBe(200);
    for (const response of waiting) say({ uid: 'alice' })(response);
    await Promise.all(asked);
    const late = prove('x');
    await expect.poll(() => waiting.length).toBe(201);
    for (const response of waiting.slice(200)) say({ uid: 'bob' })(response);
    expect((await late).identity.uid).toBe('bob');
  });

  it.each([
    ['in text', '1795176000', 0],
    ['in milliseconds', NOON, 'NO_IDENTITY'],
    ['in an hour', NOON / 1000 + 3600, 'NO_IDENTITY'],
    ['by a clock half a minute ahead', NOON / 1000 + 30, NOON],
  ])('that knows a token with an iat %s: %s', async (_, iat, outcome) => {
    const { prove } = await startHook(say({ uid: 'alice' }));
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const token = `${part({ alg: 'none' })}.${part({ iat })}.x`;
    if (typeof outcome === 'string') expect(await codeOf(() => prove(token))).toBe(outcome);
    else expect((await prove(token)).issuedAt).toBe(outcome);
  });

  it('is not asked about JWTs of the configured issuer, good or bad, but about all others', async () => {
    const { asked, url } = await startHook(say({ uid: 'from-hook' }));
    const issuer = await startIssuer();
    const app = createHostApp({ jwt: issuer.options, hook: { url, secret: SECRET } });
    expect((await app?.prove(await issuer.sign(), NOON))?.identity.uid).toBe('alice');
    const expired = await issuer.sign({ exp: NOON / 1000 - 60 });
    expect(await codeOf(() => app?.prove(expired, NOON))).toBe('NO_IDENTITY');
    expect(asked).toEqual([]);
    const foreign = await issuer.sign({ iss: 'https://other.example.com', exp: NOON / 1000 + 60 });
    expect(await app?.prove(foreign, NOON)).toMatchObject({
      identity: { uid: 'from-hook' },
      // Its maker's clock may be ahead.
      issuedAt: NOON - 30_000,
      expiresAt: NOON + 60_000,
    });
  });
});
