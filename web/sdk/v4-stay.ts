import type { Emitter } from './emitter.ts';
import type { JoinResult } from './types.ts';
import type { V4Page } from './v4-page.ts';
import type { V4Calls } from './v4-types.ts';

/** One stay in one room with SDK v4: its scattered signs become one beginning and one end. */
export interface Stay {
  readonly calls: Pick<V4Calls, 'endSession' | 'setAudioOutputDevice'>;
  readonly page: V4Page;
  readonly emitter: Emitter;
  stage: 'idle' | 'joining' | 'joined' | 'failed' | 'leaving' | 'over';
  /** Epoch ms. */
  startedAt: number;
  lost: boolean;
  /** To be used as soon as v4 knows it: it remembers one too, but never looks. */
  speaker: string | undefined;
  /** v4's timer that dials again outlives its session, and would break into the next one of this page. */
  spoiled: boolean;
  /** Answers whoever waits for the join. */
  settle: (result: JoinResult) => void;
  /** What to call to stop looking at the page. */
  readonly watches: (() => void)[];
}

export function createStay(calls: Stay['calls'], page: V4Page, emitter: Emitter): Stay {
  const startedAt = Number.POSITIVE_INFINITY;
  const settle = () => {};
  const speaker = undefined;
  return {
    calls,
    page,
    emitter,
    stage: 'idle',
    startedAt,
    lost: false,
    speaker,
    spoiled: false,
    settle,
    watches: [],
  };
}

/** True if this was the join that somebody waits for. */
export function confirm(stay: Stay): boolean {
  if (stay.stage !== 'joining') return false;
  stay.stage = 'joined';
  stay.settle({ data: undefined, error: null });
  return true;
}

export function fail(stay: Stay, error: unknown): void {
  if (stay.stage !== 'joining') return;
  stay.stage = 'failed';
  stay.spoiled = true;
  stay.settle({ data: null, error });
  stay.emitter.emit('onConnectionFailed', error);
}

export function lose(stay: Stay): void {
  if (stay.lost) return;
  stay.lost = true;
  stay.emitter.emit('onConnectionLost');
}

/** v4 also tells of the first connection, which nobody had lost. */
export function restore(stay: Stay): void {
  if (!stay.lost) return;
  stay.lost = false;
  stay.emitter.emit('onConnectionRestored');
}

export function useSpeaker(stay: Stay): void {
  if (stay.stage !== 'joined' || !stay.speaker) return;
  stay.calls.setAudioOutputDevice(stay.speaker);
  stay.speaker = undefined;
}

/** The signalling is gone for good. */
export function drop(stay: Stay): void {
  if (stay.stage !== 'joined') return;
  lose(stay);
  dismiss(stay);
}

/** Somebody else made an end of it. */
export function dismiss(stay: Stay): void {
  if (stay.stage !== 'joined') return;
  stay.spoiled = true;
  leave(stay);
  end(stay);
}

/** Told by our own look at the click and, a second later, by v4. */
export function pressLeave(stay: Stay): void {
  if (stay.stage !== 'joined') return;
  stay.stage = 'leaving';
  stay.emitter.emit('onLeaveSessionButtonClicked');
}

export function leave(stay: Stay): void {
  if (stay.stage === 'idle' || stay.stage === 'over') return;
  if (stay.stage === 'joining' || stay.stage === 'failed') giveUp(stay);
  stay.stage = 'leaving';
  stay.calls.endSession();
  // Before the server has confirmed anything: whoever left wants the camera's light off.
  stay.page.stopLocalTracks();
}

/** v4 goes on dialling, and would enter the room unseen, where nothing of its own reaches it any more. */
function giveUp(stay: Stay): void {
  stay.spoiled = true;
  stay.page.shutRooms();
}

export function end(stay: Stay): void {
  if (stay.stage === 'over') return;
  stay.stage = 'over';
  stopWatching(stay);
  stay.emitter.emit('onSessionLeft');
  stay.emitter.emit('onConnectionClosed');
}

export function stopWatching(stay: Stay): void {
  for (const stop of stay.watches.splice(0)) stop();
}
