/** What the utility classes of Tailwind and its like say about a box's size and place. */
export function utilityDeclarations(name: string): [property: string, value: string][] {
  const plain = Object.hasOwn(PLAIN, name) ? PLAIN[name] : undefined;
  if (plain) return plain;
  const match = /^(w|h|min-h|min-w|max-h|max-w|size|inset|top|left|right|bottom)-(.+)$/.exec(name);
  const [, kind = '', amount = ''] = match ?? [];
  const value = amountOf(kind, amount);
  return value === null ? [] : (PROPERTIES[kind] ?? []).map(property => [property, value]);
}

const PLAIN: Readonly<Record<string, [string, string][]>> = {
  fixed: [['position', 'fixed']],
  absolute: [['position', 'absolute']],
  relative: [['position', 'relative']],
  sticky: [['position', 'sticky']],
  'flex-1': [['flex', '1 1 0%']],
  'flex-auto': [['flex', '1 1 auto']],
  grow: [['flex-grow', '1']],
  'flex-grow': [['flex-grow', '1']],
  'flex-grow-1': [['flex-grow', '1']],
};

const PROPERTIES: Readonly<Record<string, readonly string[]>> = {
  w: ['width'],
  h: ['height'],
  size: ['width', 'height'],
  'min-h': ['min-height'],
  'min-w': ['min-width'],
  'max-h': ['max-height'],
  'max-w': ['max-width'],
  inset: ['inset'],
  top: ['top'],
  left: ['left'],
  right: ['right'],
  bottom: ['bottom'],
};

function amountOf(kind: string, amount: string): string | null {
  const arbitrary = /^\[(.+)\]$/.exec(amount)?.[1];
  if (arbitrary) return arbitrary.replace(/_/g, ' ').toLowerCase();
  if (amount === 'full' || amount === '100') return '100%';
  if (amount === 'screen') return /w$/.test(kind) ? '100vw' : '100vh';
  if (/^[dsl]v[hw]$/.test(amount)) return `100${amount}`;
  if (amount === 'px') return '1px';
  if (/^\d+\/\d+$/.test(amount)) return '50%';
  return /^\d+(?:\.\d+)?$/.test(amount) ? `${Number(amount) / 4}rem` : null;
}
