// Decoded frames of every remote video stream, by the browser's own statistics.
import { openConnections } from './connections.ts';
import { report } from './report.ts';

const PROOF = 5;
/** Streams that have decoded enough. Somebody who comes back has new streams, in the same connection or a new one. */
const proven = new WeakMap<RTCPeerConnection, Set<string>>();
let asking = false;

/** Asks once, unless the last question is still open: statistics come when the browser has time. */
export async function countFrames(): Promise<void> {
  if (asking) return;
  asking = true;
  try {
    for (const connection of openConnections()) reportProven(connection, await connection.getStats());
  } finally {
    asking = false;
  }
}

function reportProven(connection: RTCPeerConnection, stats: RTCStatsReport): void {
  const known = proven.get(connection) ?? new Set<string>();
  proven.set(connection, known);
  stats.forEach((entry: RTCInboundRtpStreamStats) => {
    const stream = `${entry.id} ${entry.ssrc}`;
    if (entry.type !== 'inbound-rtp' || entry.kind !== 'video' || known.has(stream)) return;
    const frames = entry.framesDecoded ?? 0;
    if (frames < PROOF) return;
    known.add(stream);
    report({ kind: 'decoding', frames });
  });
}
