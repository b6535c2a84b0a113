import type { MeetingFacts } from './api.ts';
import { type App, endWaiting, enter } from './app.ts';
import { onlyWatches } from './broadcast.ts';
import { countDown, onceAt } from './countdown.ts';
import { byId, setText } from './dom.ts';
import { lookThroughDoor, proposedName } from './door.ts';
import { type Failure, toFailure } from './failure.ts';
import { forgetIdentity, recallIdentity } from './identity.ts';
import { closedBooth, openBooth } from './lobby/booth.ts';
import { followPeople } from './lobby/people.ts';
import { focusName, proposeName, showFacts, showStep } from './lobby.ts';
import { showFailure } from './notice.ts';
import { showRemembered } from './remembered-note.ts';
import { texts } from './texts.ts';
import { announce } from './view.ts';

const MINUTE_MS = 60_000;
/** After the door's time, so that the server's clock has passed it too. */
const KNOCK_DELAY_MS = 250;

/** Looks the meeting up: the lobby follows, or the reason why not. */
export function arrive(app: App): void {
  endWaiting(app);
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
    if (!app.busy) enterLobby(app, facts);
    return true;
  } catch (error) {
    refuse(app, toFailure(error, 'facts'));
    return false;
  }
}

function enterLobby(app: App, facts: MeetingFacts): void {
  const over = endWaiting(app);
  enter(app, 'lobby');
  focusName();
  // Who only watches is asked for no camera.
  app.booth = onlyWatches(facts) ? closedBooth(texts.watching) : openBooth(app.wishes);
  showTimes(app, facts, over);
  const { link } = app.visit;
  const credentials = () => ({ token: recallIdentity(link, Date.now())?.token, key: link.key });
  const here = byId('here', HTMLElement);
  void followPeople(link.sessionId, credentials, words => setText(here, words), over);
  over.addEventListener('abort', () => setText(here, ''));
}

/** Start and end of the meeting, as they come nearer. */
function showTimes(app: App, facts: MeetingFacts, over: AbortSignal): void {
  const { clock } = app;
  const show = () => showFacts(facts, clock.now());
  const timer = setInterval(show, MINUTE_MS / 2);
  over.addEventListener('abort', () => clearInterval(timer));
  const startsAt = facts.startsAt ? Date.parse(facts.startsAt) : 0;
  if (startsAt > clock.now()) {
    const started = new AbortController();
    over.addEventListener('abort', () => started.abort());
    countDown('starts-in', startsAt, clock.now, started.signal);
    onceAt(startsAt, clock.now, over, () => {
      started.abort();
      show();
    });
  }
  // The server says what has become of the meeting: it may have been extended.
  onceAt(Date.parse(facts.expiresAt) + KNOCK_DELAY_MS, clock.now, over, () => arrive(app));
}

/** Shows why somebody is not in. A meeting that has not opened yet is tried again when it does. */
export function refuse(app: App, failure: Failure): void {
  const over = endWaiting(app);
  const { clock, visit } = app;
  // Only who introduces themselves anew may come again.
  if (failure.code === 'REMOVED') forgetIdentity();
  showFailure(failure, clock.now());
  visit.log.add(`${document.body.dataset.state}:${failure.code}`);
  const opensAt = Date.parse(String(failure.detail.opensAt ?? ''));
  if (!opensAt) return;
  countDown('opens-in', opensAt, clock.now, over);
  // A clock that speaks every second helps nobody; one warning does.
  const soon = opensAt - MINUTE_MS;
  if (soon > clock.now()) onceAt(soon, clock.now, over, () => announce(texts.opensSoon));
  onceAt(opensAt + KNOCK_DELAY_MS, clock.now, over, () => arrive(app));
}
