import { createBandwidth } from './bandwidth.ts';
import { createHistories } from './history.ts';
import { chooseLayers, NONE } from './layer-choice.ts';
import { createAudioOutgoing, createVideoOutgoing, type Outgoing, type OutgoingPort } from './outgoing.ts';
import { createRateMeter } from './rate-meter.ts';
import type { ReportBlock } from './rtcp-reader.ts';
import { isLive, layerStates, type Track } from './track.ts';
import { type SeatWatch, UNWATCHED } from './watch.ts';

/** The bridge's side of what one participant receives: which layer of which track, as wishes and network allow. */
export interface Receiver {
  subscribe(track: Track): void;
  unsubscribe(track: Track): void;
  /** Ends everything. */
  close(): void;
  /** Up to which height each track is wanted, by its name, most important first; tracks without a name are. */
  setHeights(heights: ReadonlyMap<string, number>): void;
  /** The bandwidth that it says it has, in bits per second, which then counts instead of any estimate; negative for none. */
  assume(bitsPerSecond: number): void;
  /** Whether its transport is up: before that nothing is chosen. */
  setUp(isUp: boolean): void;
  /** Weighs again what it gets; to be called several times a second, and when something changed. */
  choose(nowMs: number): void;
  /** The following are what the participant reports and asks for. */
  onKeyFrameRequest(source: number): void;
  onLost(source: number, lost: readonly number[], nowMs: number): void;
  onLosses(blocks: readonly ReportBlock[], nowMs: number): void;
  onEstimate(bitsPerSecond: number, nowMs: number): void;
}

export interface ReceiverOptions {
  readonly port: OutgoingPort;
  /** The names of the video tracks that it is being sent, when they changed. */
  onForwarded(names: readonly string[]): void;
  /** The targets changed: a layer may have become wanted, or may not be any more. */
  onTarget(track: Track): void;
  readonly watch?: SeatWatch;
}

/** Estimates swing, and each change of layer costs a key frame: what fell stays for a while. */
const RAISE_AFTER_MS = 2_000;

