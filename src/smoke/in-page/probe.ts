// Runs in every frame before the page's own scripts. Knows nothing of the page's markup except its state.
import type { RawSample } from '../evidence/sample.ts';
import type { Appearance, Senses, Snapshot } from '../people/snapshot.ts';
import type { Traffic } from '../people/weather.ts';
import { installCamera } from './camera.ts';
import { openConnections, watchConnections } from './connections.ts';
import { listen, listenAgain, openEars } from './ears.ts';
import { look, lookAgain } from './eyes.ts';
import { countAgain, countFrames, expectFrames } from './frames.ts';
import { hideCameras } from './hide-cameras.ts';
import { liveTracks, watchLocalTracks } from './local-tracks.ts';
import { readEvents, watchPage } from './page-watch.ts';
import { watchPlayers } from './players.ts';
import { reportHolding } from './report.ts';
import { takeSenses } from './senses.ts';
import { watchSockets } from './sockets.ts';
import { takeSample } from './take-sample.ts';
import { takeSnapshot } from './take-snapshot.ts';
import { takeTraffic } from './take-traffic.ts';

declare global {
  interface Window {
    /** Set by the init script before this one. */
    __meetIdentity?: Appearance;
    __meetProbe?: {
      takeSnapshot(): Promise<Snapshot>;
      takeSenses(): Promise<Senses>;
      takeTraffic(): Promise<Traffic>;
      takeSample(): Promise<RawSample>;
      /** Proves everything anew from now on. */
      startOver(): void;
    };
  }
}

/** Milliseconds between two looks; also the resolution of the leaving times. */
const TICK = 20;

if (!window.__meetProbe) {
  window.__meetProbe = { takeSnapshot, takeSenses, takeTraffic, takeSample, startOver };
  // A document that has just begun holds nothing, and whatever its frame held before is gone.
  reportHolding(0);
  // The camera first: the tracks to be watched are the ones the page gets.
  if (window.__meetIdentity) appear(window.__meetIdentity);
  watchLocalTracks();
  watchConnections();
  watchSockets();
  watchPlayers();
  openEars();
  expectFrames();
  watchPage();
  setInterval(() => {
    readEvents();
    look();
    listen();
    void countFrames();
    reportHoldings();
  }, TICK);
}

function appear(appearance: Appearance): void {
  installCamera(appearance);
  // Whom the browser denies her devices is denied them by the browser itself: people/deny-devices.ts.
  if (appearance.role === 'voice' || appearance.role === 'observer') hideCameras();
}

function startOver(): void {
  lookAgain();
  listenAgain();
  countAgain();
}

let held = 0;

function reportHoldings(): void {
  const count = openConnections().length + liveTracks().length;
  if (count !== held) reportHolding(count);
  held = count;
}
