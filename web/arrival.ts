import { type App, enter, stopPreview } from './app.ts';
import { onlyWatches } from './broadcast.ts';
import { byId } from './dom.ts';
import { lookThroughDoor, proposedName } from './door.ts';
import { type Failure, toFailure } from './failure.ts';
import { focusName, proposeName, showFacts, showPreviewNote, showStep } from './lobby.ts';
import { showFailure } from './notice.ts';
import { startPreview } from './preview.ts';
import { showRemembered } from './remembered-note.ts';
import { texts } from './texts.ts';

const LONGEST_TIMER_MS = 2 ** 31 - 1;
/** After the door's time, so that the server's clock has passed it too. */
const KNOCK_DELAY_MS = 250;

/** Looks the meeting up: the lobby follows, or the reason why not. */
export function arrive(app: App): void {
  enter(app, 'loading');
  showStep(null);
  app.door = openDoor(app);
}

async function openDoor(app: App): Promise<boolean> {
  const { clock, visit } = app;
  try {
    const { facts, identity } = await lookThroughDoor(visit.link);
    clock.follow(facts.serverTime);
    showFacts(facts, clock.now());
    app.sharing.follow(facts);
    proposeName(proposedName(visit.link, identity), visit.link.invite !== undefined);
    showRemembered(visit.link);
    // Who pressed Join already goes on by himself, and wants no camera before that.
    if (!app.busy) enterLobby(app, onlyWatches(facts));
    return true;
  } catch (error) {
    refuse(app, toFailure(error, 'facts'));
    return false;
  }
}

/** Who only watches is asked for no camera. */
function enterLobby(app: App, watches: boolean): void {
  enter(app, 'lobby');
  focusName();
  if (watches) showPreviewNote(texts.watching, false);
  else app.preview = startPreview(byId('preview', HTMLVideoElement), showPreviewNote);
}

/** Shows why somebody is not in. A meeting that has not opened yet is tried again when it does. */
export function refuse(app: App, failure: Failure): void {
  stopPreview(app);
  showFailure(failure, app.clock.now());
  app.visit.log.add(`${document.body.dataset.state}:${failure.code}`);
  const opensAt = Date.parse(String(failure.detail.opensAt ?? ''));
  if (failure.code !== 'MEETING_NOT_STARTED' || !opensAt) return;
  const delay = Math.max(opensAt - app.clock.now(), 0) + KNOCK_DELAY_MS;
  setTimeout(() => arrive(app), Math.min(delay, LONGEST_TIMER_MS));
}
