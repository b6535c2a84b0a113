/**
 * One direction of the way between a participant and the bridge. Every datagram goes through it, connectivity checks
 * and DTLS too: a bad network spares nothing.
 */
export interface Link {
  /**
   * Hands the datagram on, now, later or never. A link that delivers later does so from a copy, so the caller may reuse
   * the Buffer's memory once this returns.
   */
  pass(datagram: Buffer, deliver: (datagram: Buffer) => void): void;
  /** Drops what is under way; from then on nothing is delivered. */
  close(): void;
}

/** Both directions of one participant's way: `up` is towards the bridge. */
export interface Links {
  readonly up: Link;
  readonly down: Link;
}

/** A link without faults: hands on at once. It is shared by all who have none, so closing it does nothing. */
export const OPEN_LINK: Link = {
  pass: (datagram, deliver) => deliver(datagram),
  close: () => {},
};
