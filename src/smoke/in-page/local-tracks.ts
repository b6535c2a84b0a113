// Every local track of the page, clones included: after leaving none may be live.
import type { CameraRequest } from '../people/snapshot.ts';
import { report } from './report.ts';

const tracks = new Set<MediaStreamTrack>();
const requests: CameraRequest[] = [];

export function watchLocalTracks(): void {
  if (!('mediaDevices' in navigator)) return;
  watchRequests('getUserMedia');
  watchRequests('getDisplayMedia');
  watchTrackClones();
  watchStreamClones();
}

export function liveTracks(): string[] {
  return [...tracks]
    .filter(track => track.readyState === 'live')
    .map(track => `${track.kind} "${track.label}"`);
}

export function cameraRequests(): readonly CameraRequest[] {
  return requests;
}

/** Where a page's policy forbids the camera alone, Chromium grants the rest and says nothing. */
const NO_PICTURE = 'a stream without a picture';

function watchRequests(method: 'getUserMedia' | 'getDisplayMedia'): void {
  const original = MediaDevices.prototype[method];
  MediaDevices.prototype[method] = async function (constraints) {
    const asked = { video: Boolean(constraints?.video), audio: Boolean(constraints?.audio) };
    report({ kind: 'asked' });
    const index = requests.push({ ...asked, granted: null, error: null }) - 1;
    try {
      const stream = await original.call(this, constraints);
      for (const track of stream.getTracks()) tracks.add(track);
      const missing = asked.video && stream.getVideoTracks().length === 0;
      requests[index] = { ...asked, granted: !missing, error: missing ? NO_PICTURE : null };
      return stream;
    } catch (error) {
      const name = error instanceof Error ? error.name : 'unknown';
      requests[index] = { ...asked, granted: false, error: name };
      report({ kind: 'refused', error: name });
      throw error;
    }
  };
}

function watchTrackClones(): void {
  const original = MediaStreamTrack.prototype.clone;
  MediaStreamTrack.prototype.clone = function () {
    const copy = original.call(this);
    if (tracks.has(this)) tracks.add(copy);
    return copy;
  };
}

function watchStreamClones(): void {
  const original = MediaStream.prototype.clone;
  MediaStream.prototype.clone = function () {
    const copy = original.call(this);
    if (this.getTracks().some(track => tracks.has(track)))
      for (const track of copy.getTracks()) tracks.add(track);
    return copy;
  };
}
