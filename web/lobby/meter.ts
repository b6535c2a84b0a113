import { loudness } from './level.ts';

/** Often enough for the eye, and cheap (ms). */
const INTERVAL_MS = 60;
/** A screen reader that is on the meter is told of steps, not of every breath (percent). */
const STEP = 10;

/** Shows in `meter` how loud `track` is, until the returned function is called. */
export function showLevel(meter: HTMLElement, track: MediaStreamTrack): () => void {
  const context = new AudioContext();
  const analyser = new AnalyserNode(context, { fftSize: 1024 });
  new MediaStreamAudioSourceNode(context, { mediaStream: new MediaStream([track]) }).connect(analyser);
  const samples = new Float32Array(analyser.fftSize);
  const over = new AbortController();
  // Some browsers start no audio before a click or a key.
  const resume = () => void context.resume().catch(() => {});
  for (const name of ['pointerdown', 'keydown'])
    document.addEventListener(name, resume, { signal: over.signal });
  const timer = setInterval(() => {
    analyser.getFloatTimeDomainData(samples);
    setLevel(meter, loudness(samples));
  }, INTERVAL_MS);
  return () => {
    over.abort();
    clearInterval(timer);
    setLevel(meter, 0);
    void context.close();
  };
}

function setLevel(meter: HTMLElement, level: number): void {
  meter.style.setProperty('--level', level.toFixed(2));
  meter.ariaValueNow = String(Math.round((level * 100) / STEP) * STEP);
}
