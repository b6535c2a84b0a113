// The element that the SDK draws its call into: its place when the drawing began, and when the call was gone from it.
import { tell } from './lint-tell.ts';

/** Milliseconds between two looks for the end of a call. */
const TICK = 250;

interface CallsSdk {
  joinSession?: (token: unknown, settings: unknown, container: unknown) => unknown;
}

let place: Element | null = null;
/** Where v5 was told to draw; it has not begun yet. */
let given: Element | null = null;

export function watchContainer(): void {
  new MutationObserver(look).observe(document, { childList: true, subtree: true });
  // v5's drawing has no name that we know: its call is heard instead, from the moment that its script has run.
  document.addEventListener('load', hookJoin, true);
  setInterval(look, TICK);
}

function look(): void {
  if (place) {
    if (place.isConnected && place.childElementCount > 0) return;
    place = null;
    tell({ kind: 'gone' });
  }
  hookJoin();
  if (given && given.childElementCount > 0) [place, given] = [given, null];
  // v4 draws this into the element that it was given.
  const drawn = document.getElementById('cc-container');
  if (!drawn?.parentElement || place) return;
  place = drawn.parentElement;
  measure(place);
}

function measure(container: Element): void {
  const { x, y, width, height } = container.getBoundingClientRect();
  const { position } = getComputedStyle(container);
  const viewport = { width: innerWidth, height: innerHeight };
  const { scrollWidth, scrollHeight } = document.documentElement;
  // What is below the fold of a small window is only a turn of the wheel away.
  const place =
    position === 'fixed'
      ? { x, y, reach: viewport }
      : { x: x + scrollX, y: y + scrollY, reach: { width: scrollWidth, height: scrollHeight } };
  tell({
    kind: 'container',
    ...{ ...place, width, height, position, viewport },
    // Not `getComputedStyle`, which answers what the layout made of it.
    cssHeight: String(container.computedStyleMap().get('height') ?? 'auto'),
  });
}

const hooked = new WeakSet<CallsSdk>();

function hookJoin(): void {
  const sdk = (window as { CometChatCalls?: CallsSdk }).CometChatCalls;
  const join = sdk?.joinSession;
  if (!sdk || !join || hooked.has(sdk)) return;
  hooked.add(sdk);
  const heard: CallsSdk['joinSession'] = function (this: unknown, token, settings, container) {
    given = container instanceof Element ? container : null;
    if (given) measure(given);
    return join.call(this, token, settings, container);
  };
  // Not by assignment, which throws where it is a module, whose members are fixed.
  Reflect.set(sdk, 'joinSession', heard);
}
