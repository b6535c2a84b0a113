// What the page receives of the others' voices: the strongest frequency of every remote audio track.
// Stats do not do: `totalAudioEnergy` stays 0 on a muted element, an analyser works either way.
import { onRemoteTrack } from './connections.ts';
import { type Ear, openEar } from './ear.ts';
import { report } from './report.ts';

interface Listening {
  readonly ear: Ear;
  /** The last tone: a steady one stays in its bin of the spectrum. */
  hertz: number | null;
}

const listening = new Map<MediaStreamTrack, Listening>();

export function openEars(): void {
  onRemoteTrack(track => {
    if (track.kind !== 'audio') return;
    stopListening(track);
    listening.set(track, { ear: openEar(track), hertz: null });
  });
}

/** Listens once; an ear that has heard a steady tone is closed. */
export function listen(): void {
  for (const [track, known] of listening) {
    const hertz = known.ear.tone();
    const steady = hertz !== null && hertz === known.hertz;
    known.hertz = hertz;
    if (!steady) continue;
    report({ kind: 'heard', hertz });
    stopListening(track);
  }
}

function stopListening(track: MediaStreamTrack): void {
  listening.get(track)?.ear.close();
  listening.delete(track);
}
