import type { Evidence, PersonEvidence } from '../evidence.ts';
import type { Rates } from '../rates.ts';
import { type Html, html } from './html.ts';
import { createScale, niceStep, type Scale } from './scale.ts';
import { renderSection } from './section.ts';

interface Curve {
  readonly name: string;
  readonly value: (rates: Rates) => number | null;
}

interface Plot {
  readonly title: string;
  readonly unit: string;
  /** Of the axis at least: a tenth of a percent lost shall not look like a mountain. */
  readonly least: number;
  readonly curves: readonly [Curve, Curve];
}

const PLOTS: readonly Plot[] = [
  {
    title: 'Bitrate',
    unit: 'kbit/s',
    least: 100,
    curves: [
      { name: 'received', value: rates => rates.downKbps },
      { name: 'sent', value: rates => rates.upKbps },
    ],
  },
  {
    title: 'Frames',
    unit: 'per second',
    least: 30,
    curves: [
      { name: 'received', value: rates => rates.framesIn },
      { name: 'sent', value: rates => rates.framesOut },
    ],
  },
  {
    title: 'Loss',
    unit: '%',
    least: 5,
    curves: [
      { name: 'received', value: rates => rates.lossIn },
      { name: 'sent', value: rates => rates.lossOut },
    ],
  },
  {
    title: 'Round trip',
    unit: 'ms',
    least: 10,
    curves: [
      { name: 'round trip', value: rates => rates.roundTripMs },
      { name: 'jitter', value: rates => rates.jitterMs },
    ],
  },
];

/** Samples further apart, in milliseconds, belong to different calls: no line between them. */
const GAP_MS = 1600;

/** What went through each person's connections, on the run's clock; the same axes for everybody. */
export function renderPlots({ people }: Evidence, { totalMs }: Scale): Html {
  const measured = people.filter(({ rates }) => rates.length > 0);
  if (measured.length === 0)
    return renderSection(
      'media',
      'Media',
      html`<p class="quiet">No connection lived long enough to be measured.</p>`,
    );
  const scale = createScale(totalMs, beginOf(measured));
  const tops = PLOTS.map(plot =>
    topOf(
      plot,
      measured.flatMap(({ rates }) => rates),
    ),
  );
  const figures = measured.map(
    person =>
      html`<h3>${renderDot(person)}${person.name}</h3><div class="plots">${PLOTS.map((plot, index) => renderPlot(plot, person, { scale, top: tops[index] ?? plot.least }))}</div>`,
  );
  return renderSection('media', 'Media', html`${figures}`);
}

/** The whole second before anything was measured: what came before would be an empty half of every plot. Pure. */
export function beginOf(people: readonly Pick<PersonEvidence, 'rates'>[]): number {
  const firsts = people.flatMap(({ rates }) => rates.slice(0, 1)).map(({ t }) => t);
  return Math.max(0, Math.floor(Math.min(...firsts) / SECOND - 1) * SECOND);
}

const SECOND = 1000;

/** A dot in the colour of the person's picture. */
export function renderDot({ hue }: Pick<PersonEvidence, 'hue'>): Html {
  return html`<svg class="person" viewBox="0 0 10 10" aria-hidden="true"><circle cx="5" cy="5" r="5" fill="hsl(${Math.round(hue)} 70% 50%)"/></svg>`;
}

/** The end of the axis: the next round number above everything. Pure. */
export function topOf({ least, curves }: Plot, rates: readonly Rates[]): number {
  // Not spread into Math.max: hours of samples are more arguments than a call can have.
  const highest = curves
    .flatMap(({ value }) => rates.map(value))
    .reduce<number>((most, number) => Math.max(most, number ?? 0), least);
  const step = niceStep(highest / 4);
  return Math.ceil(highest / step) * step;
}

const WIDTH = 1000;
const HEIGHT = 100;

function renderPlot(plot: Plot, person: PersonEvidence, { scale, top }: { scale: Scale; top: number }): Html {
  const { title, unit, curves } = plot;
  const lines = curves.map(({ value }, index) => {
    const path = drawCurve(
      person.rates.map(rates => ({ t: rates.t, value: value(rates) })),
      scale,
      top,
    );
    return path && html`<path class="curve c${index}" d="${path}"/>`;
  });
  const words = curves.map(curve => summarise(curve, person.rates));
  return html`<figure class="plot"><figcaption><strong>${title}</strong> <span>${unit}</span></figcaption>
<div class="canvas"><span class="top">${top}</span><svg viewBox="0 0 ${WIDTH} ${HEIGHT}" preserveAspectRatio="none" role="img" aria-label="${person.name}, ${title} in ${unit}: ${words.join('; ')}"><path class="rule" d="M0 0H${WIDTH}M0 50H${WIDTH}M0 100H${WIDTH}"/>${lines}</svg></div>
<p class="ends" aria-hidden="true"><span>${scale.fromMs / 1000} s</span><span>${(scale.totalMs / 1000).toFixed(1)} s</span></p>
<p class="legend">${words.map((text, index) => html`<span><i class="k${index}"></i>${text}</span>`)}</p></figure>`;
}

interface Point {
  readonly t: number;
  readonly value: number | null;
}

/** An SVG path through the points that have a value; it starts anew after a gap. Pure. */
export function drawCurve(points: readonly Point[], scale: Scale, top: number): string {
  let last: number | null = null;
  return points
    .flatMap(({ t, value }) => {
      if (value === null) return [];
      const joined = last !== null && t - last <= GAP_MS;
      last = t;
      const x = (scale.percent(t) * WIDTH) / 100;
      const y = HEIGHT - (Math.min(top, value) / top) * HEIGHT;
      // A point alone is a short line, else it would not be seen.
      return [`${joined ? 'L' : 'M'}${tenth(x)} ${tenth(y)}${joined ? '' : 'h1'}`];
    })
    .join('');
}

function tenth(value: number): number {
  return Math.round(value * 10) / 10;
}

/** `received: median 612, at most 900`. */
function summarise({ name, value }: Curve, rates: readonly Rates[]): string {
  const values = rates.map(value).filter(number => number !== null);
  if (values.length === 0) return `${name}: not measured`;
  const sorted = values.toSorted((a, b) => a - b);
  return `${name}: median ${sorted[Math.floor(sorted.length / 2)]}, most ${sorted.at(-1)}`;
}
