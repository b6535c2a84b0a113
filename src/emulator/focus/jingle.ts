import { EXTENSION, PAYLOAD } from '../bridge/formats.ts';
import type { Media } from '../bridge/media-source.ts';
import { NS } from '../xmpp/namespaces.ts';
import { copyOf, el, type Stanza } from '../xmpp/stanza.ts';
import { MEDIA, type SourceSet } from './sources.ts';

/** The bridge's end of a transport, for the offer. */
export interface OfferedTransport {
  readonly ufrag: string;
  readonly pwd: string;
  /** Where it takes media, the best first. */
  readonly places: readonly { readonly address: string; readonly port: number }[];
  readonly fingerprint: { readonly hash: string; readonly value: string };
  /** SSRCs under which the bridge itself would send, one per medium. */
  readonly ownSources: Readonly<Record<Media, number>>;
  /** Where the bridge channel is; without it lib-jitsi-meet does without. */
  readonly channelUrl?: string | undefined;
}

/** Counts all packets of a transport; in the offer it makes browsers ask for feedback about each of them. */
const TRANSPORT_SEQUENCE = 'http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01';
/** RFC 8445, 5.1.2.1: a host candidate's type preference 126, the first address preferred, component 1. */
const hostPriority = (index: number) => 126 * 2 ** 24 + (65535 - index) * 2 ** 8 + 255;

/** The children of a session-initiate: what can be received, where to, and what the others already send. */
export function describeOffer(transport: OfferedTransport, others: SourceSet, sessionId: string): Stanza[] {
  const sourcesOf = (media: Media) => [
    ownSourceOf(media, transport.ownSources[media]),
    ...others.announced[media].map(copyOf),
  ];
  return [
    contentOf('audio', [...audioFormats(), ...sourcesOf('audio')], transportOf(transport)),
    contentOf('video', [...videoFormats(), ...sourcesOf('video')], transportOf(transport)),
    el('group', { xmlns: NS.grouping, semantics: 'BUNDLE' }, ...MEDIA.map(name => el('content', { name }))),
    el('bridge-session', { xmlns: NS.focus, id: sessionId, region: 'local' }),
  ];
}

/** The children of a source-add or source-remove; empty when there is nothing to tell. */
export function describeSources(set: SourceSet): Stanza[] {
  return MEDIA.filter(media => set.announced[media].length > 0).map(media =>
    contentOf(media, set.announced[media].map(copyOf)),
  );
}

function contentOf(media: Media, description: readonly Stanza[], transport?: Stanza): Stanza {
  return el(
    'content',
    { creator: 'initiator', name: media, senders: 'both' },
    el('description', { xmlns: NS.rtp, media }, ...description),
    transport,
  );
}

/**
 * A source of the bridge's own, which never sends. It has to come first: lib-jitsi-meet gives each remote source a media
 * section and rejects that section when the source goes, but the first one carries the browser's own camera too.
 */
function ownSourceOf(media: Media, ssrc: number): Stanza {
  return el(
    'source',
    { xmlns: NS.sources, ssrc: String(ssrc), name: `jvb-${media.charAt(0)}0` },
    el('parameter', { name: 'msid', value: `mixedmslabel mixedlabel${media}0` }),
    el('ssrc-info', { xmlns: NS.jitmeet, owner: 'jvb' }),
  );
}

function transportOf({ ufrag, pwd, places, fingerprint, channelUrl }: OfferedTransport): Stanza {
  const { hash, value } = fingerprint;
  return el(
    'transport',
    { xmlns: NS.ice, ufrag, pwd },
    el('rtcp-mux'),
    // `active`: the bridge is the DTLS client, see src/emulator/bridge/dtls.ts.
    el('fingerprint', { xmlns: NS.dtls, hash, setup: 'active', required: 'false' }, value),
    ...places.map(({ address, port }, index) =>
      el('candidate', {
        id: `${ufrag}-${index + 1}`,
        // Its own for each address (RFC 8445, 5.1.1.3).
        foundation: String(index + 1),
        component: '1',
        generation: '0',
        network: '0',
        protocol: 'udp',
        type: 'host',
        ip: address,
        port: String(port),
        priority: String(hostPriority(index)),
      }),
    ),
    channelUrl === undefined ? null : el('web-socket', { xmlns: NS.colibri, url: channelUrl }),
  );
}

// Payload types and header extensions are those that the vendor's own bridge offers SDK 4.2.6.
function audioFormats(): Stanza[] {
  return [
    payloadOf({ id: String(PAYLOAD.opus), name: 'opus', clockrate: '48000', channels: '2' }, [
      parameterOf('minptime', '10'),
      parameterOf('useinbandfec', '1'),
      feedbackOf('transport-cc'),
    ]),
    extensionOf(EXTENSION.audioLevel, 'urn:ietf:params:rtp-hdrext:ssrc-audio-level'),
    extensionOf(EXTENSION.transportSequence, TRANSPORT_SEQUENCE),
    el('rtcp-mux'),
  ];
}

function videoFormats(): Stanza[] {
  return [
    payloadOf({ id: String(PAYLOAD.vp8), name: 'VP8', clockrate: '90000' }, [
      feedbackOf('ccm', 'fir'),
      feedbackOf('nack'),
      feedbackOf('nack', 'pli'),
      feedbackOf('goog-remb'),
      feedbackOf('transport-cc'),
    ]),
    payloadOf({ id: String(PAYLOAD.rtx), name: 'rtx', clockrate: '90000' }, [
      parameterOf('apt', String(PAYLOAD.vp8)),
    ]),
    extensionOf(EXTENSION.absSendTime, 'http://www.webrtc.org/experiments/rtp-hdrext/abs-send-time'),
    extensionOf(EXTENSION.transportSequence, TRANSPORT_SEQUENCE),
    el('rtcp-mux'),
  ];
}

function payloadOf(attrs: Record<string, string>, children: Stanza[]): Stanza {
  return el('payload-type', attrs, ...children);
}

function parameterOf(name: string, value: string): Stanza {
  return el('parameter', { name, value });
}

function feedbackOf(type: string, subtype?: string): Stanza {
  return el('rtcp-fb', { xmlns: NS.feedback, type, ...(subtype === undefined ? {} : { subtype }) });
}

function extensionOf(id: number, uri: string): Stanza {
  return el('rtp-hdrext', { xmlns: NS.headerExtension, id: String(id), uri });
}
