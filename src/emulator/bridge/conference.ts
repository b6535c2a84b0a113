import type { Links } from '../faults/link.ts';
import type { Certificate, Fingerprint } from './certificate.ts';
import type { ReceiverConstraints, VideoSource, VideoType } from './constraints.ts';
import { createEndpoint, type Endpoint, type TransportState } from './endpoint.ts';
import type { IceCredentials } from './ice-lite.ts';
import type { MediaSource } from './media-source.ts';
import { createReceiver, type Receiver } from './receiver.ts';
import { type RtcpFact, readRtcp } from './rtcp-reader.ts';
import { createSender, type Sender } from './sender.ts';
import type { SpeakerChange } from './speaker.ts';
import { createStage } from './stage.ts';
import type { Track } from './track.ts';
import type { UdpPort } from './udp-port.ts';
import { type SeatWatch, UNWATCHED } from './watch.ts';

/** What there is to tell of a running conference. Heights are in pixels, -1 for all there is. */
export interface ConferenceEvents {
  onDominantSpeaker(change: SpeakerChange): void;
  /** The video sources that one is being sent. */
  onForwarded(id: string, sourceNames: readonly string[]): void;
  /** The heights in which the others want somebody's video sources; 0 for nobody. */
  onDemand(id: string, heights: Readonly<Record<string, number>>): void;
}

/** A participant's seat at the bridge. */
export interface Seat {
  readonly credentials: IceCredentials;
  /** Milliseconds since anything came from the participant; null when nothing has yet. */
  readonly silenceMs: number | null;
  expect(fingerprint: Fingerprint): void;
  /** Takes these sources as the participant's; answers those that somebody else owns, or too many, which are not taken. */
  addSources(sources: readonly MediaSource[]): readonly MediaSource[];
  removeSources(ssrcs: readonly number[]): void;
  /** Says what the participant wants to see. */
  constrain(constraints: ReceiverConstraints): void;
  /** Says what one of the participant's own sources shows. */
  setVideoType(sourceName: string, type: VideoType): void;
  close(): void;
}

export interface JoinOptions {
  /** The participant's nickname in the room, which is lib-jitsi-meet's endpoint id. */
  readonly id: string;
  /** Closed with the seat. */
  readonly links?: Links | undefined;
  readonly onState: (state: TransportState) => void;
  readonly watch?: SeatWatch;
}

/** Forwards the media of everybody in one room to everybody else in it (a selective forwarding unit, RFC 7667, 3.7). */
export interface BridgeConference {
  join(options: JoinOptions): Seat;
}

export interface ConferenceOptions {
  readonly port: UdpPort;
  readonly certificate: Certificate;
  /** The source under which the bridge itself reports. */
  readonly reporter: number;
  readonly events?: ConferenceEvents | undefined;
}

interface Member {
  readonly id: string;
  readonly endpoint: Endpoint;
  readonly sender: Sender;
  readonly receiver: Receiver;
  readonly sources: Map<number, MediaSource>;
}

/** A camera and a screen in three layers, each with its retransmissions, and two audio tracks are 14. */
const MOST_SOURCES = 32;
/** Losses are asked for, and packets told of, at this interval; layers are weighed again at every fifth. */
const TICK_MS = 20;
const CHOICE_TICKS = 5;

