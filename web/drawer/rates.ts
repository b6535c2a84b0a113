import type { Sample, Stream } from './sample.ts';

/** What the network carried between two samples; null for what nobody knows. */
export interface Rates {
  /** Epoch ms of the later one. */
  readonly at: number;
  readonly upKbps: number | null;
  readonly downKbps: number | null;
  /** Pictures per second of the fastest layer sent. */
  readonly upFps: number | null;
  /** Per picture that arrives, on average. */
  readonly downFps: number | null;
  readonly upLossPercent: number | null;
  readonly downLossPercent: number | null;
  readonly roundTripMs: number | null;
}

/** Null where no time has passed. Streams that began or began anew in between count from their beginning. */
export function ratesBetween(before: Sample, after: Sample): Rates | null {
  const seconds = (after.at - before.at) / 1000;
  if (seconds <= 0) return null;
  const changes = [...after.streams].map(([id, stream]) => changeOf(before.streams.get(id), stream));
  const up = changes.filter(({ direction }) => direction === 'up');
  const down = changes.filter(({ direction }) => direction === 'down');
  const arriving = moving(down);
  return {
    at: after.at,
    upKbps: kbps(up, seconds),
    downKbps: kbps(down, seconds),
    upFps: moving(up).length > 0 ? Math.max(...moving(up).map(({ frames }) => frames)) / seconds : null,
    downFps: arriving.length > 0 ? sum(arriving, 'frames') / arriving.length / seconds : null,
    upLossPercent: after.lostUp === null ? null : after.lostUp * 100,
    downLossPercent: lossPercent(down),
    roundTripMs: after.roundTripMs,
  };
}

function changeOf(before: Stream | undefined, after: Stream): Stream {
  const restarted = !before || before.bytes > after.bytes || before.packets > after.packets;
  if (restarted) return after;
  const { direction, kind } = after;
  return {
    direction,
    kind,
    bytes: after.bytes - before.bytes,
    packets: after.packets - before.packets,
    // A late packet is lost no more.
    lost: Math.max(0, after.lost - before.lost),
    frames: after.frames - before.frames,
  };
}

/** Pictures that nobody wants now are not sent, which is no fault. */
function moving(changes: readonly Stream[]): Stream[] {
  return changes.filter(({ kind, bytes }) => kind === 'video' && bytes > 0);
}

function kbps(changes: readonly Stream[], seconds: number): number | null {
  return changes.length > 0 ? (sum(changes, 'bytes') * 8) / 1000 / seconds : null;
}

function lossPercent(changes: readonly Stream[]): number | null {
  const expected = sum(changes, 'packets') + sum(changes, 'lost');
  return expected > 0 ? (sum(changes, 'lost') / expected) * 100 : null;
}

function sum(changes: readonly Stream[], key: 'bytes' | 'packets' | 'lost' | 'frames'): number {
  return changes.reduce((total, change) => total + change[key], 0);
}
