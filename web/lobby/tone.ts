/** Two notes, the second one higher: told from any system sound, and no shock (Hz, s). */
const NOTES = [
  { at: 0, frequency: 523.25 },
  { at: 0.25, frequency: 659.25 },
] as const;
const NOTE_S = 0.35;
const VOLUME = 0.2;

export function canChooseSpeaker(): boolean {
  return 'setSinkId' in HTMLMediaElement.prototype;
}

/** Plays a short tone on a speaker; without an id on the system's. Resolves when it is over, rejects where it cannot play. */
export async function playTone(speaker: string | undefined): Promise<void> {
  const context = new AudioContext();
  try {
    // By way of an element: only that can be sent to a speaker in every browser that has a choice at all.
    const out = new MediaStreamAudioDestinationNode(context);
    const player = new Audio();
    player.srcObject = out.stream;
    if (speaker && canChooseSpeaker()) await player.setSinkId(speaker);
    const over = ring(context, out);
    await Promise.all([context.resume(), player.play()]);
    await over;
  } finally {
    await context.close();
  }
}

async function ring(context: AudioContext, out: AudioNode): Promise<void> {
  const ends = NOTES.map(({ at, frequency }) => {
    const [start, end] = [context.currentTime + at, context.currentTime + at + NOTE_S];
    const note = new OscillatorNode(context, { frequency });
    const gain = new GainNode(context, { gain: 0 });
    // Swells and fades: a note that begins at once clicks.
    gain.gain.setTargetAtTime(VOLUME, start, 0.02);
    gain.gain.setTargetAtTime(0, end - 0.12, 0.03);
    note.connect(gain).connect(out);
    note.start(start);
    note.stop(end);
    return new Promise(resolve => note.addEventListener('ended', resolve));
  });
  await Promise.all(ends);
}
