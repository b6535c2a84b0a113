import { bold, dim, green, red, yellow } from 'kleur/colors';

/** Colours, or none: every word has to read without them. */
export interface Paint {
  readonly bold: Brush;
  readonly dim: Brush;
  readonly good: Brush;
  readonly bad: Brush;
  readonly busy: Brush;
}

type Brush = (text: string) => string;

const plain: Brush = text => text;

export function createPaint(coloured: boolean): Paint {
  if (!coloured) return { bold: plain, dim: plain, good: plain, bad: plain, busy: plain };
  return { bold, dim, good: green, bad: red, busy: yellow };
}
