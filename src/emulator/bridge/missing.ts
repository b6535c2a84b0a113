/** The packets of one source that did not arrive, and when to ask for them (RFC 4585, 6.2.1). */
export interface MissingPackets {
  /** Notes an arrival; false when so much is missing that only a key frame helps. */
  note(sequence: number, nowMs: number): boolean;
  /** The sequence numbers to ask for now. */
  due(nowMs: number): number[];
  /** Nothing is expected before the next arrival. */
  reset(): void;
  readonly size: number;
}

interface Gap {
  readonly since: number;
  asked: number;
  askAt: number;
}

/** More than a lost burst: the sender is through with them too. */
const MOST_MISSING = 256;
const MOST_REQUESTS = 8;
/** A decoder has moved on by then, with a key frame. */
const MAX_AGE_MS = 1_000;
/** Longer than most round trips; each request waits half as long again as the one before. */
const FIRST_WAIT_MS = 40;
const BACKOFF = 1.5;

export function createMissingPackets(): MissingPackets {
  const gaps = new Map<number, Gap>();
  let highest: number | null = null;

  const isOver = (gap: Gap, nowMs: number) => gap.asked >= MOST_REQUESTS || nowMs - gap.since > MAX_AGE_MS;
  const open = (from: number, to: number, nowMs: number) => {
    for (let sequence = from; sequence < to; sequence++)
      gaps.set(sequence, { since: nowMs, asked: 0, askAt: nowMs });
  };

  return {
    note(sequence, nowMs) {
      if (highest === null || sequence <= highest) {
        gaps.delete(sequence);
        highest ??= sequence;
        return true;
      }
      const from = highest + 1;
      highest = sequence;
      if (sequence - from + gaps.size > MOST_MISSING) {
        gaps.clear();
        return false;
      }
      open(from, sequence, nowMs);
      return true;
    },
    due(nowMs) {
      const asked: number[] = [];
      for (const [sequence, gap] of gaps) {
        if (isOver(gap, nowMs)) gaps.delete(sequence);
        else if (gap.askAt <= nowMs) {
          asked.push(sequence);
          gap.askAt = nowMs + FIRST_WAIT_MS * BACKOFF ** gap.asked;
          gap.asked += 1;
        }
      }
      return asked;
    },
    reset() {
      gaps.clear();
      highest = null;
    },
    get size() {
      return gaps.size;
    },
  };
}
