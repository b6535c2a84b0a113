import { type App, endWaiting, enter } from './app.ts';
import { arrive, refuse } from './arrival.ts';
import { byId } from './dom.ts';
import { lookThroughDoor } from './door.ts';
import { offerDrawer } from './drawer/offer.ts';
import { type Phase, toFailure } from './failure.ts';
import { joinMeeting } from './join.ts';
import { lookAgain, settingsOf } from './lobby/devices.ts';
import { readName, showStep } from './lobby.ts';
import { showLeft } from './notice.ts';
import { rememberGuest } from './remembered-name.ts';
import { reloadToJoin } from './return-trip.ts';
import type { JoinableSdk } from './sdk/types.ts';
import type { SessionWatcher } from './session.ts';
import { isDenial, type Step, texts } from './texts.ts';
import { announce } from './view.ts';

const STEPS: Record<Phase, Step> = {
  facts: 'facts',
  identity: 'identity',
  authorize: 'authorize',
  token: 'token',
  sdk: 'sdk',
  init: 'sdk',
  login: 'join',
  join: 'join',
};

/** Join, and join again. One at a time: not while another is under way, nor before the last one has let go. */
export async function submit(app: App): Promise<void> {
  const name = readName();
  if (app.busy || name === null) return;
  app.busy = true;
  endWaiting(app);
  // Beside the questions to the server, which it does not need.
  app.visit.sdk.load().catch(() => {});
  showStep('facts');
  try {
    if (await app.door) await rejoinOrReload(app, name);
  } finally {
    app.busy = false;
    showStep(null);
  }
}

/** From a failure back to the lobby; past the point where the SDK was at work, with a fresh page. */
export async function retry(app: App): Promise<void> {
  const untouched = document.body.dataset.phase !== 'sdk' && (await app.released);
  if (untouched) arrive(app);
  else location.reload();
}

async function rejoinOrReload(app: App, name: string): Promise<void> {
  enter(app, 'joining');
  if (await app.released) await join(app, name);
  else reloadToJoin(app.visit.link.sessionId);
}

async function join(app: App, name: string): Promise<void> {
  let phase: Phase = 'identity';
  const way = {
    enter(next: Phase): void {
      phase = next;
      showStep(STEPS[next]);
      app.visit.log.add(`phase:${next}`);
    },
    opened(sdk: JoinableSdk): void {
      app.sdk = sdk;
      app.visit.diary.hear(sdk);
    },
  };
  try {
    // In the lobby the booth watched them.
    if (app.sdk) await lookAgain(app.wishes, navigator.mediaDevices);
    const wished = settingsOf(app.wishes);
    await joinMeeting(app.visit, { name, wished }, way, watch(app));
    enter(app, 'joined');
    announce(texts.joined);
    // One button for one thing: the SDK's own, where it has one.
    byId('share-call', HTMLElement).hidden = app.sdk?.sharesItself ?? false;
    rememberGuest(app.visit.link, name);
    // From the button that is gone now, so that Tab reaches the SDK's own controls.
    app.visit.container.focus();
  } catch (error) {
    release(app);
    refuse(app, toFailure(error, phase));
  } finally {
    offerDrawer(app);
  }
}

function release(app: App): void {
  app.released = app.sdk?.whenReleased() ?? Promise.resolve(true);
}

/** No SDK says whether somebody was put out, or the meeting ended; the server does. */
async function askWhy(app: App): Promise<void> {
  try {
    await lookThroughDoor(app.visit.link);
  } catch (error) {
    const failure = toFailure(error, 'facts');
    if (document.body.dataset.state === 'left' && isDenial(failure.code)) refuse(app, failure);
  }
}

function watch(app: App): SessionWatcher {
  return {
    lost() {
      enter(app, 'lost');
      announce(texts.lost);
    },
    restored() {
      enter(app, 'joined');
      announce(texts.restored);
    },
    share: () => void app.sharing.start(),
    arrived: name => announce(texts.arrived(name)),
    gone: name => announce(texts.gone(name)),
    ended(reason, wished) {
      release(app);
      showLeft(reason);
      app.visit.log.add('left');
      if (!wished) void askWhy(app);
    },
  };
}
