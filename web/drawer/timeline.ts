import type { Entry } from './book.ts';
import { describeDetails } from './describe.ts';
import type { TraceEvent } from './follow.ts';
import { hideSecrets } from './redact.ts';

/** Something on the time axis, whoever told of it. */
export interface Moment {
  /** Epoch ms, by this machine's clock. */
  readonly at: number;
  readonly kind: string;
  readonly who?: string;
  readonly text: string;
}

export function momentOf({ at, kind, who, name, ms, detail }: Entry): Moment {
  const text = [name, detail && hideSecrets(detail), ms !== undefined && `${ms} ms`]
    .filter(Boolean)
    .join(' ');
  return { at, kind, text, ...(who && { who }) };
}

/** `offset`: how far the server's clock is ahead (ms). */
export function momentOfServer(event: TraceEvent, offset: number): Moment {
  const { at, kind, who } = event;
  return { at: Date.parse(at) - offset, kind, text: describeDetails(event), ...(who && { who }) };
}

/** Where on the axis `at` belongs: behind all that was not later. What is told late is seldom very late. */
export function placeOf(moments: readonly { readonly at: number }[], at: number): number {
  let place = moments.length;
  while (place > 0 && (moments[place - 1]?.at ?? 0) > at) place -= 1;
  return place;
}
