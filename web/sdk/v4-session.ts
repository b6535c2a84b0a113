import type { Emitter } from './emitter.ts';
import { type JoinResult, RELEASE_MS, type SdkUser } from './types.ts';
import { createV4Handlers, type V4Turns } from './v4-listener.ts';
import type { V4Page } from './v4-page.ts';
import type { V4Calls } from './v4-types.ts';

export interface V4Session {
  join(callToken: string, container: HTMLElement): Promise<JoinResult>;
  leave(): void;
  whenReleased(): Promise<boolean>;
}

const POLL_MS = 25;

/** One stay in one room with SDK v4: from its scattered signs to one beginning and one end. */
export function createV4Session(calls: V4Calls, user: SdkUser, page: V4Page, emitter: Emitter): V4Session {
  let stage: 'idle' | 'joining' | 'joined' | 'failed' | 'leaving' | 'over' = 'idle';
  let startedAt = Number.POSITIVE_INFINITY;
  let place: HTMLElement | null = null;
  let away = false;
  // v4's timer that dials again outlives the session, and would break into the next one.
  let spoiled = false;
  let settle: (result: JoinResult) => void = () => {};
  const watches: (() => void)[] = [];

  const turns: V4Turns = {
    startedAt: () => startedAt,
    joined() {
      // Given up meanwhile, but the SDK went on trying: nobody may stay in a room unseen.
      if (stage !== 'joining') return void (stage !== 'joined' && calls.endSession());
      stage = 'joined';
      settle({ data: undefined, error: null });
      watch(false);
      watches.push(page.watchConnection({ lost, restored, failed: drop }));
      emitter.emit('onSessionJoined');
    },
    leaving() {
      if (stage !== 'over') stage = 'leaving';
    },
    ended() {
      if (stage === 'leaving') end();
    },
    failed(error) {
      if (stage !== 'joining') return;
      stage = 'failed';
      spoiled = true;
      settle({ data: null, error });
      emitter.emit('onConnectionFailed', error);
    },
  };
  const lost = () => {
    away = true;
    emitter.emit('onConnectionLost');
  };
  // v4 also says so when the first connection comes up.
  const restored = () => {
    if (away) emitter.emit('onConnectionRestored');
    away = false;
  };

  function drop(): void {
    if (stage !== 'joined') return;
    spoiled = true;
    lost();
    leave();
    end();
  }

  function end(): void {
    if (stage === 'over') return;
    stage = 'over';
    stopWatching();
    emitter.emit('onSessionLeft');
    emitter.emit('onConnectionClosed');
  }

  function stopWatching(): void {
    for (const stop of watches.splice(0)) stop();
  }

  function watch(deep: boolean): void {
    stopWatching();
    const container = place;
    if (!container) return;
    let filled = container.childElementCount > 0;
    watches.push(
      page.observe(container, deep, () => {
        const failure = stage === 'joining' ? page.failureIn(container) : null;
        if (failure) turns.failed(failure);
        // Whoever ended it (button, timeout, "end for all"): v4 empties the container.
        if (filled && container.childElementCount === 0) end();
        filled = container.childElementCount > 0;
      }),
    );
  }

  function leave(): void {
    if (stage === 'idle' || stage === 'over') return;
    stage = 'leaving';
    calls.endSession();
    // Before the server has confirmed anything: whoever left wants the camera's light off.
    page.stopLocalTracks();
  }

  return {
    leave,
    async join(callToken, container) {
      // v4 answers a missing container with an error that nobody can catch.
      if (!container?.isConnected) return { data: null, error: { code: 'NO_CONTAINER' } };
      stage = 'joining';
      startedAt = Date.now();
      place = container;
      const result = new Promise<JoinResult>(resolve => {
        settle = resolve;
      });
      watch(true);
      const listener = new calls.OngoingCallListener(createV4Handlers(user, turns, emitter));
      const settings = new calls.CallSettingsBuilder().setCallListener(listener).build();
      calls.startSession(callToken, settings, container).catch(error => turns.failed(error));
      return result;
    },
    async whenReleased() {
      const deadline = Date.now() + RELEASE_MS;
      while (place && !spoiled && !page.isReleased(place)) {
        if (Date.now() > deadline) return false;
        page.stopLocalTracks();
        await wait(POLL_MS);
      }
      return !spoiled;
    },
  };
}

function wait(ms: number): Promise<void> {
  return new Promise(resolve => setTimeout(resolve, ms));
}
