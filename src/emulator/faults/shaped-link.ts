import type { Clock } from './clock.ts';
import type { Link } from './link.ts';
import type { Shape } from './shape.ts';

/** A link whose faults come and go while datagrams pass. */
export interface ShapedLink extends Link {
  /** From now on like this; null: without faults. Those under way arrive at once then, in an outage never. */
  shape(next: Shape | null): void;
}

export interface ShapedLinkOptions {
  readonly clock: Clock;
  /** From 0 to below 1. */
  readonly random: () => number;
}

interface Waiting {
  readonly due: number;
  readonly datagram: Buffer;
  readonly deliver: (datagram: Buffer) => void;
}

/** IPv4 and UDP headers: a cap counts what the wire would carry. */
const HEADER_BYTES = 28;
/** A router's queue before a slow line, about as long as they are at home; what does not fit is dropped at its tail. */
export const QUEUE_MS = 200;
/** The most that is under way, however long the delay: two seconds at 16 Mbit/s. */
export const HELD_BYTES = 4 * 1024 * 1024;

/**
 * Opens a link. Order on the way: loss, then the capped line with its queue, then delay and jitter. Jitter keeps the order,
 * as queues do: reordering would make receivers ask for packets again that were never lost, which is another fault.
 */
export function createShapedLink({ clock, random }: ShapedLinkOptions): ShapedLink {
  let shape: Shape | null = null;
  let waiting: Waiting[] = [];
  let heldBytes = 0;
  let lineFreeAt = 0;
  let cancel = () => {};
  let closed = false;

  const release = (until: number) => {
    for (let first = waiting[0]; first && first.due <= until; first = waiting[0]) {
      waiting.shift();
      heldBytes -= first.datagram.length;
      first.deliver(first.datagram);
    }
  };
  const rearm = () => {
    cancel();
    const [first] = waiting;
    cancel = first ? clock.after(Math.max(0, first.due - clock.now()), arrive) : () => {};
  };
  const arrive = () => {
    release(clock.now());
    rearm();
  };
  const drop = () => {
    cancel();
    waiting = [];
    heldBytes = 0;
  };
  const insert = (late: Waiting) => {
    let at = waiting.length;
    while (at > 0 && (waiting[at - 1]?.due ?? 0) > late.due) at -= 1;
    waiting.splice(at, 0, late);
    heldBytes += late.datagram.length;
    if (at === 0) rearm();
  };
  /** When the line has sent the last bit; null when its queue is full. */
  const sentAt = ({ bitsPerSecond }: Shape, bytes: number, now: number): number | null => {
    if (bitsPerSecond === Number.POSITIVE_INFINITY) return now;
    const start = Math.max(now, lineFreeAt);
    if (start - now > QUEUE_MS) return null;
    lineFreeAt = start + ((bytes + HEADER_BYTES) * 8 * 1000) / bitsPerSecond;
    return lineFreeAt;
  };
  const passShaped = (on: Shape, datagram: Buffer, deliver: (datagram: Buffer) => void) => {
    if (on.isOut || (on.loss > 0 && random() < on.loss)) return;
    const now = clock.now();
    if (heldBytes + datagram.length > HELD_BYTES) return;
    const sent = sentAt(on, datagram.length, now);
    if (sent === null) return;
    const late = sent + on.delayMs + (on.jitterMs > 0 ? random() * on.jitterMs : 0);
    const due = on.reorder ? late : Math.max(late, waiting.at(-1)?.due ?? 0);
    if (due <= now && waiting.length === 0) deliver(datagram);
    else insert({ due, datagram: Buffer.from(datagram), deliver });
  };

  return {
    pass(datagram, deliver) {
      if (closed) return;
      if (shape === null) deliver(datagram);
      else passShaped(shape, datagram, deliver);
    },
    shape(next) {
      if (closed) return;
      shape = next;
      if (next === null) {
        cancel();
        lineFreeAt = 0;
        release(Number.POSITIVE_INFINITY);
      } else if (next.isOut) drop();
    },
    close() {
      closed = true;
      drop();
    },
  };
}
