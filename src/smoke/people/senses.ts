import { smokeFailure } from '../phase.ts';
import { rejectOn } from '../signals.ts';
import type { Person } from './person.ts';
import { recogniseHue, recogniseTone } from './recognise.ts';
import type { Senses } from './snapshot.ts';

/** What somebody perceives of somebody else: `-Infinity` for never since the first question. */
export interface Impression {
  readonly t: number;
  readonly movedAt: number;
  readonly heardAt: number;
}

/** A picture that has not moved, or a tone that was not heard, for so long is gone: dropped packets make shorter gaps. */
export const STILL_MS = 500;

export interface Look {
  readonly observer: Person;
  readonly sender: Person;
  /** Everybody there may be to see. */
  readonly people: readonly Person[];
  readonly signal: AbortSignal;
}

/** Looks and listens until what one perceives of the other fits. Rejects with the signal's reason. */
export async function untilImpression(
  look: Look,
  fits: (impression: Impression) => boolean,
): Promise<Impression> {
  const { observer, signal } = look;
  const ended = rejectOn(signal);
  for (;;) {
    const impression = impressionOf(await Promise.race([askSenses(observer), ended]), look);
    if (fits(impression)) return impression;
  }
}

/** Pure. */
export function impressionOf(
  senses: readonly Senses[],
  { sender, people }: Pick<Look, 'sender' | 'people'>,
): Impression {
  const moved = senses.flatMap(({ moved }) => moved.filter(([hue]) => recogniseHue(hue, people) === sender));
  const heard = senses.flatMap(({ heard }) =>
    heard.filter(([hertz]) => recogniseTone(hertz, people) === sender),
  );
  return {
    t: Math.max(...senses.map(({ t }) => t)),
    movedAt: latest(moved),
    heardAt: latest(heard),
  };
}

function latest(times: readonly (readonly [number, number])[]): number {
  return Math.max(...times.map(([, t]) => t));
}

/** Of every frame that has a probe: a call may live in an iframe. The probe answers one tick later, which sets the pace. */
async function askSenses({ name, page }: Person): Promise<Senses[]> {
  const asked = page.frames().map(frame =>
    frame
      .evaluate(() => {
        const { __meetProbe: probe } = globalThis as { __meetProbe?: { takeSenses(): Promise<Senses> } };
        return probe ? probe.takeSenses() : null;
      })
      .catch(() => null),
  );
  const senses = (await Promise.all(asked)).filter(answer => answer !== null);
  if (senses.length > 0) return senses;
  throw smokeFailure(`${name}'s page does not answer any more`);
}
