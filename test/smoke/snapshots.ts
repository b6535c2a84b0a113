import type { ConnectionSnapshot, Snapshot, StreamSnapshot } from '../../src/smoke/people/snapshot.ts';

/** A page in a call that works, as the probe would describe it. */
export function healthySnapshot(changes: Partial<Snapshot> = {}): Snapshot {
  return {
    connections: [healthyConnection()],
    liveTracks: ['video "fake_device_0"'],
    cameraRequests: [{ video: true, audio: true, granted: true, error: null }],
    sockets: [{ url: 'ws://localhost/xmpp-websocket', state: 'open', closeCode: null }],
    sights: [{ track: 'remote', hue: 120, counter: 7 }],
    unplayed: [],
    ...changes,
  };
}

export function healthyConnection(changes: Partial<ConnectionSnapshot> = {}): ConnectionSnapshot {
  return {
    state: 'connected',
    ice: 'connected',
    signaling: 'stable',
    inbound: [stream('video', 5000, 40), stream('audio', 900)],
    outbound: [stream('video', 5000, 40), stream('audio', 900)],
    videoSenders: 1,
    ...changes,
  };
}

export function stream(media: 'audio' | 'video', bytes: number, frames = 0): StreamSnapshot {
  return { media, bytes, frames, track: null };
}
