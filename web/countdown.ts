import { byId, setText } from './dom.ts';
import { sayCountdown } from './time-words.ts';

const TICK_MS = 1000;

/**
 * Counts down to `at` (epoch ms) in the element, until `over`. A timer by its role, which screen readers tell on demand,
 * not every second.
 */
export function countDown(id: string, at: number, now: () => number, over: AbortSignal): void {
  const element = byId(id, HTMLElement);
  const tick = () => {
    const words = sayCountdown(at - now());
    if (element.textContent !== words) setText(element, words);
  };
  const timer = setInterval(tick, TICK_MS / 4);
  over.addEventListener('abort', () => {
    clearInterval(timer);
    setText(element, '');
  });
  tick();
}

/** Calls back at `at` (epoch ms) by that clock, unless `over` comes first. */
export function onceAt(at: number, now: () => number, over: AbortSignal, act: () => void): void {
  const wait = () => {
    const rest = at - now();
    if (rest <= 0) return act();
    timer = setTimeout(wait, Math.min(rest, LONGEST_TIMER_MS));
  };
  let timer = setTimeout(wait, 0);
  over.addEventListener('abort', () => clearTimeout(timer));
}

/** Browsers take longer ones for none. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;
