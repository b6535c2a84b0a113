/** Key-frame requests to one source: as few as possible, but none is lost. */
export interface KeyFrameRequests {
  /** Somebody needs a key frame. */
  need(): void;
  /** Whether to ask the sender now. It is asked again until one comes: a request may be lost as well. */
  due(nowMs: number): boolean;
  /** A key frame begins, or nobody needs one any more. */
  settle(): void;
  /** A packet of the source came: it is there, and answers when it hears of it. To be called for every packet. */
  hear(): void;
}

/** Key frames are several times as large as others; a sender that makes one for everybody who asks sends no other. */
const INTERVAL_MS = 300;
/** A source that does not answer is muted, or its sender gone: each request waits twice as long as the one before. */
const LONGEST_INTERVAL_MS = 4_800;
/** Unless packets come, which an outage may have kept from us, or our requests from their sender. */
const LONGEST_HEARD_MS = 600;

export function createKeyFrameRequests(): KeyFrameRequests {
  let needed = false;
  let unanswered = 0;
  let askedAt = Number.NEGATIVE_INFINITY;
  let waitMs = 0;

  return {
    need() {
      needed = true;
    },
    due(nowMs) {
      if (!needed || nowMs < askedAt + waitMs) return false;
      askedAt = nowMs;
      waitMs = Math.min(LONGEST_INTERVAL_MS, INTERVAL_MS * 2 ** unanswered);
      unanswered += 1;
      return true;
    },
    settle() {
      needed = false;
      unanswered = 0;
      // Who needs one next does not wait for the patience that this one took.
      waitMs = INTERVAL_MS;
    },
    hear() {
      if (waitMs > LONGEST_HEARD_MS) waitMs = LONGEST_HEARD_MS;
    },
  };
}
