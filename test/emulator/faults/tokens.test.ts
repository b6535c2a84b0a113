import { beforeEach, expect, it } from 'vitest';
import { createFaults, type Faults } from '../../../src/emulator/faults/faults.ts';
import { createTokens, type Tokens } from '../../../src/emulator/rest/tokens.ts';

const NOON = Date.UTC(2026, 10, 20, 12);
const ALICE = { uid: 'alice', name: 'Alice', avatar: '' };
const BOB = { uid: 'bob', name: 'Bob', avatar: '' };
const EVERYBODY = { kind: 'tokens', sessionId: null, uid: null, forMs: null } as const;

let faults: Faults;
let tokens: Tokens;

beforeEach(() => {
  faults = createFaults({ now: () => NOON });
  let made = 0;
  const tokensAt = (at: number) =>
    createTokens({
      secret: 'secret',
      now: () => at,
      newId: () => {
        made += 1;
        return String(made);
      },
    });
  const stale = createTokens({ secret: 'secret', now: () => NOON - 48 * 3_600_000, newId: () => 'stale' });
  tokens = faults.tokens(tokensAt(NOON), stale);
});

const isExpired = async (token: string) => (await tokens.readCall(token))?.expired;

it('read as expired while the fault is on, for its session and person alone', async () => {
  const ofAlice = await tokens.issueCall(ALICE, 'daily', 'hash');
  const ofBob = await tokens.issueCall(BOB, 'daily', 'hash');
  const elsewhere = await tokens.issueCall(ALICE, 'weekly', 'hash');
  const { id } = faults.add({ ...EVERYBODY, which: 'call', sessionId: 'daily', uid: 'alice' });
  expect(await Promise.all([ofAlice, ofBob, elsewhere].map(isExpired))).toEqual([true, false, false]);
  faults.remove(id);
  expect(await isExpired(ofAlice)).toBe(false);
});

it('issued meanwhile stay expired', async () => {
  faults.add({ ...EVERYBODY, which: 'call' });
  const token = await tokens.issueCall(ALICE, 'daily', 'hash');
  faults.clear();
  expect(await tokens.readCall(token)).toMatchObject({ claims: { user: ALICE }, expired: true });
});

it('of the other kind are as good as ever', async () => {
  faults.add({ ...EVERYBODY, which: 'call' });
  expect(await tokens.readAuth(await tokens.issueAuth(ALICE))).toEqual(ALICE);
  faults.clear();
  faults.add({ ...EVERYBODY, which: 'auth' });
  expect(await isExpired(await tokens.issueCall(ALICE, 'daily', 'hash'))).toBe(false);
});

it('for login are refused while the fault is on, and those issued meanwhile afterwards too', async () => {
  const before = await tokens.issueAuth(ALICE);
  faults.add({ ...EVERYBODY, which: 'auth', uid: 'alice' });
  const meanwhile = await tokens.issueAuth(ALICE);
  expect(await tokens.readAuth(before)).toBeNull();
  expect(await tokens.readAuth(await tokens.issueAuth(BOB))).toEqual(BOB);
  faults.clear();
  expect(await tokens.readAuth(before)).toEqual(ALICE);
  expect(await tokens.readAuth(meanwhile)).toBeNull();
});

it('that are no tokens stay none', async () => {
  faults.add({ ...EVERYBODY, which: 'call' });
  expect(await tokens.readCall('nonsense')).toBeNull();
  expect(await tokens.readAuth('nonsense')).toBeNull();
});
