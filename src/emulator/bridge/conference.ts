import type { Certificate, Fingerprint } from './certificate.ts';
import { createEndpoint, type Endpoint, type TransportState } from './endpoint.ts';
import { createFeedbackRouter } from './feedback.ts';
import type { IceCredentials } from './ice-lite.ts';
import { readRtcp } from './rtcp-reader.ts';
import { encodePli } from './rtcp-writer.ts';
import type { UdpPort } from './udp-port.ts';

export type Media = 'audio' | 'video';

/** One RTP source of a participant. */
export interface MediaSource {
  readonly ssrc: number;
  readonly media: Media;
  /** Whether others get it: of a camera's simulcast layers only one is announced and forwarded. */
  readonly forwarded: boolean;
}

/** A participant's seat at the bridge. */
export interface Seat {
  readonly credentials: IceCredentials;
  expect(fingerprint: Fingerprint): void;
  /** Takes these sources as the participant's; answers those that somebody else owns, which are not taken. */
  addSources(sources: readonly MediaSource[]): readonly MediaSource[];
  removeSources(ssrcs: readonly number[]): void;
  close(): void;
}

/** Forwards the media of everybody in one room to everybody else in it (a selective forwarding unit, RFC 7667, 3.7). */
export interface BridgeConference {
  join(onState: (state: TransportState) => void): Seat;
}

interface Member {
  readonly endpoint: Endpoint;
  readonly sources: Map<number, MediaSource>;
}

/** Opens a conference on the bridge's port. */
export function createConference(port: UdpPort, certificate: Certificate): BridgeConference {
  const members = new Set<Member>();
  const owners = new Map<number, Member>();

  const othersUp = (member: Member) =>
    [...members].filter(other => other !== member && other.endpoint.state === 'up');
  const feedback = createFeedbackRouter<Member>({
    ownerOf: ssrc => owners.get(ssrc),
    sourcesOf: member => [...member.sources.keys()],
    isForwarded: ssrc => owners.get(ssrc)?.sources.get(ssrc)?.forwarded === true,
    receiversOf: othersUp,
  });
  // A decoder can begin with a key frame only (RFC 6386, 4), and the last one was before this receiver's time.
  const refresh = (receiver: Member) => {
    for (const [ssrc, owner] of owners) {
      const source = owner.sources.get(ssrc);
      if (owner !== receiver && source?.forwarded && source.media === 'video')
        owner.endpoint.sendRtcp(encodePli(0, ssrc));
    }
  };

  return {
    join(onState) {
      const sources = new Map<number, MediaSource>();
      const endpoint = createEndpoint(port, certificate, {
        onMedia(packet) {
          for (const other of members)
            if (other !== member && other.endpoint.state === 'up') other.endpoint.sendMedia(packet);
        },
        onRtcp(compound) {
          for (const { to, packet } of feedback.route(member, readRtcp(compound)))
            to.endpoint.sendRtcp(packet);
        },
        onState(state) {
          if (state === 'up') refresh(member);
          onState(state);
        },
      });
      const member: Member = { endpoint, sources };
      endpoint.wants = ssrc => sources.get(ssrc)?.forwarded === true;
      members.add(member);

      return {
        credentials: endpoint.credentials,
        expect: endpoint.expect,
        addSources(added) {
          const refused = added.filter(source => (owners.get(source.ssrc) ?? member) !== member);
          for (const source of added) {
            if (refused.includes(source)) continue;
            owners.set(source.ssrc, member);
            sources.set(source.ssrc, source);
          }
          return refused;
        },
        removeSources(ssrcs) {
          for (const ssrc of ssrcs) if (sources.delete(ssrc)) owners.delete(ssrc);
        },
        close() {
          endpoint.close();
          members.delete(member);
          feedback.forget(member);
          for (const ssrc of sources.keys()) owners.delete(ssrc);
        },
      };
    },
  };
}
