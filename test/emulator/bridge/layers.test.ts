import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readRtcp } from '../../../src/emulator/bridge/rtcp-reader.ts';
import { createRtpView, readRtp } from '../../../src/emulator/bridge/rtp-packet.ts';
import { makeRtx, undoRtx } from '../../../src/emulator/bridge/rtx.ts';
import { contentOf, createCamera, createPair, LAYERS, REPEATS, type Seen } from './layers.ts';
import { rtpPacket } from './media.ts';

const NAME = 'alice-v0';
const FRAME_MS = 33;

function start() {
  const pair = createPair();
  const camera = createCamera(pair.sender);
  const [track] = pair.sender.tracks.values();
  if (!track) throw new Error('no track');
  pair.receiver.subscribe(track);
  const wants = (height: number) => {
    pair.receiver.setHeights(new Map([[NAME, height]]));
    pair.receiver.choose(pair.clock.nowMs);
  };
  const film = (frames: number, key = false) => {
    for (let i = 0; i < frames; i++) {
      const layers = camera.capture(key && i === 0);
      // The largest last at first, while it is not known which there are; then first.
      const order = pair.seen.length === 0 ? layers : layers.toReversed();
      for (const packet of order.flat()) pair.arrive(packet);
      pair.clock.nowMs += FRAME_MS;
    }
  };
  const requests = () =>
    pair.toSender
      .splice(0)
      .flatMap(readRtcp)
      .filter(fact => fact.kind === 'key-frame')
      .flatMap(fact => fact.sources);
  wants(180);
  pair.receiver.setUp(true);
  return { ...pair, camera, track, wants, film, requests };
}

/** In the order of the receiver's numbers, without the wrap. */
function inOrder(seen: readonly Seen[]): Seen[] {
  let last = seen[0]?.sequence ?? 0;
  const placed = seen.map(packet => {
    last += ((packet.sequence - last) << 16) >> 16;
    return { ...packet, sequence: last };
  });
  return placed.toSorted((a, b) => a.sequence - b.sequence);
}

