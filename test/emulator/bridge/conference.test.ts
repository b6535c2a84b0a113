import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Bridge, openBridge } from '../../../src/emulator/bridge/bridge.ts';
import type { BridgeConference } from '../../../src/emulator/bridge/conference.ts';
import type { Media } from '../../../src/emulator/bridge/media-source.ts';
import { type RtcpFact, readRtcp } from '../../../src/emulator/bridge/rtcp-reader.ts';
import {
  encodeNack,
  encodePli,
  encodeReceiverReport,
  encodeRemb,
} from '../../../src/emulator/bridge/rtcp-writer.ts';
import { type Caller, createCaller } from './caller.ts';

let bridge: Bridge;
let conference: BridgeConference;
let callers: Caller[];
let forwarded: Array<[string, readonly string[]]>;

beforeEach(async () => {
  bridge = await openBridge('127.0.0.1');
  [callers, forwarded] = [[], []];
  conference = bridge.openConference({
    onDominantSpeaker() {},
    onForwarded: (id, names) => forwarded.push([id, names]),
    onDemand() {},
  });
});

afterEach(async () => {
  for (const caller of callers) caller.close();
  await bridge.close();
});

/** VP8 in characters: begins a frame, then the bit that tells a key frame from others. */
const KEY = '\x10\x00';
const DELTA = '\x10\x01';

async function join(id: string, ssrc: number, media: Media = 'video') {
  let isUp = () => {};
  const up = new Promise<void>(resolve => {
    isUp = resolve;
  });
  const seat = conference.join({ id, onState: state => state === 'up' && isUp() });
  const caller = await createCaller({ ...seat.credentials, address: bridge.address, port: bridge.port });
  callers.push(caller);
  seat.addSources([{ ssrc, media, announced: ssrc, layer: 0, repeats: null, name: `${id}-v0` }]);
  seat.expect(caller.fingerprint);
  await Promise.all([caller.connect(), up]);
  return { seat, caller };
}

/** What the bridge tells somebody until `enough`. */
async function told(
  { caller }: { caller: Caller },
  enough: (fact: RtcpFact) => boolean,
): Promise<RtcpFact[]> {
  const facts: RtcpFact[] = [];
  while (!facts.some(enough)) facts.push(...readRtcp(await caller.nextRtcp()));
  return facts;
}

const asksFor = (ssrc: number) => (fact: RtcpFact) =>
  fact.kind === 'key-frame' && fact.sources.includes(ssrc);
const reports = (fact: RtcpFact) => fact.kind === 'report';

describe('a conference', () => {
  it('asks those present for a key frame when somebody new can see, and tells who is seen', async () => {
    const alice = await join('alice', 10);
    await join('bob', 20, 'audio');
    expect(await told(alice, asksFor(10))).not.toEqual([]);
    expect(forwarded).toContainEqual(['bob', ['alice-v0']]);
  });

  it('shows nothing before a key frame', async () => {
    const [alice, bob] = [await join('alice', 10), await join('bob', 20)];
    for (const [i, payload] of [DELTA, KEY, DELTA].entries()) alice.caller.sendRtp(10, i, payload);
    expect(await bob.caller.nextRtp()).toEqual({ ssrc: 10, payload: KEY });
    expect(await bob.caller.nextRtp()).toEqual({ ssrc: 10, payload: DELTA });
  });

  it('takes a key-frame request to whom it concerns, and to nobody else', async () => {
    const [alice, bob, carol] = [await join('alice', 10), await join('bob', 20), await join('carol', 30)];
    for (const [sender, ssrc] of [[alice, 10] as const, [bob, 20] as const]) {
      await told(sender, asksFor(ssrc));
      sender.caller.sendRtp(ssrc, 1, KEY);
    }
    for (let heard = 0; heard < 2; heard++) await carol.caller.nextRtp();
    carol.caller.sendRtcp(encodePli(30, 10));
    await told(alice, asksFor(10));
    alice.caller.sendRtp(10, 2, KEY);
    // The second report is later than any request that the first one could have overtaken.
    const toBob = [...(await told(bob, reports)), ...(await told(bob, reports))];
    expect(toBob.filter(asksFor(10))).toEqual([]);
    expect(toBob.filter(asksFor(20)).length).toBeLessThanOrEqual(1);
  });

  it('keeps what one receiver suffers to itself: senders hear of their own way only', async () => {
    const [alice, bob] = [await join('alice', 10), await join('bob', 20)];
    alice.caller.sendRtp(10, 1, KEY);
    await bob.caller.nextRtp();
    const half = { source: 10, fractionLost: 128, lost: 99, highest: 99, jitter: 9, lastReport: 0, delay: 0 };
    for (const packet of [
      encodeReceiverReport(20, [half]),
      encodeRemb(20, [10], 50_000),
      encodeNack(20, 10, [7]),
    ])
      bob.caller.sendRtcp(packet);
    const facts = [...(await told(alice, reports)), ...(await told(alice, reports))];
    expect(facts.filter(({ kind }) => kind === 'nack')).toEqual([]);
    for (const fact of facts) {
      if (fact.kind === 'remb') expect(fact.bitsPerSecond).toBeGreaterThan(5_000_000);
      if (fact.kind !== 'report') continue;
      expect(fact.reporter).toBe(bridge.ownSources.video);
      expect(fact.blocks).toEqual([{ source: 10, fractionLost: 0, highest: 1 }]);
    }
  });

  it('keeps nothing of a source that was announced twice, in two places', async () => {
    const alice = await join('alice', 10);
    await join('bob', 20);
    const source = { media: 'video', layer: 0, repeats: null } as const;
    alice.seat.addSources([{ ...source, ssrc: 11, announced: 11, name: 'alice-v1' }]);
    alice.seat.addSources([{ ...source, ssrc: 11, announced: 10, layer: 1, name: 'alice-v0' }]);
    expect(forwarded.at(-1)).toEqual(['bob', ['alice-v0', 'alice-v1']]);
    alice.seat.removeSources([11]);
    await expect.poll(() => forwarded.at(-1)).toEqual(['bob', ['alice-v0']]);
  });

  it('forgets what somebody showed when they leave', async () => {
    const [alice, bob] = [await join('alice', 10), await join('bob', 20)];
    alice.seat.close();
    const taken = { ssrc: 10, media: 'video', announced: 10, layer: 0, repeats: null } as const;
    expect(bob.seat.addSources([taken])).toEqual([]);
    expect(forwarded.filter(([id]) => id === 'bob').at(-1)).toEqual(['bob', []]);
  });
});
