type Brush = (text: string) => string;

/** Brushes for people's eyes; every word has to read without them. */
export interface Paint {
  readonly bold: Brush;
  readonly dim: Brush;
  readonly good: Brush;
  readonly bad: Brush;
  readonly busy: Brush;
}

/** `style` knows whether the stream shows colours. */
export function createPaint(
  style: (name: 'bold' | 'dim' | 'green' | 'red' | 'yellow', text: string) => string,
): Paint {
  return {
    bold: text => style('bold', text),
    dim: text => style('dim', text),
    good: text => style('green', text),
    bad: text => style('red', text),
    busy: text => style('yellow', text),
  };
}
