const MOST = 64;
const STEP = 2;

/** Widens the chart; what is in the middle stays there. */
export function watchZoom(chart: SVGSVGElement): void {
  const scroller = chart.parentElement;
  if (!scroller) return;
  let zoom = 1;
  const set = (wanted: number) => {
    zoom = Math.min(MOST, Math.max(1, wanted));
    const middle = (scroller.scrollLeft + scroller.clientWidth / 2) / scroller.scrollWidth;
    chart.style.width = `${zoom * 100}%`;
    chart.classList.toggle('wide', zoom >= 4);
    scroller.scrollLeft = middle * scroller.scrollWidth - scroller.clientWidth / 2;
  };
  document.getElementById('zoom-in')?.addEventListener('click', () => set(zoom * STEP));
  document.getElementById('zoom-out')?.addEventListener('click', () => set(zoom / STEP));
  scroller.addEventListener('keydown', event => {
    if (event.key === '+' || event.key === '=') set(zoom * STEP);
    else if (event.key === '-') set(zoom / STEP);
  });
}
