import type { Role } from './cast.ts';

/** What the probe finds in a page when asked; enough to say why no media flows. */
export interface Snapshot {
  readonly connections: readonly ConnectionSnapshot[];
  /** Labels of local tracks, clones included, that are still live. */
  readonly liveTracks: readonly string[];
  readonly cameraRequests: readonly CameraRequest[];
  readonly sockets: readonly SocketSnapshot[];
  /** What remote videos show at this moment. */
  readonly sights: readonly Sight[];
  /** Tones of others that come, and that the page plays to nobody, in hertz. */
  readonly unplayed: readonly number[];
}

export interface ConnectionSnapshot {
  readonly state: string;
  readonly ice: string;
  readonly signaling: string;
  readonly inbound: readonly StreamSnapshot[];
  readonly outbound: readonly StreamSnapshot[];
  /** Senders that hold a live video track, whether or not anything was sent. */
  readonly videoSenders: number;
}

export interface StreamSnapshot {
  readonly media: 'audio' | 'video';
  readonly bytes: number;
  /** Frames decoded or encoded; 0 for audio. */
  readonly frames: number;
  readonly track: string | null;
}

export interface CameraRequest {
  readonly video: boolean;
  readonly audio: boolean;
  /** null while the browser has not answered. */
  readonly granted: boolean | null;
  readonly error: string | null;
}

export interface SocketSnapshot {
  /** Without the query, which carries the call token. */
  readonly url: string;
  readonly state: 'connecting' | 'open' | 'closing' | 'closed';
  readonly closeCode: number | null;
}

/** A remote picture: null hue or counter where the pixels carry none. */
export interface Sight {
  readonly track: string;
  readonly hue: number | null;
  readonly counter: number | null;
}

/** What a page shows and plays, as its probe tells when it is asked. Times are milliseconds since the epoch. */
export interface Senses {
  readonly t: number;
  /** Hues in degrees, and when a picture of that hue last moved. */
  readonly moved: readonly (readonly [hue: number, t: number])[];
  /** Tones in hertz, and when they were last heard. */
  readonly heard: readonly (readonly [hertz: number, t: number])[];
}

/** What the probe has to know of the person whose page it is in. */
export interface Appearance extends IdentitySignal {
  readonly role: Role;
  /** Of her camera, per second. */
  readonly frameRate: number;
}

/** Whose picture and tone a person sends: a hue in degrees, a tone in hertz. */
export interface IdentitySignal {
  readonly hue: number;
  readonly hertz: number;
}

/** Of all frames of one page; null where no frame answered. Pure. */
export function mergeSnapshots(frames: readonly Snapshot[]): Snapshot | null {
  if (frames.length < 2) return frames[0] ?? null;
  return {
    connections: frames.flatMap(({ connections }) => connections),
    liveTracks: frames.flatMap(({ liveTracks }) => liveTracks),
    cameraRequests: frames.flatMap(({ cameraRequests }) => cameraRequests),
    sockets: frames.flatMap(({ sockets }) => sockets),
    sights: frames.flatMap(({ sights }) => sights),
    unplayed: frames.flatMap(({ unplayed }) => unplayed),
  };
}
