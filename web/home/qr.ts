import { encode } from 'uqr';

const SVG = 'http://www.w3.org/2000/svg';
/** Modules of quiet zone (ISO/IEC 18004 asks for four). */
const BORDER = 4;

/** A QR code of `text` as a picture called `name`; always dark on white, since many readers take nothing else. */
export function drawQr(text: string, name: string): SVGSVGElement {
  const { data, size } = encode(text, { ecc: 'M', border: BORDER });
  const svg = document.createElementNS(SVG, 'svg');
  const path = document.createElementNS(SVG, 'path');
  path.setAttribute('d', pathOf(data));
  for (const [key, value] of [
    ['viewBox', `0 0 ${size} ${size}`],
    ['role', 'img'],
    ['aria-label', name],
    ['class', 'qr'],
    // Without it the edges of the modules are blurred at some sizes.
    ['shape-rendering', 'crispEdges'],
  ] as const)
    svg.setAttribute(key, value);
  svg.append(path);
  return svg;
}

/** One box for each run of dark modules in a row. */
function pathOf(rows: readonly (readonly boolean[])[]): string {
  return rows
    .flatMap((row, y) =>
      [
        ...row
          .map(dark => (dark ? '1' : '0'))
          .join('')
          .matchAll(/1+/g),
      ].map(({ 0: run, index }) => `M${index} ${y}h${run.length}v1h-${run.length}z`),
    )
    .join('');
}
