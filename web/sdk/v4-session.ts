import type { Emitter } from './emitter.ts';
import { type JoinResult, RELEASE_MS, type SdkUser, type SessionSettings } from './types.ts';
import { createV4Handlers } from './v4-listener.ts';
import type { V4Page } from './v4-page.ts';
import { toV4Settings } from './v4-settings.ts';
import {
  confirm,
  createStay,
  dismiss,
  drop,
  end,
  fail,
  leave,
  lose,
  pressLeave,
  restore,
  type Stay,
  stopWatching,
} from './v4-stay.ts';
import type { V4Calls } from './v4-types.ts';

export interface V4Session {
  join(callToken: string, settings: SessionSettings, container: HTMLElement): Promise<JoinResult>;
  leave(): void;
  whenReleased(): Promise<boolean>;
}

const POLL_MS = 25;

/** Joins and leaves with SDK v4, and tells in v5's events what happens between. */
export function createV4Session(calls: V4Calls, user: SdkUser, page: V4Page, emitter: Emitter): V4Session {
  const stay = createStay(calls, page, emitter);
  let place: HTMLElement | null = null;
  return {
    leave: () => leave(stay),
    whenReleased: () => waitForRelease(stay, place),
    async join(callToken, settings, container) {
      // v4 answers a missing container with an error that nobody can catch.
      if (!container?.isConnected) return { data: null, error: { code: 'NO_CONTAINER' } };
      place = container;
      stay.stage = 'joining';
      stay.startedAt = Date.now();
      const result = new Promise<JoinResult>(resolve => {
        stay.settle = resolve;
      });
      watchContent(stay, container, true);
      const handlers = createV4Handlers(user, stay, () => goIn(stay, container));
      stay.speaker = settings.audioOutputDeviceId;
      page.chooseDevices(settings);
      const listener = new calls.OngoingCallListener(handlers);
      const v4Settings = toV4Settings(calls, settings).setCallListener(listener).build();
      calls.startSession(callToken, v4Settings, container).catch(error => fail(stay, error));
      return result;
    },
  };
}

function goIn(stay: Stay, container: HTMLElement): void {
  if (!confirm(stay)) return;
  watchContent(stay, container, false);
  const connection = {
    lost: () => lose(stay),
    restored: () => restore(stay),
    failed: () => drop(stay),
    kicked: () => dismiss(stay),
  };
  stay.watches.push(
    stay.page.watchConnection(connection),
    stay.page.onLeaveClick(container, () => pressLeave(stay)),
  );
  stay.emitter.emit('onSessionJoined');
}

function watchContent(stay: Stay, container: HTMLElement, deep: boolean): void {
  stopWatching(stay);
  let filled = container.childElementCount > 0;
  const look = () => {
    const failure = stay.stage === 'joining' ? stay.page.failureIn(container) : null;
    if (failure) fail(stay, failure);
    // Whoever ended it (the button, a timeout, "end for all"): v4 empties the container.
    if (filled && container.childElementCount === 0) end(stay);
    filled = container.childElementCount > 0;
  };
  stay.watches.push(stay.page.observe(container, deep, look));
}

async function waitForRelease(stay: Stay, place: HTMLElement | null): Promise<boolean> {
  const deadline = Date.now() + RELEASE_MS;
  while (place && !stay.spoiled && !stay.page.isReleased(place)) {
    if (Date.now() > deadline) return false;
    stay.page.stopLocalTracks();
    await new Promise(resolve => setTimeout(resolve, POLL_MS));
  }
  return !stay.spoiled;
}
