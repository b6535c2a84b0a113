import type { TimedReport } from '../../report/repetition.ts';
import { html } from './html.ts';
import { renderShell, type ViewFiles } from './page-shell.ts';
import { renderSection } from './section.ts';
import { judge } from './verdict.ts';
import { duration } from './words.ts';

/** The page over the reports of many runs; each is in the folder that `folderOf` names. Pure. */
export function renderRuns(
  runs: readonly TimedReport[],
  folderOf: (run: number) => string,
  view: ViewFiles,
): string {
  const passed = runs.filter(({ report }) => report.ok).length;
  const title = `${passed} of ${runs.length} passed`;
  const rows = runs.map(({ report, totalMs }, index) => {
    const run = index + 1;
    const { title: words, cause } = judge(report);
    return html`<tr class="${report.ok ? 'passed' : 'failed'}"><th scope="row"><a href="${folderOf(run)}/index.html">run ${run}</a></th><td class="result"><span class="dot" aria-hidden="true"></span>${words}</td><td class="number">${duration(totalMs)}</td><td class="found">${report.ok ? '' : cause}</td></tr>
`;
  });
  const table = html`<table class="acts"><thead><tr><th scope="col">Run</th><th scope="col">Result</th><th scope="col" class="number">Time</th><th scope="col">Cause</th></tr></thead><tbody>${rows}</tbody></table>`;
  const body = html`<header class="verdict ${passed === runs.length ? 'good' : 'bad'}"><div class="words"><p class="brand">meet smoke</p><h1>${title}</h1></div></header>
<main>${renderSection('runs', 'Runs', table)}</main>`;
  return renderShell(`${title}: meet smoke`, body, view);
}
