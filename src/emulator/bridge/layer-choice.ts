/** One simulcast layer as it is now. */
export interface LayerState {
  /** Pixels. */
  readonly height: number;
  /** Bits per second. */
  readonly rate: number;
  /** Whether packets of it come. */
  readonly live: boolean;
}

/** A video that a receiver could get. */
export interface Candidate {
  /** What the receiver wants at most, in pixels; negative for all there is, 0 for nothing. */
  readonly maxHeight: number;
  /** Smallest first. */
  readonly layers: readonly LayerState[];
}

/** No layer. */
export const NONE = -1;

/**
 * The layer of each candidate for one receiver, `NONE` for those it does not get. The most important come first: they
 * are the last to be left out when not even the smallest layers fit into `available` bits per second, and in each round
 * the first to be raised. Without `mayLeaveOut` everybody wanted gets the smallest layer at least.
 */
export function chooseLayers(
  candidates: readonly Candidate[],
  available: number,
  mayLeaveOut = true,
): number[] {
  const choices: number[] = [];
  let left = available;
  for (const candidate of candidates) {
    const lowest = candidate.maxHeight === 0 ? NONE : lowestOf(candidate);
    const rate = candidate.layers[lowest]?.rate ?? 0;
    // One picture is better than none, whatever the estimate says.
    const fits = !mayLeaveOut || rate <= left || choices.every(choice => choice === NONE);
    choices.push(fits ? lowest : NONE);
    if (fits) left -= rate;
  }
  let raised = true;
  while (raised) {
    raised = false;
    for (const [i, candidate] of candidates.entries()) {
      const current = choices[i] ?? NONE;
      const higher = nextOf(candidate, current);
      const cost = (candidate.layers[higher]?.rate ?? 0) - (candidate.layers[current]?.rate ?? 0);
      if (higher === NONE || cost > left) continue;
      choices[i] = higher;
      left -= cost;
      raised = true;
    }
  }
  return choices;
}

/** The next higher layer that comes and is wanted. */
function nextOf({ layers, maxHeight }: Candidate, current: number): number {
  if (current === NONE) return NONE;
  return layers.findIndex(
    ({ live, height }, i) => i > current && live && (maxHeight < 0 || height <= maxHeight),
  );
}

/** The smallest layer that comes; before any does, the smallest. */
function lowestOf({ layers }: Candidate): number {
  return layers.length === 0
    ? NONE
    : Math.max(
        0,
        layers.findIndex(({ live }) => live),
      );
}
