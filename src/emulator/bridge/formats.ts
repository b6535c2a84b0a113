/**
 * The payload types and header extensions of every offer. They are those that the vendor's own bridge offers SDK
 * 4.2.6, and all participants get the same, so that nobody's packets need other numbers.
 */
export const PAYLOAD = { opus: 111, vp8: 100, rtx: 96 } as const;

/** Identifiers of RTP header extensions, in the one-byte form (RFC 8285, 4.2). */
export const EXTENSION = { audioLevel: 1, absSendTime: 3, transportSequence: 5 } as const;

export const VIDEO_CLOCK_HZ = 90_000;
export const AUDIO_CLOCK_HZ = 48_000;
