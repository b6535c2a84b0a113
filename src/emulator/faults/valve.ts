import { Duplex } from 'node:stream';

/** A stream that can stand still: nothing in, nothing out, and no word of it to either end. */
export interface Valve {
  /** Stands for the inner stream. */
  readonly stream: Duplex;
  freeze(): void;
  /** What had to wait goes on, in order; also the end, when our side was done meanwhile. */
  thaw(): void;
}

/** Puts a valve in front of `inner`, which nobody else may read or write from now on. */
export function createValve(inner: Duplex): Valve {
  let frozen = false;
  let held: (() => void)[] = [];
  /** While frozen, what our side does waits: the other end of a dead network does not see it either. */
  const act = (work: () => void) => {
    if (frozen) held.push(work);
    else work();
  };

  const stream = new Duplex({
    read: () => act(() => inner.resume()),
    write: (chunk, encoding, done) => act(() => inner.write(chunk, encoding, done)),
    // One packet for a frame's header and body.
    writev: (chunks, done) =>
      act(() => inner.write(Buffer.concat(chunks.map(({ chunk }) => chunk as Buffer)), done)),
    final: done => act(() => inner.end(done)),
    destroy(error, done) {
      act(() => inner.destroy());
      done(error);
    },
  });
  inner.on('data', (chunk: Buffer) => {
    if (!stream.push(chunk)) inner.pause();
  });
  inner.on('end', () => act(() => stream.push(null)));
  inner.on('error', error => act(() => stream.destroy(error)));
  inner.on('close', () => act(() => stream.destroy()));

  return {
    stream,
    freeze() {
      frozen = true;
      inner.pause();
    },
    thaw() {
      if (!frozen) return;
      frozen = false;
      const works = held;
      held = [];
      for (const work of works) work();
      if (!stream.destroyed) inner.resume();
    },
  };
}
