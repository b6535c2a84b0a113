// What the page shows and plays of the others right now. Only scenarios ask; nobody asks while people merely meet.
import type { Senses } from '../people/snapshot.ts';
import { openConnections } from './connections.ts';
import { type Ear, openEar } from './ear.ts';
import { sights } from './eyes.ts';
import { isAudible } from './players.ts';

/** Milliseconds between two looks. */
const TICK = 20;

const counters = new Map<string, number>();
const ears = new Map<MediaStreamTrack, Ear>();
/** When a picture of each hue last moved, and each tone was last heard: epoch ms. */
const moved = new Map<number, number>();
const heard = new Map<number, number>();

/** Takes another look, one tick later: whoever asks again and again is paced by that. */
export async function takeSenses(): Promise<Senses> {
  await new Promise(resolve => setTimeout(resolve, TICK));
  const t = Date.now();
  lookForMotion(t);
  listenToAll(t);
  return { t, moved: [...moved], heard: [...heard] };
}

/** A counter that is read for the first time proves nothing: the picture may stand still. */
function lookForMotion(t: number): void {
  for (const { track, hue, counter } of sights()) {
    if (hue === null || counter === null) continue;
    const known = counters.get(track);
    if (known !== undefined && known !== counter) moved.set(hue, t);
    counters.set(track, counter);
  }
}

function listenToAll(t: number): void {
  const voices = new Set(openConnections().flatMap(remoteVoices));
  for (const [track, ear] of ears) {
    if (voices.has(track)) continue;
    ear.close();
    ears.delete(track);
  }
  for (const track of voices) {
    const ear = ears.get(track) ?? openEar(track);
    ears.set(track, ear);
    const hertz = ear.tone();
    if (hertz !== null && isAudible(track)) heard.set(hertz, t);
  }
}

function remoteVoices(connection: RTCPeerConnection): MediaStreamTrack[] {
  const tracks = connection.getReceivers().map(({ track }) => track);
  return tracks.filter(({ kind, readyState }) => kind === 'audio' && readyState === 'live');
}
