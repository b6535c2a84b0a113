/**
 * What the probe in a page tells the smoke test, as it happens. `t` is milliseconds since the Unix epoch by the
 * page's clock, which is this machine's.
 */
export type Happening = { readonly t: number } & (
  | { readonly kind: 'state'; readonly state: string; readonly code?: string; readonly phase?: string }
  /** An entry of the page's own event list. */
  | { readonly kind: 'event'; readonly name: string }
  /** A peer connection has a live local video track to send. */
  | { readonly kind: 'sending' }
  /** A remote video stream has decoded `frames` frames since it was counted. */
  | { readonly kind: 'decoding'; readonly track: string; readonly frames: number }
  /** A `<video>` shows a remote picture of one hue whose frame counter moved. */
  | {
      readonly kind: 'seen';
      readonly track: string;
      readonly hue: number;
      readonly counters: readonly number[];
    }
  | { readonly kind: 'unseen'; readonly track: string; readonly hue: number }
  | { readonly kind: 'heard'; readonly hertz: number }
  /** A track that was heard has gone, or carries no packets any more. */
  | { readonly kind: 'unheard'; readonly hertz: number }
  /** The browser refused the page a camera or a microphone, with the name of its error. */
  | { readonly kind: 'refused'; readonly error: string }
  /** The page asks for a camera or a microphone. */
  | { readonly kind: 'asked' }
  /** The page holds a connection or a local track, in any frame. */
  | { readonly kind: 'busy' }
  /** A peer connection is connected. */
  | { readonly kind: 'connected' }
  /** The page has given back one of its connections or local tracks. */
  | { readonly kind: 'released' }
  /** The page has given back its last connection and its last local track, in every frame. */
  | { readonly kind: 'quiet' }
);

/** What a frame says of itself alone; the page's story is made of it (`people/holdings.ts`). */
export type FrameNews = { readonly kind: 'holding'; readonly t: number; readonly count: number };

/** A happening before the page's clock was read. */
export type News = Happening extends infer H ? (H extends { t: number } ? Omit<H, 't'> : never) : never;

export type HappeningKind = Happening['kind'];
export type HappeningOf<K extends HappeningKind> = Extract<Happening, { kind: K }>;
