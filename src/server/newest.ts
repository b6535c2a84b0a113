/** A map that forgets its oldest entry when it is full. */
export interface Newest<Value> {
  get(key: string): Value | undefined;
  set(key: string, value: Value): void;
  delete(key: string): void;
}

/** Keeps the newest `capacity` entries, in memory. */
export function createNewest<Value>(capacity: number): Newest<Value> {
  const entries = new Map<string, Value>();
  return {
    get: key => entries.get(key),
    delete: key => void entries.delete(key),
    set(key, value) {
      // A Map keeps the order of insertion, so the first key is the oldest.
      entries.delete(key);
      entries.set(key, value);
      const oldest = entries.size > capacity ? entries.keys().next().value : undefined;
      if (oldest !== undefined) entries.delete(oldest);
    },
  };
}
