import type { ts } from '@ts-morph/common';

/** How much work one question may be. */
export interface Effort {
  /** Counts a step, and goes one deeper; false where that is too much, and from then on. */
  begin(): boolean;
  end(): void;
  /** Whether it was too much: then the answer is not known. */
  isSpent(): boolean;
}

/** Values of ordinary code are found within a few hundred steps; each step may ask for all callers of a function. */
const MOST_STEPS = 1_000;

/** A step takes a few frames of the machine's stack, which has room for some thousands. */
const MOST_DEPTH = 200;

export function newEffort(steps = MOST_STEPS, depth = MOST_DEPTH): Effort {
  let [left, above, spent] = [steps, 0, false];
  return {
    begin() {
      spent ||= left <= 0 || above >= depth;
      if (spent) return false;
      left -= 1;
      above += 1;
      return true;
    },
    end() {
      above -= 1;
    },
    isSpent: () => spent,
  };
}

/** What was looked at already, and in which way: loops (`x = f(x)`) end here. */
export interface Seen {
  readonly keys: Map<ts.Node, Set<string>>;
  readonly above: Seen | null;
}

/** For a question inside of a question: it knows what the outer one saw, and tells it nothing. */
export function seenBelow(above: Seen | null): Seen {
  return { keys: new Map(), above };
}

export function wasSeen(seen: Seen, node: ts.Node, key: string): boolean {
  for (let each: Seen | null = seen; each; each = each.above) if (each.keys.get(node)?.has(key)) return true;
  const keys = seen.keys.get(node) ?? new Set();
  seen.keys.set(node, keys.add(key));
  return false;
}
