// Every peer connection of the page, whoever makes it.
import { report } from './report.ts';

const connections = new Set<RTCPeerConnection>();
const remoteTrackListeners = new Set<(track: MediaStreamTrack) => void>();

export function watchConnections(): void {
  const Original = window.RTCPeerConnection;
  const Watched: typeof RTCPeerConnection = new Proxy(Original, {
    construct(target, args, newTarget) {
      // `new RTCPeerConnection()` arrives with the proxy as new.target, a subclass with itself.
      const connection: RTCPeerConnection = Reflect.construct(
        target,
        args,
        newTarget === Watched ? target : newTarget,
      );
      keep(connection);
      return connection;
    },
  });
  window.RTCPeerConnection = Watched;
}

/** Called for each remote track, again when a stopped one starts anew. */
export function onRemoteTrack(listener: (track: MediaStreamTrack) => void): void {
  remoteTrackListeners.add(listener);
}

export function openConnections(): RTCPeerConnection[] {
  return allConnections().filter(connection => connection.signalingState !== 'closed');
}

export function allConnections(): RTCPeerConnection[] {
  return [...connections];
}

/** Ids of the live remote tracks of a kind that carry packets. */
export function remoteTracks(kind: 'audio' | 'video'): Set<string> {
  const tracks = openConnections().flatMap(connection =>
    connection.getReceivers().map(receiver => receiver.track),
  );
  const live = tracks.filter(track => track.kind === kind && track.readyState === 'live' && !track.muted);
  return new Set(live.map(track => track.id));
}

function sendsVideo(connection: RTCPeerConnection): boolean {
  return countVideoSenders(connection) > 0;
}

export function countVideoSenders(connection: RTCPeerConnection): number {
  return connection.getSenders().filter(({ track }) => track?.kind === 'video' && track.readyState === 'live')
    .length;
}

function keep(connection: RTCPeerConnection): void {
  connections.add(connection);
  connection.addEventListener('track', ({ track }) => {
    for (const listener of remoteTrackListeners) listener(track);
  });
  const announce = () => {
    if (!sendsVideo(connection)) return;
    connection.removeEventListener('signalingstatechange', announce);
    connection.removeEventListener('connectionstatechange', announce);
    report({ kind: 'sending' });
  };
  // A sender's track is set before the description that offers it, so this event is never too early.
  connection.addEventListener('signalingstatechange', announce);
  // Some set it only afterwards, with replaceTrack.
  connection.addEventListener('connectionstatechange', announce);
  connection.addEventListener('connectionstatechange', () => {
    if (connection.connectionState === 'connected') report({ kind: 'connected' });
  });
}
