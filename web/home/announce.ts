import { byId } from '../dom.ts';

/** Says something to people who do not see the page. */
export function announce(text: string): void {
  const live = byId('live', HTMLElement);
  // The same words again are no change, and would not be read.
  live.textContent = live.textContent === text ? `${text}\u00a0` : text;
}
