import { describe, expect, it } from 'vitest';
import type { Identity } from '../../src/core/meeting.ts';
import { signIdentity } from '../../src/server/tokens.ts';
import { ADMIN_KEY, createMeeting, type Harness, HOUR, NOON, SECRET, startHarness } from './harness.ts';

const ROOM = '/api/meetings/team-core';

async function startTeam(changes = {}, body = {}): Promise<Harness> {
  const harness = await startHarness(changes);
  await createMeeting(harness, { strategy: 'team', id: 'core', hosts: ['hanna'], ...body });
  return harness;
}

/** A caller as the host application would prove them. */
async function app(harness: Harness, uid: string, changes: Partial<Identity> = {}) {
  const identity: Identity = { uid, name: uid, proof: 'app', ...changes };
  return harness.as(await signIdentity({ secret: SECRET, identity, expiresAt: NOON + HOUR, now: NOON }));
}

async function invited(harness: Harness, body: object) {
  const { url } = (await harness.as(ADMIN_KEY)('POST', `${ROOM}/invites`, body)).body;
  const invite = new URL(url).hash.slice('#invite='.length);
  return harness.as((await harness.as(undefined)('POST', '/api/identity', { invite })).body.token);
}

const codeOf = ({ status, body }: { status: number; body: { code?: string } }) => body.code ?? status;

describe('who manages a meeting', () => {
  it.each([
    ['a host of the meeting, proven by the app', (h: Harness) => app(h, 'hanna'), 200],
    ['a host of all meetings', (h: Harness) => app(h, 'staff', { role: 'host' }), 200],
    ['an invited host', (h: Harness) => invited(h, { uid: 'bob', role: 'host' }), 200],
    ['a listed host, invited without a role', (h: Harness) => invited(h, { uid: 'hanna' }), 200],
    ['an invited guest', (h: Harness) => invited(h, { uid: 'bob' }), 'NOT_ALLOWED'],
    ['somebody of the app', (h: Harness) => app(h, 'bob'), 'NOT_ALLOWED'],
    ['a guest who claims to be the host', (h: Harness) => app(h, 'hanna', { proof: 'claimed' }), 'NOT_ADMIN'],
    ['nobody', async (h: Harness) => h.as(undefined), 'NOT_ADMIN'],
  ])('%s', async (_, make, outcome) => {
    const harness = await startTeam();
    const ask = await make(harness);
    const answers = [
      await ask('PATCH', ROOM, { extendBy: '1h' }),
      await ask('POST', `${ROOM}/invites`, { uid: 'carol' }),
      await ask('POST', `${ROOM}/end`),
    ];
    const good = [200, 201, 200];
    expect(answers.map(codeOf)).toEqual(outcome === 200 ? good : [outcome, outcome, outcome]);
  });

  it('no host of one meeting manages another, or lists or makes any', async () => {
    const harness = await startTeam();
    await createMeeting(harness, { strategy: 'team', id: 'other' });
    const hanna = await app(harness, 'hanna');
    expect(codeOf(await hanna('POST', '/api/meetings/team-other/end'))).toBe('NOT_ALLOWED');
    expect(codeOf(await hanna('POST', '/api/meetings/team-none/end'))).toBe('MEETING_NOT_FOUND');
    expect(codeOf(await hanna('GET', '/api/meetings'))).toBe('NOT_ADMIN');
    expect(codeOf(await hanna('POST', '/api/meetings', {}))).toBe('NOT_ADMIN');
  });

  it('a host extends what has expired', async () => {
    const harness = await startTeam({}, { expiresIn: '1m' });
    harness.clock.now += 120_000;
    const { body } = await (await app(harness, 'hanna'))('PATCH', ROOM, { extendBy: '1h' });
    expect(body).toMatchObject({ expiresAt: '2026-11-20T13:02:00.000Z', hosts: ['hanna'] });
  });

  it('who is host no more has lost it, by invite too', async () => {
    const harness = await startTeam();
    const hanna = await invited(harness, { uid: 'hanna' });
    await harness.as(ADMIN_KEY)('PATCH', ROOM, { hosts: ['bob'] });
    expect(codeOf(await hanna('POST', `${ROOM}/end`))).toBe('NOT_ALLOWED');
    expect(codeOf(await (await app(harness, 'hanna'))('POST', `${ROOM}/end`))).toBe('NOT_ALLOWED');
    expect(codeOf(await (await app(harness, 'bob'))('POST', `${ROOM}/end`))).toBe(200);
  });
});

describe('what a host may change', () => {
  it.each([
    [{ title: 'New' }, 200],
    [{ extendBy: '1h' }, 200],
    [{ expiresAt: '2026-11-20T18:00:00Z' }, 200],
    [{ allow: ['bob'] }, 200],
    [{ allow: null }, 'NOT_ALLOWED'],
    [{ public: true }, 'NOT_ALLOWED'],
    [{ hosts: ['bob'] }, 'NOT_ALLOWED'],
    [{ startsAt: null }, 'NOT_ALLOWED'],
    [{ hours: null }, 'NOT_ALLOWED'],
    [{ broadcast: true }, 'NOT_ALLOWED'],
    [{ title: 'New', zone: 'UTC' }, 'NOT_ALLOWED'],
  ])('%j: %s', async (patch, outcome) => {
    const harness = await startTeam();
    expect(codeOf(await (await app(harness, 'hanna'))('PATCH', ROOM, patch))).toBe(outcome);
    expect(codeOf(await harness.as(ADMIN_KEY)('PATCH', ROOM, patch))).toBe(200);
  });

  it('makes no hosts, not even of those that the meeting names', async () => {
    const harness = await startTeam({}, { hosts: ['hanna', 'bob'] });
    const hanna = await app(harness, 'hanna');
    const outcomes = [
      await hanna('POST', `${ROOM}/invites`, { uid: 'carol', role: 'host' }),
      await hanna('POST', `${ROOM}/invites`, { uid: 'bob' }),
      await hanna('POST', `${ROOM}/invites`, { uid: 'bob', role: 'guest' }),
    ];
    expect(outcomes.map(codeOf)).toEqual(['NOT_ALLOWED', 'NOT_ALLOWED', 201]);
  });

  it('lets nobody in again who was revoked; the admin does', async () => {
    const harness = await startTeam();
    const [hanna, admin] = [await app(harness, 'hanna'), harness.as(ADMIN_KEY)];
    await admin('POST', `${ROOM}/revoke`, { uid: 'mallory' });
    expect(codeOf(await hanna('POST', `${ROOM}/invites`, { uid: 'Mallory' }))).toBe('NOT_ALLOWED');
    expect(codeOf(await hanna('PATCH', ROOM, { allow: ['bob', 'mallory'] }))).toBe('NOT_ALLOWED');
    expect(codeOf(await admin('POST', `${ROOM}/invites`, { uid: 'mallory' }))).toBe(201);
    expect(codeOf(await hanna('POST', `${ROOM}/invites`, { uid: 'mallory' }))).toBe(201);
  });

  it('invites nobody where the invited would get an auth token of the cloud', async () => {
    const harness = await startTeam({ claimedUids: false, strict: false });
    const hanna = await app(harness, 'hanna');
    expect(codeOf(await hanna('POST', `${ROOM}/invites`, { uid: 'bob' }))).toBe('NOT_ALLOWED');
    expect(codeOf(await harness.as(ADMIN_KEY)('POST', `${ROOM}/invites`, { uid: 'bob' }))).toBe(201);
  });
});
