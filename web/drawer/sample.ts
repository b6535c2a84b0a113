/** One statistic of a browser, as `getStats` gives it (W3C, Identifiers for WebRTC's Statistics API). */
export type Stat = Readonly<Record<string, unknown>>;

/** What one stream has carried since its beginning. */
export interface Stream {
  readonly direction: 'up' | 'down';
  readonly kind: string;
  /** With its headers. */
  readonly bytes: number;
  readonly packets: number;
  readonly lost: number;
  readonly frames: number;
}

/** What all connections have carried up to now. */
export interface Sample {
  /** Epoch ms. */
  readonly at: number;
  readonly streams: ReadonlyMap<string, Stream>;
  /** Of what we sent, by the other side's word: 0 to 1. */
  readonly lostUp: number | null;
  readonly roundTripMs: number | null;
}

export function takeSample(stats: readonly Stat[], at: number): Sample {
  const streams = stats
    .filter(({ type }) => type === 'inbound-rtp' || type === 'outbound-rtp')
    .map(stat => [`${stat.type} ${stat.ssrc}`, streamOf(stat)] as const);
  const told = stats.filter(({ type }) => type === 'remote-inbound-rtp');
  const pair = findPair(stats);
  const seconds = pair?.currentRoundTripTime ?? told.find(stat => stat.roundTripTime)?.roundTripTime;
  return {
    at,
    streams: new Map(streams),
    lostUp: told.length > 0 ? Math.max(...told.map(stat => amount(stat.fractionLost))) : null,
    roundTripMs: typeof seconds === 'number' ? seconds * 1000 : null,
  };
}

/** The candidate pair that carries the media. */
export function findPair(stats: readonly Stat[]): Stat | null {
  const chosen = stats.find(
    ({ type, selectedCandidatePairId }) => type === 'transport' && selectedCandidatePairId,
  );
  const pairs = stats.filter(({ type }) => type === 'candidate-pair');
  return (
    pairs.find(({ id }) => id === chosen?.selectedCandidatePairId) ??
    // Firefox names none on the transport.
    pairs.find(({ selected }) => selected === true) ??
    pairs.find(({ nominated, state }) => nominated === true && state === 'succeeded') ??
    null
  );
}

function streamOf(stat: Stat): Stream {
  const up = stat.type === 'outbound-rtp';
  return {
    direction: up ? 'up' : 'down',
    kind: String(stat.kind),
    bytes:
      amount(up ? stat.bytesSent : stat.bytesReceived) +
      amount(up ? stat.headerBytesSent : stat.headerBytesReceived),
    packets: amount(up ? stat.packetsSent : stat.packetsReceived),
    lost: amount(stat.packetsLost),
    frames: amount(up ? stat.framesSent : stat.framesDecoded),
  };
}

function amount(value: unknown): number {
  return typeof value === 'number' ? value : 0;
}
