import type { RemoteAddress } from './ice-lite.ts';

/** Told what a participant's transport does. */
export interface TransportWatch {
  /** Media goes to this address from now on: the first that proved itself, or another. */
  onAddress(address: RemoteAddress): void;
  /** DTLS is done, with this protection of media (RFC 5764, 4.1.2); or has failed for good. */
  onDtls(result: { readonly profile: string } | { readonly reason: string }): void;
}

/** Told what a participant gets and sends, for people to read: nothing depends on it, and nothing per packet is told. */
export interface SeatWatch extends TransportWatch {
  /**
   * The participant is to get this layer of a track (`chosen`), and gets it, from a key frame on (`sent`). Null: none.
   * Height in pixels.
   */
  onLayer(state: 'chosen' | 'sent', track: string, layer: number | null, height: number): void;
  /** The participant wants a key frame of a track, is asked for one of its own, or sends one. */
  onKeyFrame(state: 'wanted' | 'asked' | 'sent', track: string, layer: number): void;
  /** So many packets were asked for again: `up` of the participant, `down` by it. */
  onLost(direction: 'up' | 'down', packets: number): void;
}

export const UNWATCHED: SeatWatch = {
  onAddress() {},
  onDtls() {},
  onLayer() {},
  onKeyFrame() {},
  onLost() {},
};
