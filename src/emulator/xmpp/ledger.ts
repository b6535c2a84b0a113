/** What has been sent and handled on one stream since stream management was enabled (XEP-0198, 4). */
export interface Ledger {
  /** Stanzas of the client that were handled: the `h` of an answer to it. */
  readonly handled: number;
  /** Sent and not known to have arrived, oldest first. */
  readonly pending: readonly string[];
  /** Counts a stanza of the client. */
  receive(): void;
  /**
   * Keeps a stanza until the client has it. `ask`: time to ask how far it got; `overflow`: it never says so, and keeping
   * more would let one silent client fill the memory.
   */
  keep(text: string): 'kept' | 'ask' | 'overflow';
  /** The client handled `h` stanzas in all; false when it was never sent that many. */
  acknowledge(h: number): boolean;
}

/** Asking now and then keeps what has to be sent again short; each question costs two small frames. */
const ASK_EVERY = 20;
/** Twenty long ones would come too near to what is kept at most. */
const ASK_EVERY_CHARS = 256 * 1024;
/** A minute of a busy room of sixteen is far below; a presence is 2 KB. */
const MAX_PENDING_STANZAS = 2_000;
const MAX_PENDING_CHARS = 4 * 1024 * 1024;
/** `h` is an unsigned 32-bit integer that wraps (XEP-0198, 4). */
const WRAP = 2 ** 32;

export function createLedger(): Ledger {
  const pending: string[] = [];
  let chars = 0;
  let handled = 0;
  let acknowledged = 0;
  let sinceAsked = 0;
  let charsSinceAsked = 0;

  return {
    get handled() {
      return handled;
    },
    pending,
    receive() {
      handled = (handled + 1) % WRAP;
    },
    keep(text) {
      pending.push(text);
      chars += text.length;
      if (pending.length > MAX_PENDING_STANZAS || chars > MAX_PENDING_CHARS) return 'overflow';
      sinceAsked += 1;
      charsSinceAsked += text.length;
      if (sinceAsked < ASK_EVERY && charsSinceAsked < ASK_EVERY_CHARS) return 'kept';
      sinceAsked = 0;
      charsSinceAsked = 0;
      return 'ask';
    },
    acknowledge(h) {
      const more = (h - acknowledged + WRAP) % WRAP;
      if (!Number.isInteger(h) || h < 0 || h >= WRAP || more > pending.length) return false;
      for (const text of pending.splice(0, more)) chars -= text.length;
      acknowledged = h;
      return true;
    },
  };
}
