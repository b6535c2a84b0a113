// What the page plays of the others' voices: the strongest frequency of every remote audio track that comes out of it.
// Stats do not do: `totalAudioEnergy` stays 0 on a muted element, an analyser works either way.
import { onRemoteTrack, remoteTracks } from './connections.ts';
import { type Ear, openEar } from './ear.ts';
import { isAudible } from './players.ts';
import { report } from './report.ts';

interface Listening {
  readonly ear: Ear;
  /** The last tone: a steady one stays in its bin of the spectrum. */
  hertz: number | null;
}

const listening = new Map<MediaStreamTrack, Listening>();
/** The tones that were heard, by track: these are then only missed. */
const heard = new Map<MediaStreamTrack, number>();

export function openEars(): void {
  onRemoteTrack(track => {
    if (track.kind !== 'audio') return;
    stopListening(track);
    startListening(track);
  });
}

/** Forgets what was heard: whoever still sounds is heard anew. */
export function listenAgain(): void {
  for (const track of [...heard.keys()]) startListening(track);
}

/** Listens once; an ear that has heard a steady tone is closed. */
export function listen(): void {
  missVoices();
  for (const [track, known] of listening) {
    const hertz = known.ear.tone();
    const steady = hertz !== null && hertz === known.hertz;
    known.hertz = hertz;
    // A voice that the page has and plays to nobody is not heard.
    if (!steady || !isAudible(track)) continue;
    report({ kind: 'heard', hertz });
    stopListening(track);
    heard.set(track, hertz);
  }
}

/** Tones that come, and that the page plays to nobody, in hertz. */
export function unplayedTones(): number[] {
  return [...listening].flatMap(([track, { hertz }]) => (hertz !== null && !isAudible(track) ? [hertz] : []));
}

function missVoices(): void {
  if (heard.size === 0) return;
  const live = remoteTracks('audio');
  for (const [track, hertz] of heard) {
    if (live.has(track.id)) continue;
    heard.delete(track);
    report({ kind: 'unheard', hertz });
  }
}

function startListening(track: MediaStreamTrack): void {
  heard.delete(track);
  listening.set(track, { ear: openEar(track), hertz: null });
}

function stopListening(track: MediaStreamTrack): void {
  listening.get(track)?.ear.close();
  listening.delete(track);
}
