/** What a forwarder needs of a VP8 payload (RFC 7741, 4.2 and 4.3). One object is filled over and over. */
export interface Vp8View {
  /** Whether a frame begins in this packet, and whether that is a key frame. */
  beginsFrame: boolean;
  beginsKeyFrame: boolean;
  /** Of a key frame that begins here, else 0. */
  height: number;
  pictureId: number;
  /** Offset of the picture id in the packet and its width, 0, 7 or 15 bits. */
  pictureIdAt: number;
  pictureIdBits: number;
  tl0: number;
  /** Offset of TL0PICIDX, -1 without. */
  tl0At: number;
}

export function createVp8View(): Vp8View {
  return {
    beginsFrame: false,
    beginsKeyFrame: false,
    height: 0,
    pictureId: 0,
    pictureIdAt: -1,
    pictureIdBits: 0,
    tl0: 0,
    tl0At: -1,
  };
}

/** A key frame's header up to its height (RFC 6386, 9.1): tag, start code, width, height. */
const KEY_FRAME_HEADER_BYTES = 10;

/** Fills the view from a packet's payload; false when its descriptor is cut short. */
export function readVp8(packet: Buffer, start: number, end: number, view: Vp8View): boolean {
  view.beginsFrame = false;
  view.beginsKeyFrame = false;
  view.height = 0;
  view.pictureIdBits = 0;
  view.tl0At = -1;
  if (start >= end) return false;
  const first = packet.readUInt8(start);
  const at = (first & 0x80) === 0 ? start + 1 : readDescriptor(packet, start, end, view);
  if (at < 0 || at >= end) return false;
  // S set and partition 0: the packet begins the frame.
  view.beginsFrame = (first & 0x17) === 0x10;
  if (view.beginsFrame && (packet.readUInt8(at) & 1) === 0) readKeyFrame(packet, at, end, view);
  return true;
}

/** Returns where the frame's bytes begin, or -1. */
function readDescriptor(packet: Buffer, start: number, end: number, view: Vp8View): number {
  if (start + 1 >= end) return -1;
  const flags = packet.readUInt8(start + 1);
  let at = start + 2;
  if ((flags & 0x80) !== 0) {
    if (at + 1 >= end) return -1;
    const isLong = (packet.readUInt8(at) & 0x80) !== 0;
    view.pictureIdAt = at;
    view.pictureIdBits = isLong ? 15 : 7;
    view.pictureId = isLong ? packet.readUInt16BE(at) & 0x7fff : packet.readUInt8(at);
    at += isLong ? 2 : 1;
  }
  if ((flags & 0x40) !== 0) {
    if (at >= end) return -1;
    view.tl0At = at;
    view.tl0 = packet.readUInt8(at);
    at += 1;
  }
  // T and K share a byte.
  return (flags & 0x30) === 0 ? at : at + 1;
}

function readKeyFrame(packet: Buffer, at: number, end: number, view: Vp8View): void {
  view.beginsKeyFrame = true;
  // The two upper bits are a scale for the display.
  if (at + KEY_FRAME_HEADER_BYTES <= end) view.height = packet.readUInt16LE(at + 8) & 0x3fff;
}

/** Writes a picture id in as many bits as it stands there with. */
export function writePictureId(packet: Buffer, view: Vp8View, pictureId: number): void {
  if (view.pictureIdBits === 15) packet.writeUInt16BE(0x8000 | (pictureId & 0x7fff), view.pictureIdAt);
  else if (view.pictureIdBits === 7) packet.writeUInt8(pictureId & 0x7f, view.pictureIdAt);
}

export function writeTl0(packet: Buffer, view: Vp8View, tl0: number): void {
  if (view.tl0At >= 0) packet.writeUInt8(tl0 & 0xff, view.tl0At);
}
