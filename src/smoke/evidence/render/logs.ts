import type { ConsoleLine, Evidence, PersonEvidence, RequestLine } from '../evidence.ts';
import { type Html, html } from './html.ts';
import { isBad, resultOf } from './lanes.ts';
import { renderDot } from './plots.ts';
import { renderScroller, renderSection } from './section.ts';
import { count, instant } from './words.ts';

/** Console and network of each person. */
export function renderLogs({ people }: Evidence): Html | null {
  if (people.length === 0) return null;
  return renderSection('logs', 'Logs', html`${people.map(renderPerson)}`);
}

function renderPerson(person: PersonEvidence): Html {
  const { name, lines, requests } = person;
  const errors = lines.filter(({ level }) => level === 'error').length;
  const failed = requests.filter(isBad).length;
  return html`<h3>${renderDot(person)}${name}</h3>
<details><summary>${count(lines.length, 'console line')}${errors > 0 && html`, <span class="count">${count(errors, 'error')}</span>`}</summary>${renderScroller(`Console of ${name}`, renderConsole(lines), 'tall')}</details>
<details><summary>${count(requests.length, 'request')}${failed > 0 && html`, <span class="count">${failed} failed</span>`}</summary>${renderScroller(`Network of ${name}`, renderRequests(requests), 'tall')}</details>`;
}

function renderConsole(lines: readonly ConsoleLine[]): Html {
  const rows = lines.map(
    ({ t, level, text, place }) =>
      html`<tr class="${level === 'error' ? 'bad' : level === 'warning' ? 'warn' : ''}"><td class="number">${instant(t)}</td><td>${level}</td><td class="text">${text}${place && html`<br><small>${place}</small>`}</td></tr>
`,
  );
  return html`<table class="log"><thead><tr><th scope="col" class="number">Time</th><th scope="col">Level</th><th scope="col">Text</th></tr></thead><tbody>${rows}</tbody></table>`;
}

function renderRequests(requests: readonly RequestLine[]): Html {
  const rows = requests.map(
    request =>
      html`<tr class="${isBad(request) ? 'bad' : ''}"><td class="number">${instant(request.t)}</td><td>${request.method}</td><td class="text">${request.url}</td><td>${resultOf(request)}</td><td class="number">${request.ms === null ? '' : `${Math.round(request.ms)} ms`}</td></tr>
`,
  );
  return html`<table class="log"><thead><tr><th scope="col" class="number">Time</th><th scope="col">Method</th><th scope="col">Address</th><th scope="col">Status</th><th scope="col" class="number">Took</th></tr></thead><tbody>${rows}</tbody></table>`;
}
