// What the page receives of the others' voices: the strongest frequency of every remote audio track.
// Stats do not do: `totalAudioEnergy` stays 0 on a muted element, an analyser works either way.
import { onRemoteTrack } from './connections.ts';
import { report } from './report.ts';

const FFT_SIZE = 2048;
/** Below this a peak is noise, in dBFS. */
const QUIET = -60;

interface Ear {
  readonly source: MediaStreamAudioSourceNode;
  readonly analyser: AnalyserNode;
  /** The bin of the last peak; a tone stays in its bin. */
  bin: number;
}

const ears = new Map<MediaStreamTrack, Ear>();
let audio: AudioContext | null = null;

export function openEars(): void {
  onRemoteTrack(track => {
    if (track.kind !== 'audio') return;
    closeEar(track);
    audio ??= new AudioContext();
    const source = audio.createMediaStreamSource(new MediaStream([track]));
    const analyser = new AnalyserNode(audio, { fftSize: FFT_SIZE, smoothingTimeConstant: 0 });
    source.connect(analyser);
    ears.set(track, { source, analyser, bin: -1 });
  });
}

/** Listens once; an ear that has heard a steady tone is closed. */
export function listen(): void {
  for (const [track, ear] of ears) {
    const { bin, level } = findPeak(ear.analyser);
    const steady = level > QUIET && bin === ear.bin;
    ear.bin = bin;
    if (!steady) continue;
    report({ kind: 'heard', hertz: Math.round((bin * ear.analyser.context.sampleRate) / FFT_SIZE) });
    closeEar(track);
  }
}

function closeEar(track: MediaStreamTrack): void {
  ears.get(track)?.source.disconnect();
  ears.delete(track);
}

function findPeak(analyser: AnalyserNode): { bin: number; level: number } {
  const levels = new Float32Array(analyser.frequencyBinCount);
  analyser.getFloatFrequencyData(levels);
  const level = levels.reduce((highest, value) => Math.max(highest, value), Number.NEGATIVE_INFINITY);
  return { bin: levels.indexOf(level), level };
}
