import {
  defaultsFor,
  demandOf,
  heightsFor,
  type ReceiverConstraints,
  type VideoSource,
  type VideoType,
} from './constraints.ts';
import { createSpeakers, type SpeakerChange } from './speaker.ts';

/** Heights by source name, most important first; see `heightsFor`. */
export type Heights = ReadonlyMap<string, number>;

/** What changes while a conference runs. Each is told when it is different from what was told before. */
export interface StageEvents {
  onDominantSpeaker(change: SpeakerChange): void;
  /** What one receiver wants of each of the others' video sources; 0 for nothing. */
  onHeights(id: string, heights: Heights): void;
  /** What the others want of one sender's video sources. */
  onDemand(id: string, heights: Readonly<Record<string, number>>): void;
}

/** Who is to be seen by whom, and how large: everybody's wishes, sources and voices, weighed again when one changes. */
export interface Stage {
  join(id: string): void;
  leave(id: string): void;
  constrain(id: string, constraints: ReceiverConstraints): void;
  /** All of somebody's video sources. */
  setSources(id: string, sources: readonly VideoSource[]): void;
  /** Somebody says what one of their sources, `<id>-v…`, shows. */
  setVideoType(id: string, name: string, type: VideoType): void;
  /** The audio level of one packet, see `Speakers.observe`. */
  observe(id: string, level: number): void;
  heightsOf(id: string): Heights;
}

export interface StageOptions {
  readonly events: StageEvents;
  /** Milliseconds of a clock that does not run backwards. */
  readonly now: () => number;
}

interface Actor {
  /** Null until it says what it wants, which it cannot without a bridge channel. */
  constraints: ReceiverConstraints | null;
  sources: readonly VideoSource[];
  /** What it said of its sources, by name. */
  readonly types: Map<string, VideoType>;
  heights: Heights;
  demand: Readonly<Record<string, number>>;
}

/** More sources than anybody has. */
const MAX_TYPES = 16;
/** How often a silence is looked for; while anybody's packets arrive, they show it by themselves. */
const SETTLE_MS = 1_000;

export function createStage({ events, now }: StageOptions): Stage {
  const actors = new Map<string, Actor>();
  const speakers = createSpeakers();
  let timer: NodeJS.Timeout | undefined;

  const weigh = () => {
    const all = [...actors.values()].flatMap(({ sources, types }) =>
      sources.map(source => ({ ...source, type: types.get(source.name) ?? source.type })),
    );
    for (const [id, actor] of actors) {
      const others = all.filter(({ owner }) => owner !== id);
      const heights = heightsFor(actor.constraints ?? defaultsFor(others), others, speakers.order);
      if (isSame(heights, actor.heights)) continue;
      actor.heights = heights;
      events.onHeights(id, heights);
    }
    const demand = demandOf(
      all,
      [...actors.values()].map(({ heights }) => heights),
    );
    for (const [id, actor] of actors) tellDemand(id, actor, demand);
  };
  const tellDemand = (id: string, actor: Actor, demand: Heights) => {
    const own = Object.fromEntries(actor.sources.map(({ name }) => [name, demand.get(name) ?? 0]));
    if (isSame(new Map(Object.entries(own)), new Map(Object.entries(actor.demand)))) return;
    actor.demand = own;
    events.onDemand(id, own);
  };
  const tellSpeaker = (change: SpeakerChange | null) => {
    if (!change) return;
    events.onDominantSpeaker(change);
    weigh();
  };
  const change = (id: string, part: Partial<Actor>) => {
    const actor = actors.get(id);
    if (actor) Object.assign(actor, part);
    weigh();
  };

  return {
    join(id) {
      timer ??= setInterval(() => tellSpeaker(speakers.settle(now())), SETTLE_MS).unref();
      actors.set(id, {
        constraints: null,
        sources: [],
        types: new Map(),
        heights: new Map(),
        demand: {},
      });
      weigh();
    },
    leave(id) {
      actors.delete(id);
      tellSpeaker(speakers.forget(id));
      weigh();
      if (actors.size > 0) return;
      clearInterval(timer);
      timer = undefined;
    },
    constrain: (id, constraints) => change(id, { constraints }),
    setSources: (id, sources) => change(id, { sources }),
    setVideoType(id, name, type) {
      const types = actors.get(id)?.types;
      // Channels open before the sources are announced: what is said of them by then has to be kept.
      if (!types || !name.startsWith(`${id}-`)) return;
      if (types.size >= MAX_TYPES && !types.has(name)) return;
      types.set(name, type);
      weigh();
    },
    observe(id, level) {
      tellSpeaker(speakers.observe(id, level, now()));
    },
    heightsOf: id => actors.get(id)?.heights ?? new Map(),
  };
}

/** Equal also in order, which says what matters more. */
function isSame(a: Heights, b: Heights): boolean {
  return a.size === b.size && JSON.stringify([...a]) === JSON.stringify([...b]);
}
