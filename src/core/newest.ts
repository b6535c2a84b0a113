/** A map that forgets its oldest entry when it is full. */
export interface Newest<Value> {
  get(key: string): Value | undefined;
  set(key: string, value: Value): void;
  delete(key: string): void;
  clear(): void;
}

/** Keeps the newest `capacity` entries, in memory. `onForgotten`: told of each that goes because it is full. */
export function createNewest<Value>(capacity: number, onForgotten?: (key: string) => void): Newest<Value> {
  const entries = new Map<string, Value>();
  // A Map keeps the order of insertion. One iterator for good: a new one would walk each time over all places that were
  // emptied before, thousands of them where many come and go.
  let oldest = entries.keys();
  return {
    get: key => entries.get(key),
    delete: key => void entries.delete(key),
    clear() {
      entries.clear();
      oldest = entries.keys();
    },
    set(key, value) {
      entries.delete(key);
      entries.set(key, value);
      if (entries.size <= capacity) return;
      const gone = oldest.next().value as string;
      entries.delete(gone);
      onForgotten?.(gone);
    },
  };
}
