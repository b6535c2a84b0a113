import { type RawConnection, type RawSample, type RawStream, SAMPLE_MS } from './sample.ts';

/** What went through one tab's connections between two samples. */
export interface Rates {
  /** The later sample's time, in milliseconds. */
  readonly t: number;
  readonly upKbps: number;
  readonly downKbps: number;
  /** Encoded per second, of the picture with the most: layers of one camera count once. */
  readonly framesOut: number;
  /** Decoded per second, the mean of the pictures that moved. */
  readonly framesIn: number;
  /** Percent of the packets. */
  readonly lossOut: number;
  readonly lossIn: number;
  /** Milliseconds; null where nobody measured it. */
  readonly roundTripMs: number | null;
  readonly jitterMs: number | null;
}

/** Rates of a document's samples, oldest first. */
export function ratesOf(samples: readonly RawSample[]): Rates[] {
  const last = new Map<string, RawSample>();
  return samples.flatMap(sample => {
    const before = last.get(sample.document);
    last.set(sample.document, sample);
    const compared = before && sharesConnection(before, sample) ? before : beginOf(sample);
    return sample.t > compared.t ? [ratesBetween(compared, sample)] : [];
  });
}

function sharesConnection(before: RawSample, after: RawSample): boolean {
  const known = new Set(before.connections.map(({ id }) => id));
  return after.connections.some(({ id }) => known.has(id));
}

/** A page without a connection tells nothing: what it then has is no older than its last chance to tell. */
function beginOf(sample: RawSample): RawSample {
  return { ...sample, t: sample.t - SAMPLE_MS, connections: [] };
}

/** What changed from one sample to the next. Pure. */
export function ratesBetween(before: RawSample, after: RawSample): Rates {
  const seconds = (after.t - before.t) / 1000;
  const known = new Map(before.connections.flatMap(listStreams));
  const growths = after.connections
    .flatMap(listStreams)
    .map(([key, stream]) => growthOf(stream, known.get(key)));
  const out = growths.filter(({ way }) => way === 'out');
  const into = growths.filter(({ way }) => way === 'in');
  const moving = into.filter(({ media, bytes, frames }) => media === 'video' && (bytes > 0 || frames > 0));
  const pictures = out.filter(({ media }) => media === 'video');
  return {
    t: after.t,
    upKbps: round((total(out, 'bytes') * 8) / 1000 / seconds),
    downKbps: round((total(into, 'bytes') * 8) / 1000 / seconds),
    framesOut: round(Math.max(0, ...pictures.map(({ frames }) => frames)) / seconds),
    framesIn: round(moving.length === 0 ? 0 : total(moving, 'frames') / moving.length / seconds),
    // The sender counts what it sent, lost or not; the receiver only what came.
    lossOut: percent(total(out, 'lost'), total(out, 'packets')),
    lossIn: percent(total(into, 'lost'), total(into, 'packets') + total(into, 'lost')),
    roundTripMs: roundTripOf(after.connections),
    jitterMs: inMs(most(after.connections.flatMap(({ streams }) => streams.map(({ jitter }) => jitter)))),
  };
}

function listStreams({ id, streams }: RawConnection): [string, RawStream][] {
  return streams.map(stream => [`${id} ${stream.id}`, stream]);
}

/** A stream that was not there before has begun since. */
function growthOf(stream: RawStream, before: RawStream | undefined): RawStream {
  const grown = (key: 'bytes' | 'frames' | 'packets' | 'lost') =>
    Math.max(0, stream[key] - (before?.[key] ?? 0));
  return {
    ...stream,
    bytes: grown('bytes'),
    frames: grown('frames'),
    packets: grown('packets'),
    lost: grown('lost'),
  };
}

/** The pair in use knows it best; else what the other side reported of a stream. */
function roundTripOf(connections: readonly RawConnection[]): number | null {
  const used = connections.flatMap(({ pairs }) => pairs.filter(({ nominated }) => nominated));
  const streams = connections.flatMap(connection => connection.streams);
  return inMs(
    most(used.map(({ roundTrip }) => roundTrip)) ?? most(streams.map(({ roundTrip }) => roundTrip)),
  );
}

function most(values: readonly (number | null)[]): number | null {
  const known = values.filter(value => value !== null);
  return known.length === 0 ? null : Math.max(...known);
}

function inMs(seconds: number | null): number | null {
  return seconds === null ? null : round(seconds * 1000);
}

function total(streams: readonly RawStream[], key: 'bytes' | 'frames' | 'packets' | 'lost'): number {
  return streams.reduce((sum, stream) => sum + stream[key], 0);
}

function percent(part: number, whole: number): number {
  return whole === 0 ? 0 : round(Math.min(100, (part / whole) * 100));
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
