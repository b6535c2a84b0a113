import { type Clock, createClock } from './clock.ts';
import type { Visit } from './join.ts';
import type { Booth } from './lobby/booth.ts';
import { browserMemory, recallWishes, type Wishes } from './lobby/devices.ts';
import type { JoinableSdk } from './sdk/types.ts';
import type { Sharing } from './share/sharing.ts';
import { type State, showState } from './view.ts';

/** What the page knows while it is open. No token is among it: those live in the variables of one join. */
export interface App {
  readonly visit: Visit;
  readonly sharing: Sharing;
  readonly clock: Clock;
  /** Resolves to whether the meeting lets us in; if not, the screen says why. */
  door: Promise<boolean>;
  /** A join is under way. */
  busy: boolean;
  /** The SDK of the last join. */
  sdk: JoinableSdk | null;
  /** Resolves when the last session has let go; false: only a fresh page can join again. */
  released: Promise<boolean>;
  /** What the visitor wishes of camera, microphone and speaker, in the lobby and in the call. */
  readonly wishes: Wishes;
  booth: Booth | null;
  /** Aborted when the screen that waits for the visitor or for the door is left. */
  waiting: AbortController;
}

export function createApp(visit: Visit, sharing: Sharing): App {
  return {
    visit,
    sharing,
    clock: createClock(),
    door: Promise.resolve(false),
    busy: false,
    sdk: null,
    released: Promise.resolve(true),
    wishes: recallWishes(browserMemory),
    booth: null,
    waiting: new AbortController(),
  };
}

export function enter({ visit }: App, state: State): void {
  showState(state);
  visit.log.add(state);
}

/** Ends what goes on in the lobby or before the door; returns what the next such screen lasts as long as. */
export function endWaiting(app: App): AbortSignal {
  app.waiting.abort();
  app.waiting = new AbortController();
  app.booth?.close();
  app.booth = null;
  return app.waiting.signal;
}
