/** Loads again and again while somebody looks. */
export interface Watch {
  /** Loads now; what is under way is older than what asks for this, and does not count. */
  refresh(): void;
  stop(): void;
}

/** Calls `load` every `everyMs` while the page is visible, and at once when it becomes so. `load` never rejects. */
export function watch(load: () => Promise<void>, everyMs: number): Watch {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let loading = false;
  let isStale = false;
  let stopped = false;

  const turn = async () => {
    if (stopped) return;
    if (loading) {
      isStale = true;
      return;
    }
    clearTimeout(timer);
    loading = true;
    do {
      isStale = false;
      await load();
    } while (isStale);
    loading = false;
    if (!stopped && !document.hidden) timer = setTimeout(turn, everyMs);
  };
  const onVisibility = () => {
    if (document.hidden) clearTimeout(timer);
    else void turn();
  };
  document.addEventListener('visibilitychange', onVisibility);
  void turn();
  return {
    refresh: () => void turn(),
    stop() {
      stopped = true;
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', onVisibility);
    },
  };
}
