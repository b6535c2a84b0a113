// What the report page can do beyond being read: zoom, find, point. Without it everything is there as well.
import { watchPointer } from './pointer.ts';
import { watchSearch } from './search.ts';
import { watchZoom } from './zoom.ts';

const controls = document.getElementById('timeline-controls');
const chart = document.querySelector<SVGSVGElement>('#lanes');
if (controls && chart) {
  controls.hidden = false;
  watchZoom(chart);
  watchSearch(chart);
  watchPointer(chart);
}
// What is folded is not printed.
addEventListener('beforeprint', () => {
  for (const fold of document.querySelectorAll('details')) fold.open = true;
});
