import type { Output } from './context.ts';

export interface TracedEvent {
  readonly at: string;
  readonly kind: string;
  readonly who?: string;
  readonly [detail: string]: unknown;
}

/** What has a column of its own, or is the same in every line. */
const COLUMNS: readonly string[] = ['seq', 'at', 'session', 'kind', 'who', 'endpoint'];
const KIND_WIDTH = 11;
const WHO_WIDTH = 12;

/** An event in a line: `15:04:05.123  layer       alice         sent · b-v0 · layer 2 · height 720`. */
export function describeEvent(event: TracedEvent, style: Output['style']): string {
  const { at, kind, who = '' } = event;
  const details = Object.entries(event)
    .filter(([name]) => !COLUMNS.includes(name))
    .map(([name, value]) => (BARE.has(name) ? textOf(value) : `${name} ${textOf(value)}`));
  const columns = [
    style('dim', at.slice(11, 23)),
    style('cyan', kind.padEnd(KIND_WIDTH)),
    style('bold', who.padEnd(WHO_WIDTH)),
    details.join(' · '),
  ];
  return columns.join('  ').trimEnd();
}

/** Whose values speak for themselves. */
const BARE = new Set([
  'state',
  'direction',
  'name',
  'method',
  'route',
  'action',
  'address',
  'profile',
  'reason',
  'track',
]);

function textOf(value: unknown): string {
  if (Array.isArray(value)) return value.map(textOf).join(', ');
  if (typeof value !== 'object' || value === null) return String(value);
  return Object.entries(value)
    .map(([name, inner]) => `${name}=${textOf(inner)}`)
    .join(' ');
}
