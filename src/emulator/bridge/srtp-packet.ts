/**
 * Protects single packets under the session keys of one direction and kind. `index` is the packet's, 48 bits for RTP
 * and 31 for RTCP; the caller sees to it that none is sealed twice, and that lengths and headers make sense.
 */
export interface Transform {
  /** By how many bytes a packet grows, not counting SRTCP's index word. */
  readonly tagBytes: number;
  /** Encrypts what follows the header, into a Buffer of its own. */
  sealRtp(packet: Buffer, headerBytes: number, index: number): Buffer;
  /** Decrypts in place; null, and the packet as it was, when it is not authentic. */
  openRtp(packet: Buffer, headerBytes: number, index: number): Buffer | null;
  /** How many bytes of an SRTCP packet stand behind its index word. */
  readonly tagBytesBehindIndex: number;
  sealRtcp(compound: Buffer, index: number): Buffer;
  openRtcp(packet: Buffer, index: number): Buffer | null;
}

/** Browsers send at most 1,500 bytes; what is longer is neither sealed nor opened, so that scratch memory has a size. */
export const MAX_PACKET_BYTES = 2048;

/** SRTCP encrypts all but the first header's eight bytes (RFC 3711, 3.4). */
export const RTCP_CLEAR_BYTES = 8;
/** The word with the E flag, `encrypted`, before the packet's index. */
export const RTCP_INDEX_BYTES = 4;
export const RTCP_ENCRYPTED = 0x8000_0000;
