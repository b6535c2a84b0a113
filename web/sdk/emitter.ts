import type { SdkEvent, SdkListener } from './types.ts';

export interface Emitter {
  on(name: SdkEvent, listener: SdkListener, options?: { signal?: AbortSignal }): () => void;
  emit(name: SdkEvent, payload?: unknown): void;
}

/** Listeners with v5's two ways of unsubscribing: the returned function and an abort signal. */
export function createEmitter(): Emitter {
  const listeners = new Map<SdkEvent, Set<SdkListener>>();
  return {
    on(name, listener, { signal } = {}) {
      const off = () => void listeners.get(name)?.delete(listener);
      if (signal?.aborted) return off;
      listeners.set(name, (listeners.get(name) ?? new Set()).add(listener));
      signal?.addEventListener('abort', off, { once: true });
      return off;
    },
    emit(name, payload) {
      for (const listener of [...(listeners.get(name) ?? [])]) listener(payload);
    },
  };
}
