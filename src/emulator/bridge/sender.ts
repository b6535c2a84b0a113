import { EXTENSION, PAYLOAD } from './formats.ts';
import type { MediaSource } from './media-source.ts';
import { restore } from './outgoing.ts';
import type { SenderInfo } from './rtcp-reader.ts';
import {
  encodeNack,
  encodePli,
  encodeReceiverReport,
  encodeRemb,
  type ReceivedReport,
} from './rtcp-writer.ts';
import {
  createRtpView,
  readRtp,
  readTransportSequence,
  stampSendTime,
  takeTransportSequence,
} from './rtp-packet.ts';
import { undoRtx } from './rtx.ts';
import { NO_LEVEL, readAudioLevel } from './speaker-level.ts';
import { createLayer, isLive, type Layer, type Track } from './track.ts';
import { createTransportFeedback } from './transport-feedback.ts';
import { createVp8View, readVp8 } from './vp8.ts';
import { type SeatWatch, UNWATCHED } from './watch.ts';

/** The bridge's side of what one participant sends: what came, what is missing, and who gets it. */
export interface Sender {
  /** By the source that the others know it by. */
  readonly tracks: ReadonlyMap<number, Track>;
  /** Takes a source as the participant's; answers its track if that is new. */
  add(source: MediaSource): Track | null;
  /** Forgets a source; answers its track if nothing is left of that. */
  remove(ssrc: number): Track | null;
  /** Takes note of a packet that may still be encrypted; whether anybody gets it. */
  wants(ssrc: number, datagram: Buffer): boolean;
  /** Hands a decrypted packet to everybody who gets it. The Buffer is the sender's from now on. */
  take(packet: Buffer): void;
  onReport(ssrc: number, info: SenderInfo): void;
  /** Sends the requests for key frames that are due. */
  askForKeyFrames(nowMs: number): void;
  /** Sends what is due of reports and requests; to be called every few hundredths of a second. */
  tick(nowMs: number): void;
}

export interface SenderOptions {
  /** The source under which the bridge reports. */
  readonly reporter: number;
  readonly now: () => number;
  sendRtcp(compound: Buffer): void;
  /** A layer that was off begins to come: its first packet begins a key frame, if somebody wants it in time. */
  onAwake(track: Track): void;
  /** The level of an audio packet (RFC 6464), 0 to 127 in -dBov. */
  onLevel(level: number): void;
  readonly watch?: SeatWatch;
}

interface Stream {
  readonly track: Track;
  readonly layer: Layer;
  readonly isRetransmission: boolean;
}

/** Soon enough for congestion control, which looks at changes over a tenth of a second or more. */
const FEEDBACK_MS = 50;
const REPORT_MS = 1_000;
/** For senders without transport-wide feedback: as much as they like, their losses tell them when it is too much. */
const PLENTY_BITS_PER_SECOND = 10_000_000;
/** Filled for each packet. */
const rtp = createRtpView();
const vp8 = createVp8View();

