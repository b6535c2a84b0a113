import { describe, expect, it } from 'vitest';
import { readIdentityEnv } from '../../../src/cli/env/identity.ts';
import { MeetError } from '../../../src/core/errors.ts';

const JWT = {
  MEET_JWKS_URL: 'https://app.example.com/jwks',
  MEET_JWT_ISSUER: 'https://app.example.com',
  MEET_JWT_AUDIENCE: 'meet',
};
const HOOK = { MEET_VERIFY_URL: 'http://127.0.0.1:9/verify', MEET_VERIFY_SECRET: '0123456789abcdef' };

function messageOf(env: Record<string, string>): string {
  try {
    readIdentityEnv(env);
  } catch (error) {
    if (error instanceof MeetError && error.code === 'BAD_CONFIG') return error.message;
    throw error;
  }
  throw new Error('taken as it is');
}

describe('the environment', () => {
  it('names no application unless it is told of one', () => {
    expect(readIdentityEnv({})).toEqual({ jwt: undefined, hook: undefined });
  });

  it('names where the keys are, and what tokens must say', () => {
    expect(readIdentityEnv(JWT).jwt).toEqual({
      jwksUrl: new URL(JWT.MEET_JWKS_URL),
      issuer: JWT.MEET_JWT_ISSUER,
      audience: 'meet',
      claims: { uid: 'sub', name: 'name', role: undefined },
      skewMs: 30_000,
    });
  });

  it('names other claims, and another skew', () => {
    const env = {
      ...JWT,
      MEET_JWT_UID_CLAIM: 'user.id',
      MEET_JWT_NAME_CLAIM: 'user.name',
      MEET_JWT_ROLE_CLAIM: 'roles',
      MEET_JWT_SKEW: '2m',
    };
    expect(readIdentityEnv(env).jwt).toMatchObject({
      claims: { uid: 'user.id', name: 'user.name', role: 'roles' },
      skewMs: 120_000,
    });
    expect(readIdentityEnv({ ...JWT, MEET_JWT_SKEW: '0s' }).jwt?.skewMs).toBe(0);
  });

  it('names a hook', () => {
    const url = new URL(HOOK.MEET_VERIFY_URL);
    expect(readIdentityEnv(HOOK).hook).toEqual({ url, secret: HOOK.MEET_VERIFY_SECRET });
  });

  it.each([
    ['MEET_JWKS_URL', { MEET_JWT_ISSUER: 'x' }],
    ['MEET_JWKS_URL', { ...JWT, MEET_JWKS_URL: 'app.example.com' }],
    ['MEET_JWKS_URL', { ...JWT, MEET_JWKS_URL: 'http://app.example.com/jwks' }],
    ['MEET_JWKS_URL', { ...JWT, MEET_JWKS_URL: 'https://me:secret@app.example.com/jwks' }],
    ['MEET_JWT_ISSUER', { ...JWT, MEET_JWT_ISSUER: '' }],
    ['MEET_JWT_ISSUER', { ...JWT, MEET_JWT_ISSUER: 'meet' }],
    ['MEET_JWT_AUDIENCE', { ...JWT, MEET_JWT_AUDIENCE: '' }],
    ['MEET_JWT_SKEW', { ...JWT, MEET_JWT_SKEW: '1h' }],
    ['MEET_VERIFY_URL', { MEET_VERIFY_SECRET: HOOK.MEET_VERIFY_SECRET }],
    ['MEET_VERIFY_URL', { ...HOOK, MEET_VERIFY_URL: 'http://hook.example.com/' }],
    ['MEET_VERIFY_SECRET', { ...HOOK, MEET_VERIFY_SECRET: '' }],
    ['MEET_VERIFY_SECRET', { ...HOOK, MEET_VERIFY_SECRET: 'short' }],
    ['MEET_VERIFY_SECRET', { ...HOOK, MEET_VERIFY_SECRET: '0123456789 abcdef\n' }],
  ])('has %s mended in %j', (name, env) => {
    expect(messageOf(env)).toMatch(new RegExp(`^${name} (must be|is missing; set it to) `));
  });

  it('tells no secret', () => {
    expect(messageOf({ ...HOOK, MEET_VERIFY_SECRET: 'tiny-secret' })).not.toContain('tiny-secret');
  });
});
