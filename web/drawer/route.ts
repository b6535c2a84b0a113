import { findPair, type Stat } from './sample.ts';

/** The way that the media takes; what a browser does not tell is left out. */
export interface Route {
  readonly local?: string;
  readonly remote?: string;
  readonly protocol?: string;
  readonly roundTrip?: string;
  readonly ice?: string;
  readonly dtls?: string;
  readonly srtp?: string;
  readonly codecs?: string;
}

export function readRoute(stats: readonly Stat[]): Route {
  const pair = findPair(stats);
  const byId = (id: unknown) => stats.find(stat => stat.id === id);
  const local = byId(pair?.localCandidateId);
  const transport = stats.find(({ type }) => type === 'transport');
  const seconds = pair?.currentRoundTripTime;
  const route = {
    local: candidateOf(local),
    remote: candidateOf(byId(pair?.remoteCandidateId)),
    protocol: join(local?.protocol, local?.relayProtocol && `(TURN ${local.relayProtocol})`),
    roundTrip: typeof seconds === 'number' ? `${(seconds * 1000).toFixed(1)} ms` : '',
    ice: join(transport?.iceState, transport?.iceRole && `(${transport.iceRole})`),
    dtls: join(transport?.dtlsState, TLS_VERSIONS[String(transport?.tlsVersion)], transport?.dtlsCipher),
    srtp: join(transport?.srtpCipher),
    codecs: codecsOf(stats),
  };
  return Object.fromEntries(Object.entries(route).filter(([, text]) => text !== ''));
}

/** As the record layer writes them (RFC 6347, 4.1; RFC 9147, 5.3). */
const TLS_VERSIONS: Readonly<Record<string, string>> = {
  FEFF: 'DTLS 1.0',
  FEFD: 'DTLS 1.2',
  FEFC: 'DTLS 1.3',
};

function candidateOf(candidate: Stat | undefined): string {
  if (!candidate) return '';
  const { candidateType, address, ip, port } = candidate;
  const host = String(address ?? ip ?? '');
  const place = host && `${host.includes(':') ? `[${host}]` : host}:${port}`;
  return join(candidateType, place);
}

/** What is in use, each once: `video/VP8 90000`, `audio/opus 48000`. */
function codecsOf(stats: readonly Stat[]): string {
  const used = stats.filter(({ type }) => type === 'inbound-rtp' || type === 'outbound-rtp');
  const ids = new Set(used.map(({ codecId }) => codecId));
  const codecs = stats.filter(({ type, id }) => type === 'codec' && ids.has(id));
  return [...new Set(codecs.map(({ mimeType }) => String(mimeType)))].sort().join(', ');
}

function join(...parts: unknown[]): string {
  return parts.filter(part => part !== undefined && part !== '').join(' ');
}
