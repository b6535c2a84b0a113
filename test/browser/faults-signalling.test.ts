import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readSockets } from './call-watch.ts';
import { type House, openHouse } from './house.ts';
import { readEvents, readOutcome, readScreen, untilEvent, untilSeen, untilState } from './page-watch.ts';
import { openTrouble, reportRecovery } from './troubled-call.ts';

const POST = 'POST /v3.0/call_tokens';
const GET = 'GET /v3.0/call_tokens';

let house: House;

beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.close());

describe('a cut signalling socket', () => {
  it('that is closed is replaced, and the call recovers without anybody leaving', async () => {
    const { add, join, pair } = await openTrouble(house);
    const { alice, bob } = await pair();
    const { from } = await add({ uid: 'alice', socket: 'clean' });
    await expect.poll(async () => (await readSockets(alice)).length, { timeout: 30_000 }).toBe(2);
    const [first, second] = await readSockets(alice);
    expect(first?.code).toBe(1012);
    expect(await readSockets(bob)).toHaveLength(1);
    // Of somebody new a page learns by signalling alone.
    await join('carol');
    await Promise.all([alice, bob].map(page => untilSeen(page, 2)));
    expect(await readEvents(bob)).not.toContain('onParticipantLeft');
    expect((await readOutcome(alice)).state).toBe('joined');
    reportRecovery('signalling socket closed', {
      'open again after': (second?.openedAt ?? Number.NaN) - from,
    });
  });

  it('that is dead tells nothing until it lives again, and the call recovers', async () => {
    const { add, end, join, pair } = await openTrouble(house);
    const { alice, bob } = await pair();
    const fault = await add({ uid: 'alice', socket: 'dead' });
    // Longer than the server believes in a silent socket.
    await alice.waitForTimeout(12_000);
    const carol = await join('carol');
    await untilEvent(bob, 'onParticipantJoined', 1);
    await untilSeen(bob, 2);
    const known = (await readEvents(alice)).filter(name => name === 'onParticipantJoined').length;
    const over = await end(fault);
    await untilEvent(alice, 'onParticipantJoined', known + 1);
    reportRecovery('signalling socket dead for 12 s and more', { 'next news after': Date.now() - over });
    await Promise.all([alice, bob, carol].map(page => untilSeen(page, 2)));
    expect(await readEvents(bob)).not.toContain('onParticipantLeft');
    expect((await readOutcome(alice)).state).toBe('joined');
  });

  it('that stays refused fails a join', async () => {
    const { add, visit } = await openTrouble(house);
    await add({ socket: 'clean', for: '1m' });
    const alice = await visit('alice');
    await alice.click('#join');
    await untilState(alice, 'failed');
    expect(await readOutcome(alice)).toEqual({ state: 'failed', code: 'CONNECTION_FAILED', phase: 'join' });
  });
});

describe('REST', () => {
  it.each([
    [POST, 500, 'ERR_EXCEPTION', 'token'],
    [GET, 503, 'ERR_EXCEPTION', 'join'],
    [POST, 403, 'AUTH_ERR_NO_ACCESS', 'token'],
  ])('%s that answers %i shows %s in the phase %s, to one person; the next try works', async (...fault) => {
    const [route, status, code, phase] = fault;
    const { add, join, visit } = await openTrouble(house);
    await add({ uid: 'alice', rest: { route, status, times: 1 } });
    await join('bob');
    const alice = await visit('alice');
    await alice.click('#join');
    await untilState(alice, 'failed');
    expect(await readOutcome(alice)).toEqual({ state: 'failed', code, phase });
    expect(await readScreen(alice)).toContain('The call service answered with an error.');
    await alice.click('#retry');
    await untilState(alice, 'lobby');
    await alice.click('#join');
    await untilState(alice, 'joined');
  });

  it('that is slow makes the join as late', async () => {
    const { add, visit } = await openTrouble(house);
    await add({ rest: { route: GET, slow: '3s' } });
    const alice = await visit('alice');
    const clicked = Date.now();
    await alice.click('#join');
    await untilState(alice, 'joined');
    expect(Date.now() - clicked).toBeGreaterThan(3_000);
  });
});

it('an expired call token has its screen, and a fresh one joins', async () => {
  const { add, end, visit } = await openTrouble(house);
  const fault = await add({ uid: 'alice', expireTokens: 'call' });
  const alice = await visit('alice');
  await alice.click('#join');
  await untilState(alice, 'failed');
  const code = 'AUTH_ERR_CALL_TOKEN_NOT_FOUND';
  expect(await readOutcome(alice)).toEqual({ state: 'failed', code, phase: 'join' });
  await end(fault);
  await alice.click('#retry');
  await untilState(alice, 'lobby');
  await alice.click('#join');
  await untilState(alice, 'joined');
});

it('a refused bridge ends the call as a lost connection, and joining again works once there is one', async () => {
  const { add, end, join, visit } = await openTrouble(house);
  const bob = await join('bob');
  const fault = await add({ uid: 'alice', refuseBridge: true });
  const alice = await visit('alice');
  await alice.click('#join');
  await untilState(alice, 'left');
  expect(await readEvents(alice)).toContain('onConnectionLost');
  expect(await readScreen(alice)).toContain('The connection was lost');
  await end(fault);
  await alice.click('#rejoin');
  await untilState(alice, 'joined');
  await Promise.all([untilSeen(alice), untilSeen(bob)]);
});
