/** How far from the pointer an event may be, in CSS pixels. */
const REACH = 14;

/** Reads the nearest event of the lane under the pointer. */
export function watchPointer(chart: SVGSVGElement): void {
  const words = document.getElementById('pointed');
  if (!words) return;
  words.hidden = false;
  const lanes = [...chart.querySelectorAll<SVGGElement>('g[data-y]')];
  let near: SVGRectElement | undefined;
  chart.addEventListener('pointermove', event => {
    const y = event.clientY - chart.getBoundingClientRect().top;
    const lane = lanes.findLast(({ dataset }) => Number(dataset.y) <= y);
    const mark = lane && nearest(lane, event.clientX);
    if (mark === near) return;
    near?.classList.remove('near');
    mark?.classList.add('near');
    near = mark;
    if (mark) words.textContent = `${lane?.dataset.owner}, ${mark.textContent}`;
  });
}

function nearest(lane: SVGGElement, x: number): SVGRectElement | undefined {
  let best: SVGRectElement | undefined;
  let least = REACH;
  for (const mark of lane.querySelectorAll<SVGRectElement>('.m:not(.dim)')) {
    const { left, right } = mark.getBoundingClientRect();
    const distance = x < left ? left - x : Math.max(0, x - right);
    // Of those that lie over each other, the last drawn is the one that is seen.
    if (distance > least) continue;
    least = distance;
    best = mark;
  }
  return best;
}
