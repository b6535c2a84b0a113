import type { TraceEvent } from './follow.ts';

/** What everybody has, and has a column of its own. */
const COLUMNS: readonly string[] = ['seq', 'at', 'session', 'kind', 'who', 'endpoint'];

/** An event's details in a line: what speaks for itself bare, the rest with its name. */
export function describeDetails(event: TraceEvent): string {
  const { kind } = event;
  const own = DESCRIPTIONS[kind];
  return own ? own(event) : generic(event);
}

const DESCRIPTIONS: Readonly<Record<string, (event: TraceEvent) => string>> = {
  rest: ({ method, route, status, ms, code }) => join(method, route, status, code, `${ms} ms`),
  stanza: event => {
    const { direction, name, type, about, action, changed, error } = event;
    const arrow = direction === 'out' ? '←' : '→';
    const told = Array.isArray(changed) ? changed.join(', ') : undefined;
    return join(arrow, name, type, action ?? about, told && `(${told})`, error);
  },
  bitrate({ upKbps, downKbps, upLost, downLost }) {
    const lost = join(upLost && `↑ ${upLost}`, downLost && `↓ ${downLost}`);
    return `↑ ${upKbps}  ↓ ${downKbps} kbit/s${lost && `, lost ${lost}`}`;
  },
};

function generic(event: TraceEvent): string {
  return Object.entries(event)
    .filter(([name]) => !COLUMNS.includes(name))
    .map(([name, value]) => (name === 'state' ? textOf(value) : `${name} ${textOf(value)}`))
    .join(' · ');
}

function textOf(value: unknown): string {
  if (Array.isArray(value)) return value.map(textOf).join(', ');
  if (typeof value === 'object' && value !== null) {
    return Object.entries(value)
      .map(([name, inner]) => `${name}=${textOf(inner)}`)
      .join(' ');
  }
  return String(value);
}

function join(...parts: unknown[]): string {
  return parts.filter(part => part !== undefined && part !== '').join(' ');
}
