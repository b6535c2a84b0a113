import { type Trouble, troubleOf } from './permission.ts';

export type Source = 'camera' | 'microphone';
export type Troubles = Partial<Record<Source, Trouble>>;

/** The camera and the microphone of the lobby. */
export interface Capture {
  /** Asks for these, together where it is both: people are to be asked once. What fails is in `troubles`. */
  open(sources: readonly Source[], devices: Partial<Record<Source, string>>): Promise<void>;
  /** Lets go of one, also if the browser has yet to hand it over. */
  close(source: Source): void;
  readonly tracks: Readonly<Partial<Record<Source, MediaStreamTrack>>>;
  readonly troubles: Readonly<Troubles>;
}

const TRACKS = { camera: 'video', microphone: 'audio' } as const;

/** `changed` is called whenever a track comes or goes, also by itself, as when a camera is pulled out. */
export function createCapture(devices: MediaDevices, changed: () => void): Capture {
  const tracks: Partial<Record<Source, MediaStreamTrack>> = {};
  const troubles: Troubles = {};
  /** Counts the wishes for each: an answer to an earlier one comes too late. */
  const turn = { camera: 0, microphone: 0 };

  const close = (source: Source) => {
    turn[source] += 1;
    tracks[source]?.stop();
    delete tracks[source];
    delete troubles[source];
  };
  const take = (source: Source, track: MediaStreamTrack | undefined, mine: number) => {
    if (!track) return;
    if (mine !== turn[source]) return track.stop();
    tracks[source] = track;
    track.addEventListener('ended', () => {
      if (tracks[source] !== track) return;
      delete tracks[source];
      troubles[source] = 'missing';
      changed();
    });
  };
  const ask = async (sources: readonly Source[], wished: Partial<Record<Source, string>>) => {
    const mine = { ...turn };
    const stream = await devices.getUserMedia(constraintsOf(sources, wished));
    take('camera', stream.getVideoTracks()[0], mine.camera);
    take('microphone', stream.getAudioTracks()[0], mine.microphone);
  };
  const askForOne = async (source: Source, wished: Partial<Record<Source, string>>) => {
    const mine = turn[source];
    try {
      // A device that is gone is no reason to have none.
      await ask([source], wished).catch(error =>
        (error as DOMException).name === 'OverconstrainedError' ? ask([source], {}) : Promise.reject(error),
      );
    } catch (error) {
      if (mine === turn[source]) troubles[source] = troubleOf(error as DOMException, mayAsk(source));
    }
  };

  return {
    tracks,
    troubles,
    close,
    async open(sources, wished) {
      for (const source of sources) close(source);
      const mine = { ...turn };
      const failed = () => false;
      const together = sources.length > 1 && (await ask(sources, wished).then(() => true, failed));
      // Which of them failed is only found out one by one; unless it is not wanted any more.
      const wanted = sources.filter(source => !together && mine[source] === turn[source]);
      await Promise.all(wanted.map(source => askForOne(source, wished)));
      changed();
    },
  };
}

function constraintsOf(
  sources: readonly Source[],
  wished: Partial<Record<Source, string>>,
): MediaStreamConstraints {
  const entry = (source: Source) => {
    const id = wished[source];
    return [TRACKS[source], id ? { deviceId: { exact: id } } : true] as const;
  };
  return Object.fromEntries(sources.map(entry));
}

/** Whether this page, or the one around it, may ask for it at all (Permissions Policy; Chromium tells). */
function mayAsk(source: Source): boolean {
  const { featurePolicy } = document as Document & {
    featurePolicy?: { allowsFeature(name: string): boolean };
  };
  return featurePolicy?.allowsFeature(source) ?? true;
}
