// What the page shows of the others: the hue and the frame counter of every remote <video>.
import type { Sight } from '../people/snapshot.ts';
import { remoteTracks } from './connections.ts';
import { isVisible, videosInPage } from './players.ts';
import { report } from './report.ts';
import { readCounter, readHue } from './stripes.ts';

const WIDTH = 64;
const HEIGHT = 36;

interface Looking {
  readonly counters: Set<number>;
  hue: number | null;
}

const looking = new Map<string, Looking>();
let canvas: CanvasRenderingContext2D | null = null;

/** Looks once. Two counter values on one hue prove a moving picture; a proven track is then only missed. */
export function look(): void {
  const shown = videosByTrack();
  // A layout may hide a video for a moment: only one that is gone from the page is missed, and only one in sight is seen.
  for (const [track, { hue }] of looking)
    if (!shown.has(track)) {
      looking.delete(track);
      if (hue !== null) report({ kind: 'unseen', track, hue });
    }
  for (const [track, videos] of shown) lookAt(track, videos);
}

/** Forgets what was proven: whoever is still there is proven anew. */
export function lookAgain(): void {
  looking.clear();
}

/** What is shown at this moment, proven or not. */
export function sights(): Sight[] {
  return [...videosByTrack()].flatMap(([track, videos]) => {
    const video = videos.find(isVisible);
    return video ? [{ track, ...readPicture(video) }] : [];
  });
}

function lookAt(track: string, videos: readonly HTMLVideoElement[]): void {
  const known = looking.get(track) ?? { counters: new Set<number>(), hue: null };
  if (known.hue !== null) return;
  const video = videos.find(isVisible);
  if (!video) return;
  looking.set(track, known);
  const { hue, counter } = readPicture(video);
  if (hue === null || counter === null) return;
  known.counters.add(counter);
  if (known.counters.size < 2) return;
  known.hue = hue;
  report({ kind: 'seen', track, hue, counters: [...known.counters] });
}

/** By track id: the SDK's layout may show one track in two elements. */
function videosByTrack(): Map<string, HTMLVideoElement[]> {
  const remote = remoteTracks('video');
  const shown = new Map<string, HTMLVideoElement[]>();
  if (remote.size === 0) return shown;
  for (const [video, stream] of videosInPage()) {
    const [track] = stream.getVideoTracks();
    if (!track || !remote.has(track.id) || video.videoWidth === 0) continue;
    shown.set(track.id, [...(shown.get(track.id) ?? []), video]);
  }
  return shown;
}

function readPicture(video: HTMLVideoElement): Omit<Sight, 'track'> {
  canvas ??= openCanvas();
  if (!canvas) return { hue: null, counter: null };
  canvas.drawImage(video, 0, 0, WIDTH, HEIGHT);
  const { data } = canvas.getImageData(0, 0, WIDTH, HEIGHT);
  const pixelAt = (x: number, y: number) => {
    const at = (Math.floor(y * HEIGHT) * WIDTH + Math.floor(x * WIDTH)) * 4;
    return [data[at] ?? 0, data[at + 1] ?? 0, data[at + 2] ?? 0] as const;
  };
  return { hue: readHue(pixelAt), counter: readCounter(pixelAt) };
}

function openCanvas(): CanvasRenderingContext2D | null {
  const element = document.createElement('canvas');
  element.width = WIDTH;
  element.height = HEIGHT;
  return element.getContext('2d', { willReadFrequently: true });
}
