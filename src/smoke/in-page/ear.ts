// One remote audio track, listened to beside whatever plays it.
const FFT_SIZE = 2048;
/** Below this a peak is noise, in dBFS. */
const QUIET = -60;

/** On a track, until it is closed. */
export interface Ear {
  /** The strongest frequency right now, in hertz; null where nothing is loud enough. */
  tone(): number | null;
  close(): void;
}

let audio: AudioContext | null = null;
/** The browser's own: what the page gives to a context is counted (players.ts), and this ear is none of the page's. */
const { createMediaStreamSource } = AudioContext.prototype;

export function openEar(track: MediaStreamTrack): Ear {
  audio ??= new AudioContext();
  const source = createMediaStreamSource.call(audio, new MediaStream([track]));
  const analyser = new AnalyserNode(audio, { fftSize: FFT_SIZE, smoothingTimeConstant: 0 });
  source.connect(analyser);
  return {
    tone: () => findTone(analyser),
    close: () => source.disconnect(),
  };
}

function findTone(analyser: AnalyserNode): number | null {
  const levels = new Float32Array(analyser.frequencyBinCount);
  analyser.getFloatFrequencyData(levels);
  const level = levels.reduce((highest, value) => Math.max(highest, value), Number.NEGATIVE_INFINITY);
  if (level <= QUIET) return null;
  return Math.round((levels.indexOf(level) * analyser.context.sampleRate) / FFT_SIZE);
}
