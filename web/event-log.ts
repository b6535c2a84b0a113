export interface EventLog {
  /** `name` never holds a secret: tests and whoever opens the console can read it. */
  add(name: string): void;
}

declare global {
  interface Window {
    readonly __meet?: { readonly events: readonly { readonly t: number; readonly name: string }[] };
  }
}

/** Lets tests read when what happened, as `window.__meet.events` (`t` in epoch ms); `also` is told too. */
export function exposeEventLog(window: Window, also: (name: string) => void): EventLog {
  const events: { t: number; name: string }[] = [];
  Object.defineProperty(window, '__meet', { value: Object.freeze({ events }) });
  return {
    add(name) {
      events.push({ t: Date.now(), name });
      also(name);
    },
  };
}
