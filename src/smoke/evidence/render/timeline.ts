import type { Act, Evidence } from '../evidence.ts';
import { type Html, html } from './html.ts';
import { buildLanes, type Lane, type LaneMark } from './lanes.ts';
import { packRows, type Scale } from './scale.ts';
import { renderScroller, renderSection } from './section.ts';
import { count, duration, instant } from './words.ts';

const ROW = 26;
const ACT_ROW = 22;
const AXIS = 24;
/** Percent of the chart's width that a character takes, about. */
const TIGHT = 1;
/** More would make a page that no browser likes to lay out. */
const MOST_ROWS = 4000;

/** Everybody's events on one clock: as lanes, and as a table for whoever reads or has no script. */
export function renderTimeline(evidence: Evidence, scale: Scale): Html {
  const lanes = buildLanes(evidence);
  const owners = [...new Set(lanes.map(({ owner }) => owner))];
  return renderSection(
    'timeline',
    'Timeline',
    html`<div class="controls" id="timeline-controls" hidden>
<label>Find <input id="find" type="search" placeholder="join, /token, ice …" autocomplete="off"></label>
<label>Whose <select id="whose"><option value="">everybody’s</option>${owners.map(owner => html`<option>${owner}</option>`)}</select></label>
<span class="zoom" role="group" aria-label="Zoom"><button type="button" id="zoom-out" aria-label="Zoom out">−</button><button type="button" id="zoom-in" aria-label="Zoom in">+</button></span>
</div>
<div class="timeline"><div class="labels" aria-hidden="true">${renderLabels(evidence.acts, lanes)}</div>
${renderScroller('Timeline of the run; the same as a table follows', renderChart(evidence.acts, lanes, scale), 'chart')}</div>
<p id="pointed" class="pointed" hidden>Point at the timeline to read it.</p>
${renderTable(lanes)}`,
  );
}

function renderLabels(acts: readonly Act[], lanes: readonly Lane[]): Html {
  const height = AXIS + actRows(acts) * ACT_ROW;
  let owner = '';
  const labels = lanes.map((lane, index) => {
    const first = lane.owner !== owner;
    owner = lane.owner;
    const y = height + index * ROW + ROW / 2;
    return html`${first && index > 0 && html`<line class="edge" x1="0" x2="100%" y1="${y - ROW / 2}" y2="${y - ROW / 2}"/>`}<text x="0" y="${y}" class="owner">${first ? lane.owner : ''}</text><text x="100%" y="${y}" text-anchor="end">${lane.title === lane.owner ? '' : lane.title}</text>`;
  });
  return html`<svg width="100%" height="${height + lanes.length * ROW + 4}"><text x="0" y="${AXIS + ACT_ROW / 2}" class="owner">run</text><text x="100%" y="${AXIS + ACT_ROW / 2}" text-anchor="end">phases</text>${labels}</svg>`;
}

function actRows(acts: readonly Act[]): number {
  return Math.max(1, ...packRows(acts.map(spanOf)).map(row => row + 1));
}

function spanOf({ start, end }: Act) {
  return { start, end: end ?? Number.POSITIVE_INFINITY };
}

function renderChart(acts: readonly Act[], lanes: readonly Lane[], scale: Scale): Html {
  const top = AXIS + actRows(acts) * ACT_ROW;
  const height = top + lanes.length * ROW + 4;
  const words = `${count(acts.length, 'phase')} and ${count(lanes.length, 'lane')} over ${duration(scale.totalMs)}`;
  return html`<svg id="lanes" class="lanes" width="100%" height="${height}" role="img" aria-label="${words}" data-ms="${scale.totalMs}">
${scale.ticks.map(tick => renderTick(tick, scale, height))}
${renderFineTicks(scale, height)}
${renderActs(acts, scale)}
${lanes.map((lane, index) => renderLane(lane, top + index * ROW, { scale, first: lane.owner !== lanes[index - 1]?.owner }))}
</svg>`;
}

