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
    chart.classList.toggle('widest', zoom >= 16);
    scroller.scrollLeft = middle * scroller.scrollWidth - scroller.clientWidth / 2;
  };
  scroller.addEventListener('scroll', () => keepNamesInSight(chart, scroller));
  document.getElementById('zoom-in')?.addEventListener('click', () => set(zoom * STEP));
  document.getElementById('zoom-out')?.addEventListener('click', () => set(zoom / STEP));
  scroller.addEventListener('keydown', event => {
    if (event.key === '+' || event.key === '=') set(zoom * STEP);
    else if (event.key === '-') set(zoom / STEP);
  });
}

/** CSS pixels between the edge of a phase and its name. */
const MARGIN = 5;

/** The name of a phase that begins left of what is seen stands at the left edge. */
function keepNamesInSight(chart: SVGSVGElement, scroller: Element): void {
  const edge = scroller.getBoundingClientRect().left;
  const names = [...chart.querySelectorAll<SVGTextElement>('.act-name')];
  const hidden = names.map(
    name => edge - (name.previousElementSibling?.getBoundingClientRect().left ?? edge),
  );
  names.forEach((name, index) => {
    name.setAttribute('x', String(MARGIN + Math.max(0, hidden[index] ?? 0)));
  });
}
