import { type Clock, createClock } from './clock.ts';
import type { Visit } from './join.ts';
import { showPreviewNote } from './lobby.ts';
import type { Preview } from './preview.ts';
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
  preview: Preview | null;
  /** Takes away the look at what happens in the call. */
  closeTrace: () => void;
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
    preview: null,
    closeTrace: () => {},
  };
}

export function enter({ visit }: App, state: State): void {
  showState(state);
  visit.log.add(state);
}

export function stopPreview(app: App): void {
  app.preview?.stop();
  app.preview = null;
  showPreviewNote('', false);
}
