// What `--report` plots, by the browser's own statistics: totals only, the rates are made outside of the page.
import type { Candidate, CandidatePair, RawConnection, RawSample, RawStream } from '../evidence/sample.ts';
import { openConnections } from './connections.ts';

/** Statistics as the browser has them; which fields there are depends on the type. */
type Entry = RTCStats & Readonly<Record<string, unknown>>;

const ids = new WeakMap<RTCPeerConnection, string>();
/** Two documents of one tab count their connections anew; their names shall differ all the same. */
const documentId = Math.random().toString(36).slice(2, 8);
let counted = 0;

export async function takeSample(): Promise<RawSample> {
  const connections = await Promise.all(openConnections().map(describe));
  return { t: Date.now(), document: documentId, connections };
}

async function describe(connection: RTCPeerConnection): Promise<RawConnection> {
  const entries: Entry[] = [...(await connection.getStats()).values()];
  const ofType = (type: string) => entries.filter(entry => entry.type === type);
  const told = new Map(ofType('remote-inbound-rtp').map(entry => [textOf(entry.localId), entry]));
  return {
    id: idOf(connection),
    state: connection.connectionState,
    ice: connection.iceConnectionState,
    streams: [
      ...ofType('inbound-rtp').map(entry => describeInbound(entry)),
      ...ofType('outbound-rtp').map(entry => describeOutbound(entry, told.get(entry.id))),
    ],
    pairs: ofType('candidate-pair').map(describePair),
    local: ofType('local-candidate').map(describeCandidate),
    remote: ofType('remote-candidate').map(describeCandidate),
  };
}

function idOf(connection: RTCPeerConnection): string {
  const known = ids.get(connection);
  if (known) return known;
  counted += 1;
  const id = `${documentId}-${counted}`;
  ids.set(connection, id);
  return id;
}

function describeInbound(entry: Entry): RawStream {
  return {
    ...streamOf(entry, 'in'),
    bytes: numberOf(entry.bytesReceived),
    frames: numberOf(entry.framesDecoded),
    packets: numberOf(entry.packetsReceived),
    lost: numberOf(entry.packetsLost),
    jitter: numberOrNull(entry.jitter),
    roundTrip: null,
  };
}

/** What was lost on the way out only the other side knows. */
function describeOutbound(entry: Entry, told: Entry | undefined): RawStream {
  return {
    ...streamOf(entry, 'out'),
    bytes: numberOf(entry.bytesSent),
    frames: numberOf(entry.framesEncoded),
    packets: numberOf(entry.packetsSent),
    lost: numberOf(told?.packetsLost),
    jitter: numberOrNull(told?.jitter),
    roundTrip: numberOrNull(told?.roundTripTime),
  };
}

function streamOf(entry: Entry, way: 'in' | 'out') {
  const media = entry.kind === 'video' ? ('video' as const) : ('audio' as const);
  return { id: `${way} ${entry.id} ${textOf(entry.ssrc)}`, way, media };
}

function describePair(entry: Entry): CandidatePair {
  return {
    local: textOf(entry.localCandidateId),
    remote: textOf(entry.remoteCandidateId),
    state: textOf(entry.state),
    nominated: entry.nominated === true,
    requestsSent: numberOf(entry.requestsSent),
    responsesReceived: numberOf(entry.responsesReceived),
    bytes: numberOf(entry.bytesSent) + numberOf(entry.bytesReceived),
    roundTrip: numberOrNull(entry.currentRoundTripTime),
  };
}

function describeCandidate(entry: Entry): Candidate {
  return {
    id: entry.id,
    type: textOf(entry.candidateType),
    protocol: textOf(entry.protocol),
    address: textOf(entry.address),
    port: numberOf(entry.port),
  };
}

function textOf(value: unknown): string {
  return value === undefined || value === null ? '' : String(value);
}

function numberOf(value: unknown): number {
  return typeof value === 'number' ? value : 0;
}

function numberOrNull(value: unknown): number | null {
  return typeof value === 'number' ? value : null;
}