/** Between the others, seen only where zooming has made room: five, then twenty-five to one. */
function renderFineTicks(scale: Scale, height: number): Html[] {
  const step = (scale.ticks[1] ?? scale.totalMs) / (FINEST * FINEST);
  const places = Array.from({ length: Math.floor(scale.totalMs / step) + 1 }, (_, index) => index);
  return places
    .filter(place => place % (FINEST * FINEST) !== 0)
    .map(
      place =>
        html`<g class="${place % FINEST === 0 ? 'fine' : 'finest'}">${renderTick(Math.round(place * step), scale, height)}</g>`,
    );
}

const FINEST = 5;

function renderTick(tick: number, scale: Scale, height: number): Html {
  const x = scale.at(tick);
  const last = scale.percent(tick) > 94;
  return html`<line class="tick" x1="${x}" x2="${x}" y1="${AXIS - 6}" y2="${height}"/><text class="axis" x="${x}" y="10" text-anchor="${tick === 0 ? 'start' : last ? 'end' : 'middle'}">${tick / 1000} s</text>`;
}

function renderActs(acts: readonly Act[], scale: Scale): Html[] {
  const rows = packRows(acts.map(spanOf));
  return acts.map((act, index) => {
    const { name, start, end, ok } = act;
    const till = end ?? scale.totalMs;
    const width = Math.max(0.25, scale.percent(till) - scale.percent(start));
    const y = AXIS + (rows[index] ?? 0) * ACT_ROW;
    // A name that is cut reads like another word, except where it broke; zoomed in there is room for it.
    const tight = ok !== false && width < name.length * TIGHT;
    const title = `${name}: ${instant(start)} to ${end === null ? 'the end' : instant(end)}`;
    return html`<svg class="${ok === false ? 'broken' : ''}" x="${scale.at(start)}" y="${y}" width="${width}%" height="${ACT_ROW - 3}"><title>${title}</title><rect class="act ${ok === false ? 'bad' : ok === null ? 'open' : 'good'}" width="100%" height="100%" rx="3"/><text class="act-name${tight ? ' tight' : ''}" x="5" y="${(ACT_ROW - 3) / 2}">${name}</text></svg>`;
  });
}

function renderLane(
  { owner, marks }: Lane,
  y: number,
  { scale, first }: { scale: Scale; first: boolean },
): Html {
  const edge = html`<line class="${first ? 'edge' : 'thin'}" x1="0" x2="100%" y1="${y}" y2="${y}"/>`;
  return html`<g data-owner="${owner}" data-y="${y}">${edge}${marks.slice(0, MOST_ROWS).map(mark => renderMark(mark, y, scale))}</g>
`;
}

function renderMark({ t, ms, kind, text, tone }: LaneMark, y: number, scale: Scale): Html {
  const x = scale.percent(t);
  const title = html`<title>${instant(t)} ${kind}: ${text}</title>`;
  const place = { x: `${x}%`, y: y + 6, height: ROW - 12 };
  if (ms < 1)
    return html`<rect class="m ${tone}" x="${place.x}" y="${place.y}" width="3" height="${place.height}" rx="1.5">${title}</rect>`;
  const width = Math.max(0.15, scale.percent(t + ms) - x);
  return html`<rect class="m long ${tone}" x="${place.x}" y="${place.y}" width="${width}%" height="${place.height}" rx="1.5">${title}</rect>`;
}

function renderTable(lanes: readonly Lane[]): Html {
  const all = lanes
    .flatMap(lane => lane.marks.map(mark => ({ lane, mark })))
    .sort((a, b) => a.mark.t - b.mark.t);
  const shown = all.slice(0, MOST_ROWS);
  const rows = shown.map(
    ({ lane: { owner }, mark: { t, kind, text, tone } }) =>
      html`<tr data-owner="${owner}" class="${tone}"><td class="number">${instant(t)}</td><td>${owner}</td><td>${kind}</td><td class="text">${text}</td></tr>
`,
  );
  const left = all.length - shown.length;
  const body = html`<table class="log" id="events"><thead><tr><th scope="col" class="number">Time</th><th scope="col">Whose</th><th scope="col">What</th><th scope="col">Words</th></tr></thead><tbody>${rows}</tbody></table>`;
  return html`<details><summary>${count(all.length, 'event')} as a table<span id="found" role="status"></span></summary>${renderScroller('Events', body, 'tall')}${left > 0 && html`<p class="quiet">The last ${left} are left out.</p>`}</details>`;
}
