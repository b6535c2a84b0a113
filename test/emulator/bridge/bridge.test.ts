import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Bridge, openBridge } from '../../../src/emulator/bridge/bridge.ts';
import { createCertificate, matchesFingerprint } from '../../../src/emulator/bridge/certificate.ts';
import type { BridgeConference, Seat } from '../../../src/emulator/bridge/conference.ts';
import type { TransportState } from '../../../src/emulator/bridge/endpoint.ts';
import type { MediaSource } from '../../../src/emulator/bridge/media-source.ts';
import { parseStun } from '../../../src/emulator/bridge/stun.ts';
import { type Caller, check, createCaller } from './caller.ts';

let bridge: Bridge;
let conference: BridgeConference;
let callers: Caller[];

beforeEach(async () => {
  bridge = await openBridge('127.0.0.1');
  conference = bridge.openConference();
  callers = [];
});

afterEach(async () => {
  for (const caller of callers) caller.close();
  await bridge.close();
});

interface Participant {
  readonly seat: Seat;
  readonly caller: Caller;
  /** Resolves when the bridge's end is in this state. */
  reaches(state: TransportState): Promise<void>;
}

async function sit(): Promise<Participant> {
  const states: TransportState[] = [];
  const waiting: Array<() => void> = [];
  const onState = (state: TransportState) => {
    states.push(state);
    for (const wake of waiting) wake();
  };
  const seat = conference.join({ id: `seat-${callers.length}`, onState });
  const caller = await createCaller({ ...seat.credentials, address: bridge.address, port: bridge.port });
  callers.push(caller);
  const reaches = (state: TransportState) =>
    new Promise<void>(resolve => {
      const look = () => states.includes(state) && resolve();
      waiting.push(look);
      look();
    });
  return { seat, caller, reaches };
}

function microphone(ssrc: number): MediaSource {
  return { ssrc, media: 'audio', announced: ssrc, layer: 0, repeats: null };
}

async function join(ssrc?: number): Promise<Participant> {
  const participant = await sit();
  const { seat, caller } = participant;
  if (ssrc !== undefined) seat.addSources([microphone(ssrc)]);
  seat.expect(caller.fingerprint);
  await Promise.all([caller.connect(), participant.reaches('up')]);
  return participant;
}

describe('the bridge', () => {
  it('forwards what one sends to everybody else, decrypted and encrypted anew', async () => {
    const [alice, bob, carol] = [await join(10), await join(20), await join()];
    alice.caller.sendRtp(10, 1, 'from alice');
    bob.caller.sendRtp(20, 1, 'from bob');
    expect(await bob.caller.nextRtp()).toEqual({ ssrc: 10, payload: 'from alice' });
    expect(await alice.caller.nextRtp()).toEqual({ ssrc: 20, payload: 'from bob' });
    const heard = [await carol.caller.nextRtp(), await carol.caller.nextRtp()];
    expect(heard.map(packet => packet.payload).toSorted()).toEqual(['from alice', 'from bob']);
  });

  it('drops sources that were not announced, and what was withdrawn', async () => {
    const [alice, bob] = [await join(10), await join()];
    alice.caller.sendRtp(99, 1, 'unannounced');
    alice.caller.sendRtp(10, 1, 'first');
    expect((await bob.caller.nextRtp()).payload).toBe('first');
    alice.seat.removeSources([10]);
    alice.caller.sendRtp(10, 2, 'withdrawn');
    alice.seat.addSources([microphone(12)]);
    alice.caller.sendRtp(12, 1, 'second');
    expect((await bob.caller.nextRtp()).payload).toBe('second');
  });

  it("does not take somebody else's source", async () => {
    const [, bob] = [await join(10), await join(20)];
    const stolen = microphone(10);
    expect(bob.seat.addSources([stolen])).toEqual([stolen]);
  });

  it("shows nothing under somebody else's source", async () => {
    const [, bob] = [await join(10), await join(20)];
    const layer = { ...microphone(30), announced: 10, layer: 1 };
    const repetition = { ...microphone(31), repeats: 10 };
    expect(bob.seat.addSources([layer, repetition])).toEqual([layer, repetition]);
  });

  it('takes no more sources of one participant than it could need', async () => {
    const { seat } = await sit();
    const many = Array.from({ length: 40 }, (_, i) => microphone(i + 1));
    expect(seat.addSources(many)).toEqual(many.slice(32));
  });

  it('forwards nothing from a certificate that signalling did not promise', async () => {
    const { seat, caller, reaches } = await sit();
    seat.expect((await createCertificate()).fingerprint);
    await Promise.all([caller.connect(), reaches('failed')]);
  });

  it('may learn the promised certificate after the handshake', async () => {
    const { seat, caller, reaches } = await sit();
    await caller.connect();
    seat.expect(caller.fingerprint);
    await reaches('up');
  });

  it('lets nobody in who left', async () => {
    const [alice, bob, carol] = [await join(10), await join(20), await join()];
    alice.seat.close();
    alice.caller.sendRtp(10, 1, 'gone');
    bob.caller.sendRtp(20, 1, 'still here');
    expect((await carol.caller.nextRtp()).payload).toBe('still here');
  });
});

describe('a stranger', () => {
  it('gets no answer to a check with the wrong password, nor to anything else', async () => {
    const { seat, caller } = await sit();
    const { ufrag, pwd } = seat.credentials;
    caller.sendRaw(check({ ufrag, pwd: 'guess' }, 1));
    caller.sendRaw(check({ ufrag: 'nobody', pwd }, 2));
    for (const first of [0, 22, 128]) caller.sendRaw(Buffer.alloc(64, first));
    caller.sendRaw(check({ ufrag, pwd }, 3));
    // Loopback keeps the order: had one of the others been answered, its answer would be the first.
    expect(parseStun(await caller.nextAnswer())?.transactionId).toEqual(Buffer.alloc(12, 3));
  });

  it('does not disturb with packets that fail authentication', async () => {
    const [alice, bob] = [await join(10), await join()];
    const forged = Buffer.alloc(80, 1);
    forged.writeUInt8(128, 0);
    forged.writeUInt32BE(10, 8);
    alice.caller.sendRaw(forged);
    alice.caller.sendRaw(Buffer.from(forged).fill(200, 1, 2));
    alice.caller.sendRtp(10, 1, 'genuine');
    expect((await bob.caller.nextRtp()).payload).toBe('genuine');
  });
});

describe('a fingerprint', () => {
  it.each([
    ['its own', (value: string) => ({ hash: 'sha-256', value }), true],
    ['its own in lower case', (value: string) => ({ hash: 'SHA-256', value: value.toLowerCase() }), true],
    ['a weak hash', (value: string) => ({ hash: 'sha-1', value }), false],
    ['a shorter one', (value: string) => ({ hash: 'sha-256', value: value.slice(0, -3) }), false],
    ['none', () => ({ hash: 'sha-256', value: '' }), false],
  ])('of %s matches: %#', async (_name, promise, expected) => {
    const { certPem, fingerprint } = await createCertificate();
    const der = Buffer.from(certPem.replace(/-----[^-]+-----|\s/g, ''), 'base64');
    expect(matchesFingerprint(der, promise(fingerprint.value))).toBe(expected);
    expect(matchesFingerprint(undefined, fingerprint)).toBe(false);
  });
});
