import { createHash } from 'node:crypto';
import { SignJWT, UnsecuredJWT } from 'jose';
import { describe, expect, it } from 'vitest';
import { createGrants } from '../../src/server/grants.ts';
import { signIdentity, signInvite, verifyIdentity, verifyInvite } from '../../src/server/tokens.ts';
import { HOUR, NOON, SECRET, temporaryStore } from './harness.ts';

const IDENTITY = { uid: 'alice', name: 'Alice', proof: 'claimed' } as const;
const INVITE = { uid: 'alice', name: 'Alice', role: 'host', sessionId: 'team-x', accessVersion: 3 } as const;

const hashOf = (token: string) => createHash('sha256').update(token).digest('base64url');
const times = { secret: SECRET, expiresAt: NOON + HOUR, now: NOON };
const verifyAt = (token: string, now = NOON) => ({ secret: SECRET, token, now });

describe('tokens', () => {
  it('carry an identity and its times, issued at the very millisecond', async () => {
    const token = await signIdentity({ ...times, now: NOON + 123, identity: IDENTITY });
    expect(await verifyIdentity(verifyAt(token))).toEqual({
      id: expect.any(String),
      identity: IDENTITY,
      issuedAt: NOON + 123,
      expiresAt: NOON + HOUR,
    });
  });

  it('carry an invite and its times', async () => {
    const token = await signInvite({ ...times, ...INVITE });
    expect(await verifyInvite(verifyAt(token))).toEqual({
      invite: INVITE,
      issuedAt: NOON,
      expiresAt: NOON + HOUR,
    });
  });

  it('of one kind never pass as the other', async () => {
    const identity = await signIdentity({ ...times, identity: IDENTITY });
    const invite = await signInvite({ ...times, ...INVITE });
    await expect(verifyIdentity(verifyAt(invite))).rejects.toMatchObject({ code: 'NO_IDENTITY' });
    await expect(verifyInvite(verifyAt(identity))).rejects.toMatchObject({ code: 'NO_IDENTITY' });
  });

  it('end on the second', async () => {
    const token = await signIdentity({ ...times, identity: IDENTITY });
    await expect(verifyIdentity(verifyAt(token, NOON + HOUR - 1))).resolves.toBeDefined();
    await expect(verifyIdentity(verifyAt(token, NOON + HOUR))).rejects.toMatchObject({ code: 'NO_IDENTITY' });
  });

  it('that passed once pass no more easily the next time', async () => {
    const token = await signIdentity({ ...times, identity: IDENTITY });
    await verifyIdentity(verifyAt(token));
    await expect(verifyIdentity(verifyAt(token))).resolves.toMatchObject({ identity: IDENTITY });
    const forged = `${token.slice(0, -1)}${token.endsWith('A') ? 'B' : 'A'}`;
    for (const shown of [
      verifyAt(token, NOON + HOUR),
      verifyAt(forged),
      { ...verifyAt(token), secret: `${SECRET}, another` },
    ])
      await expect(verifyIdentity(shown)).rejects.toMatchObject({ code: 'NO_IDENTITY' });
    await expect(verifyInvite(verifyAt(token))).rejects.toMatchObject({ code: 'NO_IDENTITY' });
  });

  const claims = { ...IDENTITY, kind: 'identity' };
  const key = new TextEncoder().encode(SECRET);
  const signed = () => new SignJWT(claims).setProtectedHeader({ alg: 'HS256' }).setIssuer('meet');
  it.each([
    [
      'without a signature',
      async () =>
        new UnsecuredJWT(claims)
          .setIssuer('meet')
          .setAudience('meet:identity')
          .setExpirationTime('9y')
          .encode(),
    ],
    ['without an end', () => signed().setAudience('meet:identity').sign(key)],
    ['for somebody else', () => signed().setAudience('other').setExpirationTime('9y').sign(key)],
    [
      'with another algorithm',
      () =>
        new SignJWT(claims)
          .setProtectedHeader({ alg: 'HS512' })
          .setIssuer('meet')
          .setAudience('meet:identity')
          .setExpirationTime('9y')
          .sign(key),
    ],
    [
      'of another issuer',
      () =>
        new SignJWT(claims)
          .setProtectedHeader({ alg: 'HS256' })
          .setIssuer('other')
          .setAudience('meet:identity')
          .setExpirationTime('9y')
          .sign(key),
    ],
  ])('%s are refused', async (_, make) => {
    await expect(verifyIdentity(verifyAt(await make()))).rejects.toMatchObject({ code: 'NO_IDENTITY' });
  });
});

describe('grants', () => {
  it('forget the oldest beyond their number', async () => {
    const store = await temporaryStore();
    const { meeting } = await store.create(
      () => ({
        created: true,
        meeting: {
          sessionId: 'team-x',
          strategy: 'team',
          origin: '{}',
          title: 'X',
          access: 'public',
          allow: [],
          hosts: [],
          key: null,
          oldKey: null,
          oldKeyUntil: null,
          linkBefore: null,
          removals: [],
          createdAt: NOON,
          startsAt: null,
          expiresAt: NOON + 24 * HOUR,
          endedAt: null,
          hours: null,
          zone: null,
          broadcast: false,
          revision: 0,
          accessVersion: 1,
        },
      }),
      'team-x',
    );
    const grants = createGrants({ store, now: () => NOON, capacity: 2 });
    for (const uid of ['a', 'b', 'a', 'c']) {
      grants.vouch(`token of ${uid}`, uid);
      grants.add({
        ...{ identityId: uid, identityIssuedAt: NOON, identityExpiresAt: NOON + HOUR },
        ...{ identity: { uid, name: uid, proof: 'claimed' }, key: undefined, meeting, role: 'guest' },
      });
    }
    const may = await Promise.all(
      ['a', 'b', 'c'].map(uid => grants.mayIssue(uid, 'team-x', hashOf(`token of ${uid}`))),
    );
    expect(may).toEqual([true, false, true]);
  });
});