export function createReceiver(options: ReceiverOptions): Receiver {
  const { port, onForwarded, onTarget, watch = UNWATCHED } = options;
  const outgoings = new Map<number, Outgoing>();
  const histories = createHistories();
  const highest = new Map<number, number>();
  /** When a picture was given a smaller layer last (ms), unless its receiver has asked for something else since. */
  const fellAt = new Map<Outgoing, number>();
  const bandwidth = createBandwidth();
  const sent = createRateMeter();
  let heights: ReadonlyMap<string, number> = new Map();
  let isUp = false;
  let assumed = -1;
  let forwarded = '';

  const counted: OutgoingPort = {
    sendMedia(packet, again) {
      sent.add(packet.length);
      port.sendMedia(packet, again);
    },
    sendRtcp: compound => port.sendRtcp(compound),
    onSwitched: ({ name }, { index, height }) => watch.onLayer('sent', name, index, height),
  };
  const byImportance = () => {
    const ranks = new Map([...heights.keys()].map((name, index) => [name, index]));
    return [...outgoings.values()]
      .filter(({ track }) => track.media === 'video')
      .sort((a, b) => (ranks.get(a.track.name) ?? ranks.size) - (ranks.get(b.track.name) ?? ranks.size));
  };
  const audioRate = () => {
    let rate = 0;
    for (const { track } of outgoings.values())
      if (track.media === 'audio') rate += track.layers[0]?.meter.rate ?? 0;
    return rate;
  };
  const tellTarget = (track: Track, target: number) => {
    const height = layerStates(track)[target]?.height ?? 0;
    watch.onLayer('chosen', track.name, target === NONE ? null : target, height);
  };
  /**
   * The first picture is the smallest one that comes, and stays awaited until its key frame is there: larger layers
   * begin with single packets, seconds before their sender's bandwidth lets them go on.
   */
  const begin = ({ target, track }: Outgoing, choice: number) => {
    const awaited = track.layers[target];
    if (awaited && isLive(track, awaited)) return Math.min(target, choice);
    const lowest = track.layers.findIndex(layer => isLive(track, layer));
    return lowest < 0 ? choice : Math.min(lowest, choice);
  };
  const calm = (outgoing: Outgoing, choice: number, nowMs: number) => {
    const { target, track } = outgoing;
    if (outgoing.current === NONE) return begin(outgoing, choice);
    if (choice < target) fellAt.set(outgoing, nowMs);
    const isSoon = nowMs - (fellAt.get(outgoing) ?? Number.NEGATIVE_INFINITY) < RAISE_AFTER_MS;
    const layer = track.layers[target];
    return choice > target && isSoon && layer && isLive(track, layer) ? target : choice;
  };
  const aim = (outgoing: Outgoing, target: number) => {
    // Also when it was asked for before: the key frame that came may have been of no use here.
    if (target !== outgoing.current) outgoing.track.layers[target]?.keyFrames.need();
    if (outgoing.target === target) return;
    outgoing.target = target;
    onTarget(outgoing.track);
    tellTarget(outgoing.track, target);
  };
  const tellForwarded = (videos: readonly Outgoing[]) => {
    const names = videos.filter(({ target }) => target !== NONE).map(({ track }) => track.name);
    const told = names.toSorted().join(' ');
    if (told === forwarded) return;
    forwarded = told;
    onForwarded(names);
  };
  const leastRate = () => {
    let rate = audioRate();
    for (const { track, target } of outgoings.values())
      if (track.media === 'video' && target !== NONE) rate += layerStates(track)[0]?.rate ?? 0;
    return rate;
  };

  return {
    subscribe(track) {
      const create = track.media === 'audio' ? createAudioOutgoing : createVideoOutgoing;
      const outgoing = create(track, counted, histories.of(track.announced));
      outgoings.set(track.announced, outgoing);
      track.outgoings.push(outgoing);
    },
    unsubscribe(track) {
      const outgoing = outgoings.get(track.announced);
      if (outgoing?.track !== track) return;
      outgoings.delete(track.announced);
      highest.delete(track.announced);
      fellAt.delete(outgoing);
      track.outgoings.splice(track.outgoings.indexOf(outgoing), 1);
      onTarget(track);
    },
    close() {
      for (const { track } of [...outgoings.values()]) this.unsubscribe(track);
    },
    setHeights(wanted) {
      heights = wanted;
      fellAt.clear();
    },
    assume(bitsPerSecond) {
      assumed = bitsPerSecond;
    },
    setUp(up) {
      isUp = up;
      for (const outgoing of outgoings.values()) if (up) outgoing.report();
    },
    choose(nowMs) {
      sent.settle(nowMs);
      const videos = byImportance();
      const candidates = videos.map(({ track }) => ({
        maxHeight: isUp ? (heights.get(track.name) ?? -1) : 0,
        layers: layerStates(track),
      }));
      const available = assumed < 0 ? bandwidth.available(nowMs) : assumed;
      // An estimate that is wrong, by losses or a busy processor, would freeze pictures: only the receiver's own word may.
      const choices = chooseLayers(candidates, available - audioRate(), assumed >= 0);
      for (const [i, outgoing] of videos.entries()) aim(outgoing, calm(outgoing, choices[i] ?? NONE, nowMs));
      tellForwarded(videos);
    },
    onKeyFrameRequest(source) {
      const outgoing = outgoings.get(source);
      if (!outgoing) return;
      const layer = outgoing.current === NONE ? outgoing.target : outgoing.current;
      outgoing.track.layers[layer]?.keyFrames.need();
      watch.onKeyFrame('wanted', outgoing.track.name, layer);
    },
    onLost(source, lost, nowMs) {
      watch.onLost('down', lost.length);
      outgoings.get(source)?.retransmit(lost, nowMs);
    },
    onLosses(blocks, nowMs) {
      let expected = 0;
      let lost = 0;
      for (const block of blocks) {
        if (!outgoings.has(block.source)) continue;
        const packets = Math.max(0, block.highest - (highest.get(block.source) ?? block.highest));
        highest.set(block.source, block.highest);
        expected += packets;
        lost += (packets * block.fractionLost) / 256;
      }
      if (expected > 0) bandwidth.onLoss(lost / expected, sent.rate, leastRate(), nowMs);
    },
    onEstimate: (bitsPerSecond, nowMs) => bandwidth.onEstimate(bitsPerSecond, sent.rate, leastRate(), nowMs),
  };
}
