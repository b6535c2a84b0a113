import type { Evidence, Picture } from '../evidence.ts';
import { type Html, html } from './html.ts';

/** More would be too small to be seen. */
const MOST_FACES = 4;

/** What everybody saw at the moment that tells most: where it broke, else when they had each other's media. */
export function renderFaces(evidence: Evidence): Html | null {
  const shown = chooseFaces(evidence);
  if (shown.length === 0) return null;
  const faces = shown.map(
    ({ person, act, source }) =>
      html`<li><figure><img src="${source}" alt="${person}’s page at the end of ${act}" width="640" height="400"><figcaption>${person}, ${act}</figcaption></figure></li>`,
  );
  return html`<ul class="faces">${faces}</ul>`;
}

/** One picture of each person, in the order in which they came. Pure. */
export function chooseFaces({ report, people, pictures }: Evidence): Picture[] {
  const { phases, scenarios = [] } = report;
  const broken = [...phases, ...scenarios].find(({ ok }) => !ok)?.name ?? 'media';
  return people.slice(0, MOST_FACES).flatMap(({ name }) => {
    const own = pictures.filter(({ person }) => person === name);
    const face = own.find(({ act }) => act === broken) ?? own.at(-1);
    return face ? [face] : [];
  });
}
