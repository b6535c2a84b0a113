/**
 * What a receiver wants to see, as lib-jitsi-meet says it in `ReceiverVideoConstraints`. Heights are in pixels of the
 * picture; `UNLIMITED` asks for all there is, 0 for nothing.
 */
export interface ReceiverConstraints {
  /** How many video sources at most; `UNLIMITED` for all. */
  readonly lastN: number;
  /** For every source that is not named in `maxHeights`. */
  readonly defaultMaxHeight: number;
  /** By source name (`<endpoint id>-v0`). */
  readonly maxHeights: ReadonlyMap<string, number>;
  /** Source names, most important first: shown large, shown at all. */
  readonly onStage: readonly string[];
  readonly selected: readonly string[];
  /** Bits per second that the receiver believes to have; `UNLIMITED` when it leaves that to the bridge. */
  readonly assumedBandwidth: number;
}

/** A height, a bandwidth or a number of sources without a limit. */
export const UNLIMITED = -1;

/** What a receiver's first message leaves unsaid: everybody, as a thumbnail. */
export const INITIAL_CONSTRAINTS: ReceiverConstraints = {
  lastN: UNLIMITED,
  defaultMaxHeight: 180,
  maxHeights: new Map(),
  onStage: [],
  selected: [],
  assumedBandwidth: UNLIMITED,
};

/** What a source shows; `none` while it is muted. */
export type VideoType = 'camera' | 'desktop' | 'none';

/** A video source in a conference. */
export interface VideoSource {
  readonly name: string;
  /** The endpoint id of who sends it. */
  readonly owner: string;
  readonly type: VideoType;
}

/**
 * The height up to which a receiver wants each of the others' video sources; 0 for those it does not. The map is
 * ordered by importance, so that whoever has to economise does it from its end: on stage, selected, then by who spoke
 * last (`speakers`, latest first), then as given, and muted ones after all others, since they would take the place of
 * somebody with a picture. Of these the first `lastN` that are wanted at all are kept.
 */
export function heightsFor(
  constraints: ReceiverConstraints,
  sources: readonly VideoSource[],
  speakers: readonly string[],
): Map<string, number> {
  const rank = ranking(constraints, speakers);
  const sorted = [...sources].sort((a, b) => rank(a) - rank(b));
  const heights = new Map<string, number>();
  let left = constraints.lastN < 0 ? Number.POSITIVE_INFINITY : constraints.lastN;
  for (const { name } of sorted) {
    const wanted = constraints.maxHeights.get(name) ?? constraints.defaultMaxHeight;
    const height = left > 0 ? wanted : 0;
    heights.set(name, height);
    if (height !== 0) left -= 1;
  }
  return heights;
}

/** With so many pictures each of them is shown small, and two cores have enough to do. */
const SHARP_UP_TO = 1;
const MEDIUM_UP_TO = 4;

/** For a receiver that says nothing, having no bridge channel: screens as they are, cameras the smaller the more. */
export function defaultsFor(sources: readonly VideoSource[]): ReceiverConstraints {
  const cameras = sources.filter(({ type }) => type === 'camera').length;
  const height = cameras <= SHARP_UP_TO ? UNLIMITED : cameras <= MEDIUM_UP_TO ? 360 : 180;
  const screens = sources.filter(({ type }) => type === 'desktop').map(({ name }) => name);
  return {
    ...INITIAL_CONSTRAINTS,
    defaultMaxHeight: height,
    maxHeights: new Map(screens.map(name => [name, UNLIMITED])),
    onStage: screens,
  };
}

/** What each source has to be sent with so that all receivers get what they want: the greatest of their heights. */
export function demandOf(
  sources: readonly VideoSource[],
  receivers: Iterable<ReadonlyMap<string, number>>,
): Map<string, number> {
  const demand = new Map(sources.map(({ name }) => [name, 0]));
  for (const heights of receivers)
    for (const [name, height] of heights)
      if (demand.has(name)) demand.set(name, greater(demand.get(name) ?? 0, height));
  return demand;
}

function greater(a: number, b: number): number {
  return a < 0 || b < 0 ? UNLIMITED : Math.max(a, b);
}

/** A rank per source, lower is more important; the sort is stable, so equals stay in their order. */
function ranking({ onStage, selected }: ReceiverConstraints, speakers: readonly string[]) {
  const named = new Map([...new Set([...onStage, ...selected])].map((name, index) => [name, index]));
  const spoke = new Map(speakers.map((id, index) => [id, index]));
  const muted = named.size + speakers.length + 1;
  return ({ name, owner, type }: VideoSource) =>
    (named.get(name) ?? named.size + (spoke.get(owner) ?? speakers.length)) + (type === 'none' ? muted : 0);
}
