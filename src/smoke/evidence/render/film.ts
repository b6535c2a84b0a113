import type { Evidence, Picture } from '../evidence.ts';
import { type Html, html } from './html.ts';
import { renderDot } from './plots.ts';
import { renderScroller, renderSection } from './section.ts';
import { instant } from './words.ts';

/** What each person had on the screen at the end of each phase and scenario. */
export function renderFilm({ people, pictures }: Evidence): Html | null {
  if (pictures.length === 0) return null;
  const strips = people.flatMap(person => {
    const own = pictures.filter(picture => picture.person === person.name);
    if (own.length === 0) return [];
    const strip = html`<ol class="film">${own.map(renderFrame)}</ol>`;
    return [
      html`<h3>${renderDot(person)}${person.name}</h3>${renderScroller(`Screens of ${person.name}`, strip)}`,
    ];
  });
  return renderSection('screens', 'Screens', html`${strips}`);
}

function renderFrame({ t, person, act, source }: Picture): Html {
  return html`<li><figure><img src="${source}" alt="${person}’s page at the end of ${act}" width="640" height="400"><figcaption><strong>${act}</strong> <span>${instant(t)}</span></figcaption></figure></li>`;
}
