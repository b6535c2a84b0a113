import { LANGUAGE } from '../language.ts';
import { createPlot } from './plot.ts';
import type { Rates } from './rates.ts';
import type { Sight, View } from './views.ts';
import { words } from './words.ts';

interface Kind {
  readonly title: string;
  readonly unit: string;
  readonly lines: readonly (keyof Rates)[];
  /** The scale's top where nothing goes higher. */
  readonly least: number;
  readonly digits: number;
}

const { rate, frames, loss, roundTrip } = words.plots;
const KINDS: readonly Kind[] = [
  { title: rate, unit: 'kbit/s', lines: ['upKbps', 'downKbps'], least: 100, digits: 0 },
  { title: frames, unit: 'fps', lines: ['upFps', 'downFps'], least: 10, digits: 0 },
  { title: loss, unit: '%', lines: ['upLossPercent', 'downLossPercent'], least: 5, digits: 1 },
  { title: roundTrip, unit: 'ms', lines: ['roundTripMs'], least: 10, digits: 1 },
];

/** What the network carries, as plots of the last seconds. */
export function createNetwork(panel: HTMLElement, { meter }: Sight): View {
  const note = document.createElement('p');
  note.className = 'note';
  const refreshers = KINDS.map(kind => createKind(panel, kind));
  panel.append(note);
  return {
    refresh() {
      note.textContent = meter.rates.length > 0 ? words.window : words.waiting;
      for (const refresh of refreshers) refresh(meter.rates);
    },
  };
}

function createKind(
  panel: HTMLElement,
  { title, unit, lines, least, digits }: Kind,
): (rates: readonly Rates[]) => void {
  const plot = createPlot(title, unit, lines.length > 1 ? ['↑', '↓'] : [''], least);
  panel.append(plot.element);
  return rates => {
    const latest = rates.at(-1);
    const say = (value: number | null | undefined) =>
      value === null || value === undefined
        ? '–'
        : `${value.toLocaleString(LANGUAGE, { maximumFractionDigits: digits })} ${unit}`;
    plot.draw(
      lines.map(line => rates.map(point => ({ at: point.at, value: point[line] }))),
      Date.now(),
      lines.map(line => say(latest?.[line])),
    );
  };
}
