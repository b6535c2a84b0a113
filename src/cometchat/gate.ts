/** Lets at most so many at a time do their work; the others wait in a row. */
export type Gate = <Value>(work: () => Promise<Value>) => Promise<Value>;

export function createGate(places: number): Gate {
  const waiting: (() => void)[] = [];
  let free = places;
  return async work => {
    if (free > 0) free -= 1;
    else await new Promise<void>(resolve => waiting.push(resolve));
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      // The place goes from hand to hand, so that nobody who comes now is before the row.
      if (next) next();
      else free += 1;
    }
  };
}
