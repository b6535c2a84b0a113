import type { Evidence } from '../evidence.ts';
import { renderFilm } from './film.ts';
import { renderFindings } from './findings.ts';
import { type Html, html } from './html.ts';
import { renderIce } from './ice.ts';
import { renderLogs } from './logs.ts';
import { renderShell, type ViewFiles } from './page-shell.ts';
import { renderPhases, renderScenarios } from './phases.ts';
import { renderPlots } from './plots.ts';
import { createScale } from './scale.ts';
import { renderTimeline } from './timeline.ts';
import { judge, renderVerdict } from './verdict.ts';

/** The report as one page, from everything that was seen. Pure. */
export function renderReport(evidence: Evidence, view: ViewFiles): string {
  const scale = createScale(evidence.totalMs);
  const sections: readonly (readonly [string, string, Html | null])[] = [
    ['timeline', 'Timeline', renderTimeline(evidence, scale)],
    ['phases', 'Phases', renderPhases(evidence, scale)],
    ['scenarios', 'Scenarios', renderScenarios(evidence, scale)],
    ['findings', 'Lint', renderFindings(evidence)],
    ['media', 'Media', renderPlots(evidence, scale)],
    ['ice', 'Ways to the media', renderIce(evidence)],
    ['screens', 'Screens', renderFilm(evidence)],
    ['logs', 'Logs', renderLogs(evidence)],
  ];
  const shown = sections.filter(([, , content]) => content !== null);
  const links = shown.map(([id, title]) => html`<li><a href="#${id}">${title}</a></li>`);
  const body = html`${renderVerdict(evidence)}
<nav aria-label="Sections"><ul>${links}</ul></nav>
<main>${shown.map(([, , content]) => content)}</main>`;
  return renderShell(`${judge(evidence.report).title}: meet smoke`, body, view);
}
