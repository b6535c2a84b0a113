import { WINDOW_MS } from './meter.ts';

export interface Point {
  /** Epoch ms. */
  readonly at: number;
  readonly value: number | null;
}

const WIDTH = 300;
const HEIGHT = 60;
/** Further apart, nobody knows what was between (ms). */
const GAP_MS = 5_000;

/** An SVG path of the last seconds before `now`, broken where nothing is known; `top` is the highest value that fits. */
export function drawLine(points: readonly Point[], now: number, top: number): string {
  let last: number | null = null;
  const steps: string[] = [];
  for (const { at, value } of points) {
    if (value !== null) {
      const x = WIDTH * (1 - (now - at) / WINDOW_MS);
      const y = HEIGHT - 1 - (HEIGHT - 4) * Math.min(1, value / top);
      const goesOn = last !== null && at - last < GAP_MS;
      steps.push(`${goesOn ? 'L' : 'M'}${x.toFixed(1)} ${y.toFixed(1)}`);
    }
    last = value === null ? null : at;
  }
  return steps.join('');
}

/** The next round number above all values: 1, 2 or 5 times a power of ten, at least `least`. */
export function roundTop(values: readonly (number | null)[], least: number): number {
  const most = Math.max(least, ...values.map(value => value ?? 0));
  const power = 10 ** Math.floor(Math.log10(most));
  return ([1, 2, 5, 10].find(step => step * power >= most) ?? 10) * power;
}

export interface Plot {
  readonly element: HTMLElement;
  draw(lines: readonly (readonly Point[])[], now: number, words: readonly string[]): void;
}

/** A plot of its own title, scale and current values; `names` of its lines, if there are several. */
export function createPlot(title: string, unit: string, names: readonly string[], least: number): Plot {
  const element = document.createElement('figure');
  element.innerHTML = `<figcaption><b></b></figcaption>
    <svg class="chart" viewBox="0 0 ${WIDTH} ${HEIGHT}" preserveAspectRatio="none" role="img">
      ${names.map((_, index) => `<path class="line-${index}" vector-effect="non-scaling-stroke"/>`).join('')}
    </svg><small></small>`;
  const caption = element.querySelector('figcaption') as HTMLElement;
  (caption.firstElementChild as HTMLElement).textContent = title;
  const values = names.map((_, index) => {
    const value = document.createElement('span');
    value.className = `line-${index}`;
    caption.append(value);
    return value;
  });
  const svg = element.querySelector('svg') as SVGElement;
  const scale = element.querySelector('small') as HTMLElement;
  const paths = [...svg.querySelectorAll('path')];
  return {
    element,
    draw(lines, now, words) {
      const top = roundTop(
        lines.flatMap(points => points.map(({ value }) => value)),
        least,
      );
      lines.forEach((points, index) => {
        paths[index]?.setAttribute('d', drawLine(points, now, top));
        if (values[index]) values[index].textContent = `${names[index]} ${words[index]}`.trim();
      });
      scale.textContent = `0 – ${top} ${unit}`;
      svg.ariaLabel = `${title}: ${words.map((word, index) => `${names[index]} ${word}`.trim()).join(', ')}`;
    },
  };
}
