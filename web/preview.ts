import { texts } from './texts.ts';

export interface Preview {
  /** Lets go of camera and microphone, also of those that the browser has not handed over yet. */
  stop(): void;
}

/** Who joins at once shall not wait for a camera that is opened and closed for nothing. */
const PAUSE_MS = 200;

type Kind = 'camera' | 'microphone';
type Trouble = keyof typeof texts.preview.camera;

/** Shows the camera in `video` and tells in words what is wrong with it or with the microphone. Never throws. */
export function startPreview(video: HTMLVideoElement, tell: (words: string, live: boolean) => void): Preview {
  let stopped = false;
  let shown: MediaStream | null = null;

  function take(stream: MediaStream): void {
    if (stopped) {
      stopTracks(stream);
    } else {
      shown = stream;
      video.srcObject = stream;
    }
  }

  async function run(): Promise<void> {
    const { mediaDevices } = navigator;
    // Browsers hide the whole interface on plain http.
    if (!window.isSecureContext || !mediaDevices) return tell(texts.preview.insecure, false);
    tell(texts.preview.starting, false);
    await new Promise(resolve => setTimeout(resolve, PAUSE_MS));
    if (stopped) return;
    const troubles = await open(mediaDevices, take, () => stopped);
    if (!stopped) tell(troubles || texts.preview.ready, shown !== null);
  }

  void run();
  return {
    stop() {
      stopped = true;
      if (shown) stopTracks(shown);
      shown = null;
      video.srcObject = null;
    },
  };
}

/** Asks for both at once, as people are to be asked once; on failure for each, to say which one it is. */
async function open(
  devices: MediaDevices,
  take: (stream: MediaStream) => void,
  isOver: () => boolean,
): Promise<string> {
  try {
    take(withoutAudio(await devices.getUserMedia({ audio: true, video: true })));
    return '';
  } catch {
    if (isOver()) return '';
    const [camera, microphone] = await Promise.allSettled([
      devices.getUserMedia({ video: true }).then(take),
      devices.getUserMedia({ audio: true }).then(stopTracks),
    ]);
    const words = [...trouble('camera', camera), ...trouble('microphone', microphone)];
    return [...words, ...(words.length > 1 ? [texts.preview.neither] : [])].join(' ');
  }
}

function trouble(kind: Kind, result: PromiseSettledResult<void>): string[] {
  if (result.status === 'fulfilled') return [];
  const names: Record<string, Trouble> = {
    NotAllowedError: 'blocked',
    SecurityError: 'blocked',
    NotFoundError: 'missing',
    OverconstrainedError: 'missing',
  };
  return [texts.preview[kind][names[(result.reason as DOMException).name] ?? 'busy']];
}

/** The preview needs to know that the microphone works, not to listen. */
function withoutAudio(stream: MediaStream): MediaStream {
  for (const track of stream.getAudioTracks()) {
    track.stop();
    stream.removeTrack(track);
  }
  return stream;
}

function stopTracks(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop();
}
