import type { RtpView } from './rtp-packet.ts';
import { signed32, unwrap } from './sequence.ts';
import { type Vp8View, writePictureId, writeTl0 } from './vp8.ts';

/**
 * One receiver's video stream, made of pieces of several simulcast layers that look like one to its decoder: numbers
 * of packets, pictures and timestamps go on where the last piece ended (RFC 7667, 3.7 and RFC 7741, 4.2).
 */
export interface Rewriter {
  /** Starts a piece with this packet, in which a key frame begins; `layer` is any number that names its source. */
  begin(
    layer: number,
    sequence: number,
    view: RtpView,
    vp8: Vp8View,
    nowMs: number,
    timestamp: number | null,
  ): void;
  /** The piece that a layer's packet belongs to; null when the receiver does not get it. */
  pieceOf(layer: number, sequence: number): Piece | null;
  /** The layer and the number there of what the receiver knows as this number. */
  originOf(sequence: number): { readonly piece: Piece; readonly sequence: number } | null;
  /** Writes the receiver's numbers into the packet and remembers where the stream is. */
  write(packet: Buffer, piece: Piece, sequence: number, view: RtpView, vp8: Vp8View, nowMs: number): void;
  /** Ends the latest piece with what was written last: the receiver gets nothing more of it. */
  end(): void;
  /** Forgets all pieces, not where the stream is: what comes next has other numbers, even if from a layer of that name. */
  reset(): void;
  /** The latest piece, if it goes on. */
  readonly current: Piece | null;
}

/** What to add to a layer's numbers; `begin` is the unwrapped number of its first packet, as the receiver has it. */
export interface Piece {
  readonly layer: number;
  readonly begin: number;
  readonly sequence: number;
  readonly timestamp: number;
  readonly pictureId: number;
  readonly tl0: number;
}

/** A retransmission can be asked for after the next switch, or two; not later. */
const MOST_PIECES = 4;
const TICKS_PER_MS = 90;
/** What sender reports say is taken when it is this close to what the clock says. */
const CREDIBLE_TICKS = 500 * TICKS_PER_MS;

export function createRewriter(): Rewriter {
  let pieces: readonly Piece[] = [];
  let ended = true;
  /** The furthest packet sent, in the receiver's numbers. */
  let last = { sequence: -1, timestamp: 0, pictureId: 0, tl0: 0, at: 0 };

  const endOf = (index: number) =>
    pieces[index - 1]?.begin ?? (ended ? last.sequence + 1 : Number.POSITIVE_INFINITY);
  const next = (view: RtpView, vp8: Vp8View, sequence: number, nowMs: number, exact: number | null) => {
    // The first piece keeps its own numbers.
    if (last.sequence < 0)
      return { sequence, timestamp: view.timestamp, pictureId: vp8.pictureId, tl0: vp8.tl0 };
    return {
      sequence: last.sequence + 1,
      timestamp: continueTimestamp(last, exact, nowMs),
      pictureId: last.pictureId + 1,
      tl0: last.tl0 + 1,
    };
  };

  return {
    begin(layer, sequence, view, vp8, nowMs, timestamp) {
      const first = next(view, vp8, sequence, nowMs, timestamp);
      const piece = {
        layer,
        begin: first.sequence,
        sequence: first.sequence - sequence,
        timestamp: first.timestamp - view.timestamp,
        pictureId: first.pictureId - vp8.pictureId,
        tl0: first.tl0 - vp8.tl0,
      };
      pieces = [piece, ...pieces].slice(0, MOST_PIECES);
      ended = false;
    },
    pieceOf(layer, sequence) {
      for (let i = 0; i < pieces.length; i++) {
        const piece = pieces[i];
        if (piece?.layer !== layer) continue;
        const out = sequence + piece.sequence;
        // What comes late belongs to an older piece only as far as that one went.
        if (out >= piece.begin && out < endOf(i)) return piece;
      }
      return null;
    },
    originOf(sequence) {
      const out = unwrap(last.sequence, sequence);
      const piece = out > last.sequence ? undefined : pieces.find(({ begin }) => out >= begin);
      return piece ? { piece, sequence: out - piece.sequence } : null;
    },
    write(packet, piece, sequence, view, vp8, nowMs) {
      const out = sequence + piece.sequence;
      const timestamp = (view.timestamp + piece.timestamp) >>> 0;
      packet.writeUInt16BE(out & 0xffff, 2);
      packet.writeUInt32BE(timestamp, 4);
      writePictureId(packet, vp8, vp8.pictureId + piece.pictureId);
      writeTl0(packet, vp8, vp8.tl0 + piece.tl0);
      if (out <= last.sequence) return;
      const pictureId = vp8.pictureIdBits > 0 ? vp8.pictureId + piece.pictureId : last.pictureId;
      last = {
        sequence: out,
        timestamp,
        pictureId,
        tl0: vp8.tl0At < 0 ? last.tl0 : vp8.tl0 + piece.tl0,
        at: nowMs,
      };
    },
    end() {
      ended = true;
    },
    reset() {
      pieces = [];
      ended = true;
    },
    get current() {
      return ended ? null : (pieces[0] ?? null);
    },
  };
}

/** The next picture's timestamp: by the sender's clock if that is credible, else by ours; later than the last. */
function continueTimestamp(
  last: { timestamp: number; at: number },
  exact: number | null,
  nowMs: number,
): number {
  const passed = Math.max(1, Math.round((nowMs - last.at) * TICKS_PER_MS));
  const told = exact === null ? passed : signed32(exact - last.timestamp);
  return last.timestamp + (Math.abs(told - passed) <= CREDIBLE_TICKS ? Math.max(1, told) : passed);
}
