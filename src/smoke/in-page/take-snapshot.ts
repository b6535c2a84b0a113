import type { ConnectionSnapshot, Snapshot, StreamSnapshot } from '../people/snapshot.ts';
import { allConnections, countVideoSenders } from './connections.ts';
import { unplayedTones } from './ears.ts';
import { sights } from './eyes.ts';
import { cameraRequests, liveTracks } from './local-tracks.ts';
import { socketSnapshots } from './sockets.ts';

export async function takeSnapshot(): Promise<Snapshot> {
  return {
    connections: await Promise.all(allConnections().map(describeConnection)),
    liveTracks: liveTracks(),
    cameraRequests: cameraRequests(),
    sockets: socketSnapshots(),
    sights: sights(),
    unplayed: unplayedTones(),
  };
}

async function describeConnection(connection: RTCPeerConnection): Promise<ConnectionSnapshot> {
  const closed = connection.signalingState === 'closed';
  const stats = closed ? [] : [...(await connection.getStats()).values()];
  return {
    state: connection.connectionState,
    ice: connection.iceConnectionState,
    signaling: connection.signalingState,
    inbound: stats.filter(({ type }) => type === 'inbound-rtp').map(describeInbound),
    outbound: stats.filter(({ type }) => type === 'outbound-rtp').map(describeOutbound),
    videoSenders: closed ? 0 : countVideoSenders(connection),
  };
}

function describeInbound(entry: RTCInboundRtpStreamStats): StreamSnapshot {
  return {
    media: entry.kind === 'video' ? 'video' : 'audio',
    bytes: entry.bytesReceived ?? 0,
    frames: entry.framesDecoded ?? 0,
    track: entry.trackIdentifier,
  };
}

function describeOutbound(entry: RTCOutboundRtpStreamStats): StreamSnapshot {
  return {
    media: entry.kind === 'video' ? 'video' : 'audio',
    bytes: entry.bytesSent ?? 0,
    frames: entry.framesEncoded ?? 0,
    track: null,
  };
}
