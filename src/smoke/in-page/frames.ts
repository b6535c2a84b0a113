// Decoded frames of every remote video stream, by the browser's own statistics.
import { onRemoteTrack, openConnections, remoteTracks } from './connections.ts';
import { report } from './report.ts';

const PROOF = 5;
/** Milliseconds between two questions when nothing is expected: streams may change without a track's event. */
const IDLE_MS = 500;

interface Count {
  /** Frames that were decoded before the counting began; null until the next look tells. */
  before: number | null;
  proven: boolean;
}

/** By stream. Somebody who comes back has new streams, in the same connection or a new one. */
const counts = new WeakMap<RTCPeerConnection, Map<string, Count>>();
/** Tracks that have begun and are not proven yet: statistics are dear, and only asked for often while there are some. */
const expected = new Set<string>();
let asking = false;
let askedAt = 0;

export function expectFrames(): void {
  onRemoteTrack(({ kind, id }) => {
    if (kind === 'video') expected.add(id);
  });
}

/** Asks once, unless the last question is still open: statistics come when the browser has time. */
export async function countFrames(): Promise<void> {
  if (asking || (!awaitsFrames() && performance.now() - askedAt < IDLE_MS)) return;
  asking = true;
  try {
    for (const connection of openConnections()) reportProven(connection, await connection.getStats());
  } finally {
    asking = false;
    askedAt = performance.now();
  }
}

/** Before the first packet there is no frame to count, and the page has the processor for itself. */
function awaitsFrames(): boolean {
  if (expected.size === 0) return false;
  const arriving = remoteTracks('video');
  return [...expected].some(track => arriving.has(track));
}

/** Counts from here on. */
export function countAgain(): void {
  for (const connection of openConnections())
    for (const count of counts.get(connection)?.values() ?? []) {
      count.before = null;
      count.proven = false;
    }
  askedAt = 0;
}

function reportProven(connection: RTCPeerConnection, stats: RTCStatsReport): void {
  const known = counts.get(connection) ?? new Map<string, Count>();
  counts.set(connection, known);
  stats.forEach((entry: RTCInboundRtpStreamStats) => {
    if (entry.type !== 'inbound-rtp' || entry.kind !== 'video') return;
    const stream = `${entry.id} ${entry.ssrc}`;
    const count = known.get(stream) ?? { before: 0, proven: false };
    known.set(stream, count);
    if (!count.proven) prove(count, entry);
  });
}

function prove(count: Count, { trackIdentifier: track, framesDecoded = 0 }: RTCInboundRtpStreamStats): void {
  count.before ??= framesDecoded;
  const frames = framesDecoded - count.before;
  if (frames < PROOF) {
    expected.add(track);
    return;
  }
  count.proven = true;
  expected.delete(track);
  report({ kind: 'decoding', track, frames });
}