/** Opens a conference on the bridge's port. */
export function createConference(options: ConferenceOptions): BridgeConference {
  const { port, certificate, reporter, events = UNHEARD } = options;
  const now = () => performance.now();
  const members = new Map<string, Member>();
  const owners = new Map<number, Member>();
  let timer: NodeJS.Timeout | undefined;
  let ticks = 0;

  const stage = createStage({
    now,
    events: {
      onDominantSpeaker: change => events.onDominantSpeaker(change),
      onDemand: (id, heights) => events.onDemand(id, heights),
      onHeights(id, heights) {
        const receiver = members.get(id)?.receiver;
        receiver?.setHeights(heights);
        receiver?.choose(now());
      },
    },
  });
  const tick = () => {
    const nowMs = now();
    ticks += 1;
    const chooses = ticks % CHOICE_TICKS === 0;
    for (const { sender, receiver } of members.values()) {
      if (chooses) receiver.choose(nowMs);
      // A switch that is done leaves the old layer to nobody.
      if (chooses) for (const track of sender.tracks.values()) wantLayers(track);
      sender.tick(nowMs);
    }
  };
  const othersOf = (member: Member) => [...members.values()].filter(other => other !== member);
  const onFact = (from: Member, fact: RtcpFact) => {
    const { sender, receiver } = from;
    switch (fact.kind) {
      case 'report':
        if (fact.senderInfo) sender.onReport(fact.reporter, fact.senderInfo);
        return receiver.onLosses(fact.blocks, now());
      case 'key-frame':
        for (const source of fact.sources) receiver.onKeyFrameRequest(source);
        return tellSenders();
      case 'nack':
        return receiver.onLost(fact.source, fact.lost, now());
      case 'remb':
        return receiver.onEstimate(fact.bitsPerSecond, now());
    }
  };
  /** Requests that can go out at once do not wait for the next tick. */
  const tellSenders = () => {
    for (const { sender } of members.values()) sender.askForKeyFrames(now());
  };
  const createMember = ({ id, links, onState, watch = UNWATCHED }: JoinOptions): Member => {
    const endpoint = createEndpoint(
      port,
      certificate,
      {
        onMedia: packet => sender.take(packet),
        onRtcp(compound) {
          for (const fact of readRtcp(compound)) onFact(member, fact);
        },
        onState(state) {
          receiver.setUp(state === 'up');
          receiver.choose(now());
          onState(state);
        },
        watch,
      },
      links,
    );
    const sender = createSender({
      reporter,
      now,
      sendRtcp: compound => endpoint.sendRtcp(compound),
      onAwake() {
        for (const other of othersOf(member)) other.receiver.choose(now());
      },
      onLevel: level => stage.observe(id, level),
      watch,
    });
    const receiver = createReceiver({
      port: endpoint,
      onForwarded: names => events.onForwarded(id, names),
      onTarget(track) {
        wantLayers(track);
        tellSenders();
      },
      watch,
    });
    endpoint.wants = (ssrc, datagram) => sender.wants(ssrc, datagram);
    const member = { id, endpoint, sender, receiver, sources: new Map<number, MediaSource>() };
    return member;
  };
  const tellSources = ({ id, sources }: Member) => stage.setSources(id, videoSourcesOf(id, sources.values()));
  const remove = (member: Member, ssrcs: readonly number[]) => {
    for (const ssrc of ssrcs) {
      if (!member.sources.delete(ssrc)) continue;
      owners.delete(ssrc);
      const track = member.sender.remove(ssrc);
      if (track) for (const other of othersOf(member)) other.receiver.unsubscribe(track);
    }
    tellSources(member);
  };
  const add = (member: Member, source: MediaSource) => {
    // It has its place: in another track as well, nothing would ever take it out of the first.
    if (member.sources.has(source.ssrc)) return;
    owners.set(source.ssrc, member);
    member.sources.set(source.ssrc, source);
    const track = member.sender.add(source);
    if (track) for (const other of othersOf(member)) other.receiver.subscribe(track);
  };

  return {
    join(joining) {
      const member = createMember(joining);
      const { id, endpoint, receiver, sources } = member;
      members.set(id, member);
      timer ??= setInterval(tick, TICK_MS).unref();
      for (const { sender } of othersOf(member))
        for (const track of sender.tracks.values()) receiver.subscribe(track);
      stage.join(id);

      return {
        credentials: endpoint.credentials,
        get silenceMs() {
          return endpoint.silenceMs;
        },
        expect: endpoint.expect,
        addSources(added) {
          const isTaken = (ssrc: number | null) => ssrc !== null && (owners.get(ssrc) ?? member) !== member;
          // Nor may a layer of one's own be shown under somebody else's source.
          const isRefused = ({ ssrc, announced, repeats }: MediaSource) =>
            [ssrc, announced, repeats].some(isTaken) || (sources.size >= MOST_SOURCES && !sources.has(ssrc));
          const refused = added.filter(source => {
            if (isRefused(source)) return true;
            add(member, source);
            return false;
          });
          tellSources(member);
          return refused;
        },
        removeSources: ssrcs => remove(member, ssrcs),
        constrain(constraints) {
          receiver.assume(constraints.assumedBandwidth);
          stage.constrain(id, constraints);
        },
        setVideoType: (name, type) => stage.setVideoType(id, name, type),
        close() {
          endpoint.close();
          remove(member, [...sources.keys()]);
          receiver.close();
          if (members.get(id) === member) {
            members.delete(id);
            stage.leave(id);
          }
          if (members.size > 0) return;
          clearInterval(timer);
          timer = undefined;
        },
      };
    },
  };
}

const UNHEARD: ConferenceEvents = { onDominantSpeaker() {}, onForwarded() {}, onDemand() {} };

/** What somebody gets or waits for is decrypted and kept. */
function wantLayers(track: Track): void {
  if (track.media === 'audio') return;
  for (const layer of track.layers) {
    const wanted = track.outgoings.some(
      ({ current, target }) => current === layer.index || target === layer.index,
    );
    if (wanted === layer.wanted) continue;
    layer.wanted = wanted;
    layer.missing.reset();
    layer.cache.clear();
    if (!wanted) layer.keyFrames.settle();
  }
}

/** By name: a camera's simulcast layers and their retransmissions are one source. */
function videoSourcesOf(owner: string, sources: Iterable<MediaSource>): VideoSource[] {
  const named = new Map<string, VideoSource>();
  for (const { media, name, type = 'camera' } of sources)
    if (media === 'video' && name !== undefined) named.set(name, { name, owner, type });
  return [...named.values()];
}