describe('a receiver', () => {
  it('gets the layer it wants, under the announced source', () => {
    const { film, seen, receiver, clock } = start();
    receiver.choose(clock.nowMs);
    film(3, true);
    expect(seen.map(({ ssrc, layer, frame }) => [ssrc, layer, frame])).toEqual([
      ...[
        [10, 0, 1],
        [10, 0, 1],
        [10, 0, 2],
        [10, 0, 2],
        [10, 0, 3],
        [10, 0, 3],
      ],
    ]);
  });

  it('begins with the smallest layer that comes, whatever is wanted, and goes on to the largest', () => {
    const { film, seen, receiver, clock, wants, track } = start();
    const [outgoing] = track.outgoings;
    wants(720);
    film(2);
    expect(outgoing?.target).toBe(0);
    film(1, true);
    receiver.choose(clock.nowMs);
    expect(outgoing?.target).toBe(2);
    film(1, true);
    expect([...new Set(seen.map(({ layer }) => layer))]).toEqual([0, 2]);
  });

  it('is not shown a layer of which there are only empty retransmissions: its sender tries its bandwidth', () => {
    const { camera, arrive, track, wants, receiver, clock } = start();
    wants(720);
    for (const packet of camera.capture(true, 2, [0]).flat()) arrive(packet);
    arrive(rtpPacket({ ssrc: REPEATS[2], payloadType: 96, padding: 100 }));
    receiver.choose(clock.nowMs);
    expect(track.outgoings[0]?.target).toBe(0);
  });

  it('is not raised again right after a fall, unless it asks for it', () => {
    const { film, receiver, clock, track, wants } = start();
    const [outgoing] = track.outgoings;
    film(30, true);
    wants(720);
    film(30, true);
    expect(outgoing?.target).toBe(2);
    receiver.assume(1);
    receiver.choose(clock.nowMs);
    receiver.assume(-1);
    receiver.choose(clock.nowMs);
    expect(outgoing?.target).toBe(0);
    wants(720);
    expect(outgoing?.target).toBe(2);
    receiver.assume(1);
    receiver.choose(clock.nowMs);
    receiver.assume(-1);
    film(61);
    receiver.choose(clock.nowMs);
    expect(outgoing?.target).toBe(2);
  });

  it('sees one stream go on when a camera comes back under its source, with numbers of its own', () => {
    const { film, seen, repeated, receiver, sender, clock, arrive, wants } = start();
    film(2, true);
    receiver.onLost(LAYERS[0], [seen.at(-1)?.sequence ?? 0], clock.nowMs);
    for (const ssrc of [...LAYERS, ...REPEATS]) {
      const gone = sender.remove(ssrc);
      if (gone) receiver.unsubscribe(gone);
    }
    const before = seen.length;
    // Its numbers begin below those that this receiver knows already.
    const camera = createCamera(sender, [98, 98, 98]);
    const [track] = sender.tracks.values();
    if (track) receiver.subscribe(track);
    wants(180);
    for (const packet of camera.capture(true).flat()) arrive(packet);
    receiver.onLost(LAYERS[0], [seen.at(-1)?.sequence ?? 0], clock.nowMs);

    const [last, next] = [seen[before - 1] as Seen, seen[before] as Seen];
    expect(next.sequence).toBe(last.sequence + 1);
    expect(next.pictureId).toBe(last.pictureId + 1);
    expect(next.timestamp).toBeGreaterThan(last.timestamp);
    expect(repeated.map(packet => packet.readUInt16BE(2))).toEqual([1, 2]);
  });

  it('changes to another layer with its key frame, and sees one stream', () => {
    const { film, seen, wants, requests, sender, clock } = start();
    film(1, true);
    wants(720);
    sender.askForKeyFrames(clock.nowMs);
    expect(requests()).toContain(LAYERS[2]);
    film(2);
    film(2, true);
    expect(seen.map(({ layer }) => layer)).toEqual([0, 0, 0, 0, 0, 0, 2, 2, 2, 2]);
    const numbers = (read: (packet: Seen) => number) =>
      seen.map(packet => read(packet) - read(seen[0] as Seen));
    expect(numbers(({ sequence }) => sequence)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(numbers(({ pictureId }) => pictureId)).toEqual([0, 0, 1, 1, 2, 2, 3, 3, 4, 4]);
    expect(numbers(({ tl0 }) => tl0)).toEqual([0, 0, 1, 1, 2, 2, 3, 3, 4, 4]);
    const ticks = numbers(({ timestamp }) => timestamp).map(ticks => Math.round(ticks / 3_000));
    expect(ticks).toEqual([0, 0, 1, 1, 2, 2, 3, 3, 4, 4]);
  });

  it('stays with what it has while no key frame comes', () => {
    const { film, seen, wants } = start();
    film(1, true);
    wants(720);
    film(50);
    expect(new Set(seen.map(({ layer }) => layer))).toEqual(new Set([0]));
  });

  it('gets nothing of what it does not want, and a key frame when it wants it again', () => {
    const { film, seen, wants, requests, sender, clock, forwarded } = start();
    film(2, true);
    wants(0);
    film(30);
    const before = seen.length;
    wants(180);
    sender.askForKeyFrames(clock.nowMs);
    expect(requests()).toContain(LAYERS[0]);
    film(2);
    expect([before, seen.length]).toEqual([4, 4]);
    film(1, true);
    const [last, next] = [seen[3] as Seen, seen[4] as Seen];
    expect(next.sequence - last.sequence).toBe(1);
    expect((next.timestamp - last.timestamp) / 90).toBeGreaterThan(30 * FRAME_MS);
    expect(forwarded.slice(-2)).toEqual([[], [NAME]]);
  });

  it('gets a lower layer soon after its sender switched the higher one off', () => {
    const { camera, clock, arrive, receiver, seen, wants, film } = start();
    wants(720);
    film(1, true);
    for (let i = 0; i < 40; i++) {
      for (const packet of camera.capture(i % 10 === 9)[0] ?? []) arrive(packet);
      clock.nowMs += FRAME_MS;
      receiver.choose(clock.nowMs);
    }
    expect(seen.findIndex(({ layer, frame }) => layer === 0 && frame > 1)).toBeGreaterThan(-1);
    expect(seen.find(({ layer, frame }) => layer === 0 && frame > 1)?.frame).toBeLessThan(25);
  });

  it('gets a key frame whose beginning came last', () => {
    const { camera, arrive, clock, seen } = start();
    const [, , top] = camera.capture(true, 3);
    const [low = []] = camera.capture(true, 3);
    expect(top).toBeDefined();
    for (const index of [1, 2, 0]) arrive(low[index] as Buffer);
    clock.nowMs += FRAME_MS;
    expect(inOrder(seen).map(({ part }) => part)).toEqual([0, 1, 2]);
  });
});

describe('a key frame from before', () => {
  /** The first packet of a key frame that went by unwanted, repeated to fill up a probe of the bandwidth. */
  const repeatOld = () => {
    const pair = start();
    pair.film(1, true);
    for (const layer of pair.track.layers) layer.wanted = layer.index === 0;
    const frame = pair.camera.capture(true);
    for (const packet of frame.flat()) pair.arrive(packet);
    const [old] = frame[2] ?? [];
    if (!old) throw new Error('no packet');
    pair.film(20);
    pair.wants(720);
    const view = createRtpView();
    readRtp(old, view);
    pair.arrive(makeRtx(old, view, { ssrc: REPEATS[2], payloadType: 96, sequence: 1 }, Buffer.alloc(2_000)));
    return pair;
  };

  it('begins nothing: all that came since would be missing', () => {
    const { seen, film } = repeatOld();
    film(5);
    const steps = inOrder(seen).map(
      ({ sequence }, i, all) => sequence - (all[i - 1]?.sequence ?? sequence - 1),
    );
    expect(new Set(steps)).toEqual(new Set([1]));
    expect(new Set(seen.map(({ layer }) => layer))).toEqual(new Set([0]));
  });

  it('does not keep the bridge from asking for a new one', () => {
    const { requests, receiver, sender, clock } = repeatOld();
    requests();
    clock.nowMs += 1_000;
    receiver.choose(clock.nowMs);
    sender.askForKeyFrames(clock.nowMs);
    expect(requests()).toEqual([LAYERS[2]]);
  });
});

describe('a loss on the way to the receiver', () => {
  it('is made good from what the bridge keeps, in the stream for that', () => {
    const { film, seen, repeated, receiver, clock } = start();
    film(3, true);
    const lost = seen[3] as Seen;
    receiver.onLost(LAYERS[0], [lost.sequence], clock.nowMs);
    const view = createRtpView();
    const packet = repeated[0] ?? Buffer.alloc(0);
    readRtp(packet, view);
    expect([view.ssrc, view.payloadType]).toEqual([REPEATS[0], 96]);
    const original = undoRtx(packet, view, LAYERS[0], 100);
    expect(original?.readUInt16BE(2)).toBe(lost.sequence);
    expect(contentOf(original ?? packet)).toMatchObject({ layer: 0, frame: lost.frame, part: lost.part });
  });

  it('before a change of layers is made good with the numbers of that time', () => {
    const { film, seen, repeated, receiver, clock, wants } = start();
    film(2, true);
    wants(720);
    film(2, true);
    receiver.onLost(LAYERS[0], [(seen[2] as Seen).sequence, (seen[5] as Seen).sequence], clock.nowMs);
    const layers = repeated.map(packet => contentOf(packet).layer);
    expect(layers).toEqual([0, 2]);
  });

  it('does not touch what the bridge keeps: the next one who asks gets the same', () => {
    const { film, seen, repeated, receiver, clock } = start();
    film(3, true);
    for (let i = 0; i < 2; i++) receiver.onLost(LAYERS[0], [(seen[1] as Seen).sequence], clock.nowMs);
    const [first, second] = repeated.map(packet => packet.subarray(4));
    expect(first).toEqual(second);
  });

  it('is made good only so often', () => {
    const { film, seen, repeated, receiver, clock } = start();
    film(3, true);
    const all = seen.map(({ sequence }) => sequence);
    for (let i = 0; i < 1_000; i++) receiver.onLost(LAYERS[0], all, clock.nowMs);
    expect(repeated.length).toBeLessThanOrEqual(500);
  });

  it('of what was never sent is passed over', () => {
    const { film, repeated, receiver, clock } = start();
    film(3, true);
    receiver.onLost(LAYERS[0], [50_000], clock.nowMs);
    receiver.onLost(99, [1], clock.nowMs);
    expect(repeated).toEqual([]);
  });
});

describe('a loss on the way from the sender', () => {
  it('is asked for by the bridge, and what comes of it reaches the receiver in its place', () => {
    const { camera, arrive, sender, clock, seen, toSender } = start();
    const frames = [camera.capture(true), camera.capture(false), camera.capture(false)].map(
      ([low = []]) => low,
    );
    const [first = [], second = [], third = []] = frames;
    const [lost = Buffer.alloc(0), ...rest] = second;
    for (const packet of [...first, ...rest, ...third]) arrive(packet);
    sender.tick(clock.nowMs);
    const nack = toSender.flatMap(readRtcp).find(fact => fact.kind === 'nack');
    expect(nack).toEqual({ kind: 'nack', source: LAYERS[0], lost: [lost.readUInt16BE(2)] });
    const view = createRtpView();
    readRtp(lost, view);
    arrive(makeRtx(lost, view, { ssrc: REPEATS[0], payloadType: 96, sequence: 1 }, Buffer.alloc(2_000)));
    expect(inOrder(seen).map(({ frame, part }) => [frame, part])).toEqual([
      ...[
        [1, 0],
        [1, 1],
        [2, 0],
        [2, 1],
        [3, 0],
        [3, 1],
      ],
    ]);
  });

  it('is counted in what the bridge reports, and repeated packets are no arrivals', () => {
    const { camera, arrive, sender, clock, toSender } = start();
    for (let i = 0; i < 10; i++) {
      const [low = []] = camera.capture(i === 0);
      if (i !== 5) for (const packet of low) arrive(packet);
    }
    clock.nowMs += 2_000;
    sender.tick(clock.nowMs);
    const report = toSender.flatMap(readRtcp).find(fact => fact.kind === 'report');
    expect(report?.blocks).toEqual([{ source: LAYERS[0], fractionLost: 25, highest: 119 }]);
  });
});

describe('a bad way to one receiver', () => {
  /** A second receiver of the same camera. */
  const join = (pair: ReturnType<typeof start>) => {
    const other = createPair();
    other.receiver.subscribe(pair.track);
    other.receiver.setHeights(new Map([[NAME, 720]]));
    other.receiver.setUp(true);
    other.receiver.choose(pair.clock.nowMs);
    return other;
  };
  const layersOf = (seen: readonly Seen[]) => new Set(seen.slice(-20).map(({ layer }) => layer));

  it.each([
    [
      'a falling estimate',
      ({ receiver, clock }: ReturnType<typeof start>) => {
        for (const estimate of [2_000_000, 1_000]) receiver.onEstimate(estimate, clock.nowMs);
      },
    ],
    [
      'losses',
      ({ receiver, clock }: ReturnType<typeof start>) => {
        for (const highest of [100, 200])
          receiver.onLosses([{ source: LAYERS[0], highest, fractionLost: 200 }], clock.nowMs);
      },
    ],
  ])('by %s takes it down to a smaller layer, and nobody else', (_name, suffer) => {
    const pair = start();
    pair.wants(720);
    pair.film(30, true);
    const other = join(pair);
    pair.film(1, true);
    // Once it has a first picture, the smallest.
    other.receiver.choose(pair.clock.nowMs);
    pair.film(30, true);
    pair.receiver.choose(pair.clock.nowMs);
    expect([layersOf(pair.seen), layersOf(other.seen)]).toEqual([new Set([2]), new Set([2])]);
    suffer(pair);
    pair.receiver.choose(pair.clock.nowMs);
    pair.film(30, true);
    expect([layersOf(pair.seen), layersOf(other.seen)]).toEqual([new Set([0]), new Set([2])]);
  });
});

it('what a receiver says of its own bandwidth counts instead of what is estimated', () => {
  const pair = start();
  pair.wants(720);
  pair.film(30, true);
  pair.receiver.assume(200_000);
  pair.wants(720);
  pair.film(2, true);
  const assumed = pair.seen.at(-1)?.layer;
  for (const estimate of [2_000_000, 1_000]) pair.receiver.onEstimate(estimate, pair.clock.nowMs);
  pair.receiver.assume(10_000_000);
  pair.wants(720);
  pair.film(2, true);
  const trusted = pair.seen.at(-1)?.layer;
  pair.receiver.assume(-1);
  pair.wants(720);
  pair.film(2, true);
  expect([assumed, trusted, pair.seen.at(-1)?.layer]).toEqual([0, 2, 0]);
});

describe('a key-frame request', () => {
  it('goes to the layer that the receiver gets', () => {
    const { film, wants, receiver, sender, requests, clock } = start();
    wants(720);
    film(2, true);
    requests();
    clock.nowMs += 1_000;
    receiver.onKeyFrameRequest(LAYERS[0]);
    sender.askForKeyFrames(clock.nowMs);
    expect(requests()).toEqual([LAYERS[2]]);
  });

  it('for a source of nobody goes nowhere', () => {
    const { film, receiver, sender, requests, clock } = start();
    film(2, true);
    requests();
    clock.nowMs += 1_000;
    receiver.onKeyFrameRequest(99);
    sender.askForKeyFrames(clock.nowMs);
    expect(requests()).toEqual([]);
  });
});

describe('a sender report', () => {
  const report = (layer: number, timestamp: number) =>
    [LAYERS[layer] ?? 0, { seconds: 5, fraction: 0, timestamp }] as const;

  it('is passed on with the timestamp that the receiver knows', () => {
    const { film, wants, sender, seen, toReceiver } = start();
    film(1, true);
    wants(720);
    film(1, true);
    const top = seen.find(({ layer }) => layer === 2) as Seen;
    sender.onReport(...report(2, 65_530 * 7 + 2 * 3_000));
    const [fact] = toReceiver.flatMap(readRtcp).slice(-1);
    expect(fact).toMatchObject({ reporter: LAYERS[0], senderInfo: { seconds: 5, timestamp: top.timestamp } });
  });

  it('of a layer that the receiver does not get is not', () => {
    const { film, sender, toReceiver } = start();
    film(1, true);
    sender.onReport(...report(1, 0));
    expect(toReceiver).toEqual([]);
  });

  it('tells how the clocks of two layers go together', () => {
    const { film, wants, sender, seen, clock } = start();
    film(1, true);
    // Both layers at the same moment, the first frame's.
    sender.onReport(...report(0, 100 * 7 + 3_000));
    sender.onReport(...report(2, 65_530 * 7 + 3_000));
    wants(720);
    // The network holds the next picture up; its time is still a frame later.
    clock.nowMs += 200;
    film(1, true);
    const [before, after] = [seen[0] as Seen, seen.find(({ layer }) => layer === 2) as Seen];
    expect(after.timestamp - before.timestamp).toBe(3_000);
  });
});

describe('whatever is switched, lost, repeated and out of order', () => {
  const step = fc.record({
    height: fc.constantFrom(0, 180, 360, 720, -1),
    key: fc.boolean(),
    packets: fc.integer({ min: 1, max: 4 }),
    /** Which packets are lost, come twice, or come after the next frame. */
    fate: fc.array(fc.constantFrom('comes', 'comes', 'comes', 'lost', 'twice', 'late'), {
      minLength: 12,
      maxLength: 12,
    }),
    alive: fc.constantFrom([0, 1, 2], [0, 1, 2], [0, 1], [0], [2]),
  });
  const offset = fc.nat(0xffff);

  /** What the receiver saw of a random call. `fates` are switched off for a network without faults. */
  const call = (
    steps: ReadonlyArray<typeof step extends fc.Arbitrary<infer T> ? T : never>,
    offsets: number[],
    faults: boolean,
  ) => {
    const pair = createPair();
    const camera = createCamera(pair.sender, offsets);
    const [track] = pair.sender.tracks.values();
    if (track) pair.receiver.subscribe(track);
    pair.receiver.setUp(true);
    let late: Buffer[] = [];
    for (const { height, key, packets, fate, alive } of steps) {
      pair.receiver.setHeights(new Map([[NAME, height]]));
      pair.receiver.choose(pair.clock.nowMs);
      const now = camera.capture(key, packets, alive).flat();
      const overdue = late;
      late = [];
      for (const [i, packet] of now.entries()) {
        const what = faults ? fate[i % fate.length] : 'comes';
        if (what === 'late') late.push(packet);
        else if (what !== 'lost') pair.arrive(packet);
        if (what === 'twice') pair.arrive(packet);
      }
      for (const packet of overdue) pair.arrive(packet);
      pair.clock.nowMs += FRAME_MS;
    }
    return inOrder(pair.seen);
  };
  const calls = (check: (seen: Seen[]) => void, faults: boolean) =>
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), fc.tuple(offset, offset, offset), (steps, offsets) => {
        check(call(steps, offsets, faults));
      }),
    );

  it('no number is given twice', () => {
    calls(seen => {
      expect(new Set(seen.map(({ sequence }) => sequence)).size).toBe(seen.length);
    }, true);
  });

  it('each layer begins with a key frame, and no picture of it comes before that', () => {
    calls(seen => {
      for (const [i, packet] of seen.entries()) {
        const before = seen[i - 1];
        if (before?.layer === packet.layer) expect(packet.frame).toBeGreaterThanOrEqual(before.frame);
        else expect(packet).toMatchObject({ key: true, part: 0 });
      }
    }, true);
  });

  it('pictures never go back in number or time', () => {
    calls(seen => {
      for (const [i, packet] of seen.entries()) {
        const before = seen[i - 1];
        if (!before) continue;
        expect(((packet.pictureId - before.pictureId) << 17) >> 17).toBeGreaterThanOrEqual(0);
        expect((packet.timestamp - before.timestamp) | 0).toBeGreaterThanOrEqual(0);
      }
    }, true);
  });

  it('without losses there are no gaps in the numbers of packets and pictures', () => {
    calls(seen => {
      for (const [i, packet] of seen.entries()) {
        const before = seen[i - 1];
        if (!before) continue;
        expect(packet.sequence - before.sequence).toBe(1);
        const isSamePicture = packet.frame === before.frame && packet.layer === before.layer;
        expect((packet.pictureId - before.pictureId) & 0x7fff).toBe(isSamePicture ? 0 : 1);
        expect((packet.tl0 - before.tl0) & 0xff).toBe(isSamePicture ? 0 : 1);
      }
    }, false);
  });
});