export function createSender(options: SenderOptions): Sender {
  const { reporter, now, sendRtcp, watch = UNWATCHED } = options;
  const tracks = new Map<number, Track>();
  const streams = new Map<number, Stream>();
  const feedback = createTransportFeedback();
  let hasTransportFeedback = false;
  let feedbackAt = 0;
  let reportedAt = 0;

  const noteTransport = (sequence: number, nowMs: number) => {
    if (sequence < 0) return;
    hasTransportFeedback = true;
    feedback.note(sequence, nowMs);
  };
  const see = ({ track, layer, isRetransmission }: Stream, bytes: number, nowMs: number) => {
    layer.meter.add(bytes);
    // Senders probe their bandwidth with empty retransmissions, also of layers that they have not begun to send.
    if (isRetransmission) return;
    layer.keyFrames.hear();
    const wasLive = isLive(track, layer);
    layer.seenAt = nowMs;
    track.latestAt = nowMs;
    if (!wasLive && track.media === 'video') options.onAwake(track);
  };
  const count = (layer: Layer, nowMs: number) => {
    const sequence = layer.stats.note(rtp.sequence, rtp.timestamp, nowMs);
    layer.highest = Math.max(layer.highest, sequence);
    return sequence;
  };
  const takeAudio = ({ track, layer }: Stream, bytes: Buffer, nowMs: number) => {
    const sequence = count(layer, nowMs);
    const level = readAudioLevel(bytes, EXTENSION.audioLevel);
    if (level !== NO_LEVEL) options.onLevel(level);
    const packet = { bytes, rtp, vp8, sequence };
    for (const outgoing of track.outgoings) outgoing.forward(layer, packet, nowMs);
  };
  const takeVideo = ({ track, layer, isRetransmission }: Stream, packet: Buffer, nowMs: number) => {
    const bytes = isRetransmission ? undoRtx(packet, rtp, layer.ssrc, PAYLOAD.vp8) : packet;
    if (!bytes || (isRetransmission && !readRtp(bytes, rtp))) return;
    const sequence = isRetransmission ? layer.stats.place(rtp.sequence) : count(layer, nowMs);
    if (!layer.missing.note(sequence, nowMs)) layer.keyFrames.need();
    if (!layer.cache.put(sequence, bytes, nowMs)) return;
    // Without a descriptor a packet is padding: it fills a number that the receivers would miss.
    readVp8(bytes, rtp.payloadStart, rtp.payloadEnd, vp8);
    if (vp8.beginsKeyFrame) {
      layer.keyFrames.settle();
      layer.height = vp8.height;
      watch.onKeyFrame('sent', track.name, layer.index);
    }
    bytes.writeUInt32BE(track.announced, 8);
    stampSendTime(bytes, rtp, EXTENSION.absSendTime, nowMs);
    const read = { bytes, rtp, vp8, sequence };
    for (const outgoing of track.outgoings) outgoing.forward(layer, read, nowMs);
    restore(read);
  };
  const askForKeyFrame = (track: Track, layer: Layer, nowMs: number) => {
    if (!layer.keyFrames.due(nowMs)) return;
    sendRtcp(encodePli(reporter, layer.ssrc));
    watch.onKeyFrame('asked', track.name, layer.index);
  };
  const tickLayer = (track: Track, layer: Layer, nowMs: number) => {
    layer.meter.settle(nowMs);
    askForKeyFrame(track, layer, nowMs);
    if (layer.missing.size === 0) return;
    const lost = layer.missing.due(nowMs);
    if (lost.length === 0) return;
    sendRtcp(encodeNack(reporter, layer.ssrc, lost));
    watch.onLost('up', lost.length);
  };
  const report = (nowMs: number) => {
    const blocks = [...streams.values()].flatMap(({ layer, isRetransmission }) =>
      isRetransmission ? [] : (blockOf(layer, nowMs) ?? []),
    );
    if (blocks.length > 0) sendRtcp(encodeReceiverReport(reporter, blocks));
    const video = [...streams].filter(([, { track }]) => track.media === 'video').map(([ssrc]) => ssrc);
    if (video.length > 0 && !hasTransportFeedback)
      sendRtcp(encodeRemb(reporter, video, PLENTY_BITS_PER_SECOND));
  };

  return {
    tracks,
    add(source) {
      const known = tracks.get(source.announced);
      const track = known ?? newTrack(source);
      const layer = layerOf(track, source);
      const isRetransmission = source.repeats !== null;
      if (isRetransmission && source.layer === 0) track.retransmissions = source.ssrc;
      streams.set(source.ssrc, { track, layer, isRetransmission });
      tracks.set(source.announced, track);
      return known ? null : track;
    },
    remove(ssrc) {
      const track = streams.get(ssrc)?.track;
      streams.delete(ssrc);
      if (!track || [...streams.values()].some(stream => stream.track === track)) return null;
      tracks.delete(track.announced);
      return track;
    },
    wants(ssrc, datagram) {
      const stream = streams.get(ssrc);
      if (!stream) return false;
      const nowMs = now();
      see(stream, datagram.length, nowMs);
      if (stream.layer.wanted && stream.track.outgoings.length > 0) return true;
      // The sender has to hear of these too, or it believes them lost. Their headers are not encrypted.
      if (!readRtp(datagram, rtp)) return false;
      noteTransport(readTransportSequence(datagram, rtp, EXTENSION.transportSequence), nowMs);
      if (!stream.isRetransmission) count(stream.layer, nowMs);
      return false;
    },
    take(packet) {
      const nowMs = now();
      if (!readRtp(packet, rtp)) return;
      noteTransport(takeTransportSequence(packet, rtp, EXTENSION.transportSequence), nowMs);
      const stream = streams.get(rtp.ssrc);
      if (stream?.track.media === 'audio') takeAudio(stream, packet, nowMs);
      else if (stream) takeVideo(stream, packet, nowMs);
    },
    onReport(ssrc, info) {
      const stream = streams.get(ssrc);
      if (!stream || stream.isRetransmission) return;
      stream.layer.senderReport = { info, at: now() };
      for (const outgoing of stream.track.outgoings)
        if (outgoing.current === stream.layer.index) outgoing.report();
    },
    askForKeyFrames(nowMs) {
      for (const track of tracks.values())
        for (const layer of track.layers) askForKeyFrame(track, layer, nowMs);
    },
    tick(nowMs) {
      for (const track of tracks.values()) for (const layer of track.layers) tickLayer(track, layer, nowMs);
      if (nowMs - feedbackAt >= FEEDBACK_MS) {
        feedbackAt = nowMs;
        // Browsers look for a source of their own in it, whichever.
        const [own = 0] = streams.keys();
        const packet = feedback.next(reporter, own);
        if (packet) sendRtcp(packet);
      }
      if (nowMs - reportedAt < REPORT_MS) return;
      reportedAt = nowMs;
      report(nowMs);
    },
  };
}

function newTrack(source: MediaSource): Track {
  const { announced, media, name = '' } = source;
  return { announced, media, name, layers: [], retransmissions: null, outgoings: [], latestAt: -1 };
}

/** Its sources come in any order: a retransmission stream may be named before what it repeats. */
function layerOf(track: Track, source: MediaSource): Layer {
  const known = track.layers.find(({ index }) => index === source.layer);
  if (known) return known;
  const layer = createLayer(source);
  track.layers.push(layer);
  track.layers.sort((a, b) => a.index - b.index);
  return layer;
}

function blockOf({ ssrc, stats, senderReport }: Layer, nowMs: number): ReceivedReport | null {
  const report = stats.report();
  if (!report) return null;
  const { seconds = 0, fraction = 0 } = senderReport?.info ?? {};
  return {
    source: ssrc,
    ...report,
    lastReport: (((seconds & 0xffff) << 16) | (fraction >>> 16)) >>> 0,
    delay: senderReport ? Math.round(((nowMs - senderReport.at) / 1000) * 65_536) : 0,
  };
}
