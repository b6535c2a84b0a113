import { setMaxListeners } from 'node:events';

/** Rejects with the signal's reason once it aborts, else stays open; never an unhandled rejection. */
export function rejectOn(signal: AbortSignal): Promise<never> {
  const ended = new Promise<never>((_, reject) => {
    if (signal.aborted) reject(signal.reason);
    else signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
  ended.catch(() => {});
  return ended;
}

export interface Limit {
  readonly signal: AbortSignal;
  /** Forgets the parent and the time. */
  release(): void;
}

/** Node's timers take no more (25 days), and end at once where they are given it. */
const LONGEST_MS = 2 ** 31 - 1;

/**
 * A signal that aborts with its parent, or after `ms` with an error that says `words`. By hand: Node 20 may collect
 * the signals of AbortSignal.timeout and AbortSignal.any before they fire.
 */
export function limitSignal(parent: AbortSignal, ms: number, words: string): Limit {
  const controller = createController();
  const follow = () => controller.abort(parent.reason);
  const timer = setTimeout(() => controller.abort(new Error(words)), Math.min(ms, LONGEST_MS));
  if (parent.aborted) follow();
  else parent.addEventListener('abort', follow, { once: true });
  return {
    signal: controller.signal,
    release() {
      clearTimeout(timer);
      parent.removeEventListener('abort', follow);
    },
  };
}

/** A signal that aborts `ms` after another did. */
export function lateSignal(signal: AbortSignal, ms: number): Limit {
  const controller = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const start = () => {
    timer = setTimeout(() => controller.abort(signal.reason), ms);
  };
  if (signal.aborted) start();
  else signal.addEventListener('abort', start, { once: true });
  return {
    signal: controller.signal,
    release() {
      clearTimeout(timer);
      signal.removeEventListener('abort', start);
    },
  };
}

/** Resolves at an instant (milliseconds since the epoch), at once when it has passed. */
export function reachInstant(instant: number, now: () => number): Promise<void> {
  return new Promise(resolve => setTimeout(resolve, Math.max(0, instant - now())));
}

/** Whether a promise settles within `ms`; leaves no timer behind. Rejects with the promise. */
export async function endsWithin(promise: Promise<unknown>, ms: number): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<false>(resolve => {
    timer = setTimeout(resolve, ms, false);
  });
  try {
    return await Promise.race([promise.then(() => true), late]);
  } finally {
    clearTimeout(timer);
  }
}

/** Does `work` with a signal that aborts with its parent, and when the work is done: waits that lost a race end with it. */
export async function withOwnSignal<T>(
  parent: AbortSignal,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const controller = createController();
  const follow = () => controller.abort(parent.reason);
  if (parent.aborted) follow();
  else parent.addEventListener('abort', follow, { once: true });
  try {
    return await work(controller.signal);
  } finally {
    parent.removeEventListener('abort', follow);
    controller.abort(new Error('done'));
  }
}

/** Dozens may wait on one signal, which Node takes for a leak from the eleventh on. */
function createController(): AbortController {
  const controller = new AbortController();
  setMaxListeners(0, controller.signal);
  return controller;
}
