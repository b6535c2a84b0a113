// Runs in every frame before the page's own scripts. Knows nothing of the page's markup except its state.
import type { IdentitySignal, Senses, Snapshot } from '../people/snapshot.ts';
import { installCamera } from './camera.ts';
import { openConnections, watchConnections } from './connections.ts';
import { listen, openEars } from './ears.ts';
import { look } from './eyes.ts';
import { countFrames } from './frames.ts';
import { liveTracks, watchLocalTracks } from './local-tracks.ts';
import { readEvents, watchPage } from './page-watch.ts';
import { report } from './report.ts';
import { takeSenses } from './senses.ts';
import { watchSockets } from './sockets.ts';
import { takeSnapshot } from './take-snapshot.ts';

declare global {
  interface Window {
    /** Set by the init script before this one. */
    __meetIdentity?: IdentitySignal;
    __meetProbe?: { takeSnapshot(): Promise<Snapshot>; takeSenses(): Promise<Senses> };
  }
}

/** Milliseconds between two looks; also the resolution of the leaving times. */
const TICK = 20;

if (!window.__meetProbe) {
  window.__meetProbe = { takeSnapshot, takeSenses };
  // The camera first: the tracks to be watched are the ones the page gets.
  if (window.__meetIdentity) installCamera(window.__meetIdentity);
  watchLocalTracks();
  watchConnections();
  watchSockets();
  openEars();
  watchPage();
  setInterval(() => {
    readEvents();
    look();
    listen();
    void countFrames();
    reportQuiet();
  }, TICK);
}

let busy = false;

function reportQuiet(): void {
  const wasBusy = busy;
  busy = openConnections().length > 0 || liveTracks().length > 0;
  if (wasBusy && !busy) report({ kind: 'quiet' });
}
