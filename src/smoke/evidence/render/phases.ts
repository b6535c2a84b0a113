import type { SmokeReport } from '../../report/report.ts';
import type { Act, Evidence } from '../evidence.ts';
import { type Html, html } from './html.ts';
import type { Scale } from './scale.ts';
import { renderSection } from './section.ts';
import { duration } from './words.ts';

/** Every phase with its time and what was found in it; the bars lie on the run's clock. */
export function renderPhases({ report, acts }: Evidence, scale: Scale): Html {
  const rows = report.phases.map(({ name, ok, ms, detail }) =>
    renderRow(
      { name, result: ok ? 'passed' : 'failed', ms, detail: detail ?? '' },
      actOf('phase', name, acts),
      scale,
    ),
  );
  return renderSection('phases', 'Phases', html`${renderTable(rows)}${renderPeople(report)}`);
}

/** What was tried after the meeting; nothing where nothing was. */
export function renderScenarios({ report, acts }: Evidence, scale: Scale): Html | null {
  const { scenarios = [] } = report;
  if (scenarios.length === 0) return null;
  const rows = scenarios.map(({ name, ok, skipped, ms, detail, figures }) => {
    const measured = Object.entries(figures).map(nameFigure);
    const result = skipped ? 'skipped' : ok ? 'passed' : 'failed';
    const words = [detail, ...measured].filter(Boolean).join(' · ');
    return renderRow({ name, result, ms, detail: words }, actOf('scenario', name, acts), scale);
  });
  return renderSection('scenarios', 'Scenarios', renderTable(rows));
}

/** `recoveredMs` is a time: `recovered 780 ms`. */
function nameFigure([figure, value]: readonly [string, number]): string {
  const name = figure.replace(/Ms$/, '');
  return `${name} ${Math.round(value)}${name === figure ? '' : ' ms'}`;
}

interface Row {
  readonly name: string;
  readonly result: 'passed' | 'failed' | 'skipped';
  readonly ms: number;
  readonly detail: string;
}

function renderTable(rows: readonly Html[]): Html {
  return html`<table class="acts">
<thead><tr><th scope="col">Name</th><th scope="col">Result</th><th scope="col" class="number">Time</th><th scope="col" class="wide">When</th><th scope="col">Found</th></tr></thead>
<tbody>${rows}</tbody></table>`;
}

function renderRow({ name, result, ms, detail }: Row, act: Act | undefined, scale: Scale): Html {
  return html`<tr class="${result}"><th scope="row">${name}</th><td class="result"><span class="dot" aria-hidden="true"></span>${result}</td><td class="number">${duration(ms)}</td><td class="wide">${act && renderBar(act, scale)}</td><td class="found">${detail}</td></tr>
`;
}

function renderBar({ start, end }: Act, scale: Scale): Html {
  const till = end ?? scale.totalMs;
  const width = Math.max(0.6, scale.percent(till) - scale.percent(start));
  return html`<svg class="bar" aria-hidden="true"><rect class="rail" width="100%" height="100%" rx="3"/><rect class="span" x="${scale.at(start)}" width="${width}%" height="100%" rx="3"/></svg>`;
}

function actOf(kind: Act['kind'], name: string, acts: readonly Act[]): Act | undefined {
  return acts.find(act => act.kind === kind && act.name === name);
}

/** Who saw and heard whom, and how fast a leaver was gone. */
function renderPeople({ media, leave, cleanup }: SmokeReport): Html | null {
  const rows = Object.entries(media).map(
    ([name, { sees, hears, framesDecoded }]) =>
      html`<tr><th scope="row">${name}</th><td>${sees.join(', ') || 'nobody'}</td><td>${hears.join(', ') || 'nobody'}</td><td class="number">${framesDecoded}</td></tr>`,
  );
  if (rows.length === 0) return null;
  const figures = [
    ...measure('gone after leaving', leave.gracefulMs, 'ms'),
    ...measure('gone after closing the tab', leave.closedMs, 'ms'),
    ...measure('connections left open', cleanup.openConnections, ''),
    ...measure('tracks left running', cleanup.liveTracks, ''),
  ];
  return html`<div class="pair"><table class="small"><caption>Who got whose media</caption><thead><tr><th scope="col">Person</th><th scope="col">sees</th><th scope="col">hears</th><th scope="col" class="number">frames</th></tr></thead><tbody>${rows}</tbody></table>${figures.length > 0 && html`<dl class="figures">${figures}</dl>`}</div>`;
}

function measure(name: string, value: number | null, unit: string): Html[] {
  if (value === null) return [];
  return [
    html`<div><dt>${name}</dt><dd>${Math.round(value)}${unit && html` <small>${unit}</small>`}</dd></div>`,
  ];
}
