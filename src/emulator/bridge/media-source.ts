import type { VideoType } from './constraints.ts';

export type Media = 'audio' | 'video';

/** One RTP source of a participant. */
export interface MediaSource {
  readonly ssrc: number;
  readonly media: Media;
  /** The source that the others know the track by: that of its smallest simulcast layer. */
  readonly announced: number;
  /** Which simulcast layer, 0 for the smallest or only one. */
  readonly layer: number;
  /** The source whose losses it repeats (RFC 4588); null when it is no retransmission stream. */
  readonly repeats: number | null;
  /** What signalling calls the track (`<endpoint id>-v0`). */
  readonly name?: string | undefined;
  readonly type?: VideoType | undefined;
}
