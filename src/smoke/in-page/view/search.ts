/** Dims what does not fit in the lanes, and leaves it out of the table. */
export function watchSearch(chart: SVGSVGElement): void {
  const find = document.querySelector<HTMLInputElement>('#find');
  const whose = document.querySelector<HTMLSelectElement>('#whose');
  if (!find || !whose) return;
  const rows = [...document.querySelectorAll<HTMLTableRowElement>('#events tbody tr')];
  const marks = [...chart.querySelectorAll<SVGRectElement>('.m')];
  const apply = () => {
    const wanted = find.value.trim().toLowerCase();
    const fits = (element: Element, owner: string | undefined) =>
      (whose.value === '' || owner === whose.value) &&
      (element.textContent ?? '').toLowerCase().includes(wanted);
    for (const mark of marks)
      mark.classList.toggle('dim', !fits(mark, mark.closest<SVGGElement>('g')?.dataset.owner));
    let shown = 0;
    for (const row of rows) {
      row.hidden = !fits(row, row.dataset.owner);
      if (!row.hidden) shown += 1;
    }
    tell(shown === rows.length ? '' : `, ${shown} of them shown`);
  };
  find.addEventListener('input', apply);
  whose.addEventListener('change', apply);
}

function tell(words: string): void {
  const found = document.getElementById('found');
  if (found) found.textContent = words;
}
