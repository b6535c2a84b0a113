import { createCache, type PacketCache } from './cache.ts';
import { AUDIO_CLOCK_HZ, VIDEO_CLOCK_HZ } from './formats.ts';
import { createKeyFrameRequests, type KeyFrameRequests } from './key-frame-requests.ts';
import type { LayerState } from './layer-choice.ts';
import type { MediaSource } from './media-source.ts';
import { createMissingPackets, type MissingPackets } from './missing.ts';
import type { Outgoing } from './outgoing.ts';
import { createRateMeter, type RateMeter } from './rate-meter.ts';
import { createReceiveStats, type ReceiveStats } from './receive-stats.ts';
import type { SenderInfo } from './rtcp-reader.ts';

/** A microphone, a camera or a screen of one participant, with its simulcast layers. */
export interface Track {
  /** The source that the others know it by, all layers of it. */
  readonly announced: number;
  readonly media: MediaSource['media'];
  /** lib-jitsi-meet's name for it, `<endpoint id>-v0`. */
  readonly name: string;
  /** Smallest first. */
  readonly layers: Layer[];
  /** The source of its retransmissions to the others; null when it has none. */
  retransmissions: number | null;
  /** One for each of the others. */
  readonly outgoings: Outgoing[];
  /** When any of its layers was seen last. */
  latestAt: number;
}

/** One received source: an audio stream or a simulcast layer. */
export interface Layer {
  readonly ssrc: number;
  readonly index: number;
  readonly stats: ReceiveStats;
  readonly meter: RateMeter;
  readonly cache: PacketCache;
  readonly missing: MissingPackets;
  readonly keyFrames: KeyFrameRequests;
  /** Whether anybody gets or awaits it. */
  wanted: boolean;
  /** Pixels, 0 before a key frame told. */
  height: number;
  highest: number;
  /** Milliseconds, -1 before the first packet. */
  seenAt: number;
  senderReport: { readonly info: SenderInfo; readonly at: number } | null;
}

/** A layer that fell this far behind the others of its track has been switched off by its sender. */
const BEHIND_MS = 500;
/** The heights that LJM's three layers have of a 720p camera, and what it lets them cost (`maxBitratesVideo`). */
const USUAL_HEIGHTS = [180, 360, 720];
const BITS_PER_SECOND_AND_PIXEL = 1.7;
/** A second and a half of 720p: older ones no decoder waits for. */
const CACHED_PACKETS = 512;

export function createLayer(source: MediaSource): Layer {
  return {
    ssrc: source.repeats ?? source.ssrc,
    index: source.layer,
    stats: createReceiveStats(source.media === 'audio' ? AUDIO_CLOCK_HZ : VIDEO_CLOCK_HZ),
    meter: createRateMeter(),
    cache: createCache(source.media === 'audio' ? 1 : CACHED_PACKETS),
    missing: createMissingPackets(),
    keyFrames: createKeyFrameRequests(),
    wanted: source.media === 'audio',
    height: 0,
    highest: 0,
    seenAt: -1,
    senderReport: null,
  };
}

/** What there is to choose from. */
export function layerStates(track: Track): LayerState[] {
  return track.layers.map(layer => {
    const height = heightOf(track.layers, layer.index);
    const expected = ((height * height * 16) / 9) * BITS_PER_SECOND_AND_PIXEL;
    return { height, rate: layer.meter.rate || expected, live: isLive(track, layer) };
  });
}

/** Whether a packet of it counts as one of a layer that goes on, and not that begins. */
export function isLive({ latestAt }: Track, { seenAt }: Layer): boolean {
  return seenAt >= 0 && seenAt >= latestAt - BEHIND_MS;
}

/** Each layer has twice the height of the one below; a single known one tells all. */
function heightOf(layers: readonly Layer[], index: number): number {
  const known = layers[index]?.height || 0;
  if (known > 0) return known;
  const other = layers.find(layer => layer.height > 0);
  if (other) return other.height * 2 ** (index - other.index);
  return USUAL_HEIGHTS[index] ?? 720;
}
