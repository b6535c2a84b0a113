import type { FrameNews, Happening } from './happening.ts';

/** What a page holds over all of its frames: a call may live in an iframe, and leave by the frame's going. */
export interface Holdings<Frame> {
  /** What a frame's probe says; gives what that means for the page. */
  hear(frame: Frame, news: FrameNews): Happening[];
  /** The frame is gone, with all that it held. */
  forget(frame: Frame, t: number): Happening[];
}

export function createHoldings<Frame>(): Holdings<Frame> {
  const counts = new Map<Frame, number>();
  const total = () => [...counts.values()].reduce((sum, count) => sum + count, 0);

  const change = (frame: Frame, count: number, t: number): Happening[] => {
    const before = total();
    if (count > 0) counts.set(frame, count);
    else counts.delete(frame);
    return describeChange(before, total()).map(kind => ({ kind, t }));
  };
  return {
    hear: (frame, { count, t }) => change(frame, count, t),
    forget: (frame, t) => change(frame, 0, t),
  };
}

function describeChange(before: number, after: number): ('busy' | 'released' | 'quiet')[] {
  if (after > before) return before === 0 ? ['busy'] : [];
  if (after === before) return [];
  return after === 0 ? ['released', 'quiet'] : ['released'];
}
