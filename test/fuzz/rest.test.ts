import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import Fastify, { type InjectOptions } from 'fastify';
import { expect, it } from 'vitest';
import { createDirectory } from '../../src/emulator/rest/directory.ts';
import { createRoutes } from '../../src/emulator/rest/routes.ts';
import { createTokens } from '../../src/emulator/rest/tokens.ts';
import { collectGarbage } from '../people/holding.ts';
import { CASES, GROWTH_BYTES, SLOWEST_MS } from './fuzz.ts';
import { spoiltText } from './mutations.ts';

const BODIES = [
  '{"uid":"alice","name":"Alice"}',
  '{"name":"Bob"}',
  '{"sessionId":"stand-up"}',
  '{"platform":"web","deviceId":"5f6c1a5e-0000-4000-8000-000000000001"}',
];
const TOKENS = [
  ...['{', '}', '[', ']', '"', ',', ':', '\\u0000', '\\ud800', '\\', '\0', '\ufeff', '\n', 'null', 'true'],
  ...[
    '1e999',
    '-0',
    '"__proto__":',
    '"constructor":{"prototype":',
    '[[[[[[[[[[[[[[[[',
    '"uid":',
    '"sessionId":{}',
  ],
];
const CALLS = [
  ['POST', '/v3/users'],
  ['PUT', '/v3/users/cometchat-uid-1'],
  ['POST', '/v3.0/users/cometchat-uid-1/auth_tokens'],
  ['PUT', '/v3.0/me'],
  ['DELETE', '/v3.0/me'],
  ['POST', '/v3.0/user_sessions'],
  ['POST', '/v3.0/call_tokens'],
  ['GET', '/v3.0/call_tokens?configVersion=1'],
] as const;
const cases = fc.record({
  call: fc.constantFrom(...CALLS),
  payload: spoiltText(BODIES, TOKENS),
  type: fc.constantFrom(
    'application/json',
    'application/json; charset=utf-8',
    'text/plain',
    'x/y',
    undefined,
  ),
  token: fc.oneof({ weight: 3, arbitrary: fc.constant('valid') }, { weight: 1, arbitrary: fc.string() }),
});

/** With keys and tokens that open every door, so that the bodies are read. */
async function openRest() {
  const app = Fastify({ ajv: { customOptions: { removeAdditional: false, coerceTypes: false } } });
  // A logout would shut the doors behind it.
  const withdrawAuth = async () => {};
  const tokens = { ...createTokens({ secret: 'secret', now: Date.now, newId: randomUUID }), withdrawAuth };
  const user = { uid: 'cometchat-uid-1', name: 'Andrew', avatar: '' };
  const [authToken, callToken] = [await tokens.issueAuth(user), await tokens.issueCall(user, 's', '')];
  const options = { appId: 'app', region: 'us', apiKey: 'key', authKey: 'key', p2p: false, now: Date.now };
  const directory = {
    ...createDirectory(),
    create: (uid: string, name: string) => ({ uid, name, avatar: '' }),
  };
  const domainOf = () => 'localhost:1';
  await app.register(createRoutes({ ...options, tokens, directory, mayIssue: () => true, domainOf }));
  return { app, keep: { authToken, callToken } };
}

const { app, keep } = await openRest();

/** The answer to one case: always one, always in the vendor's words, never a failure of ours. */
async function answer({
  call,
  payload,
  type,
  token,
}: typeof cases extends fc.Arbitrary<infer T> ? T : never) {
  const [method, url] = call;
  const valid = token === 'valid';
  const headers = {
    apikey: 'key',
    authtoken: valid ? keep.authToken : token,
    calltoken: valid ? keep.callToken : token,
    ...(type && { 'content-type': type }),
  };
  const request: InjectOptions = { method, url, headers, payload };
  const { statusCode, body } = await app.inject(request);
  const { data, error } = JSON.parse(body);
  if (statusCode >= 500 || (data === undefined) === (error === undefined))
    throw new Error(`${statusCode} ${body}`);
}

it('JSON, to every route of the REST: no throw, no hang, no growth', {
  timeout: 60_000 + CASES * 20,
}, async () => {
  let slowest = 0;
  const property = fc.asyncProperty(cases, async input => {
    const start = performance.now();
    await answer(input);
    slowest = Math.max(slowest, performance.now() - start);
  });
  const half = async () => {
    await fc.assert(property, { numRuns: Math.ceil(CASES / 2) });
    collectGarbage();
    return process.memoryUsage().heapUsed;
  };
  const before = await half();
  expect((await half()) - before).toBeLessThan(GROWTH_BYTES);
  expect(slowest).toBeLessThan(SLOWEST_MS);
});
