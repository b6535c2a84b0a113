/** Who has just pressed a key will press another one: a script that runs for half a second waits for a pause this long (ms). */
const PAUSE_MS = 1_000;
/** For Safari, which does not tell when it is idle. */
const GUESS_MS = 200;

/** Resolves when `ready` is, the page has nothing to do, and its visitor is not typing. */
export async function untilQuiet(ready: Promise<void>): Promise<void> {
  let lastInput = Number.NEGATIVE_INFINITY;
  const heard = new AbortController();
  for (const name of ['keydown', 'input', 'pointerdown'])
    document.addEventListener(name, () => (lastInput = performance.now()), {
      signal: heard.signal,
      capture: true,
    });
  await ready;
  await new Promise<void>(resolve => {
    const look = () => {
      const rest = lastInput + PAUSE_MS - performance.now();
      if (rest > 0) return void setTimeout(whenIdle, rest, look);
      heard.abort();
      resolve();
    };
    whenIdle(look);
  });
}

function whenIdle(act: () => void): void {
  if ('requestIdleCallback' in window) requestIdleCallback(act);
  else setTimeout(act, GUESS_MS);
}
