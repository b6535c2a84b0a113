import type { TimelineEvent } from './evidence.ts';
import type { ServerEvent } from './record/server-stream.ts';

/** Where an event stands or whose it is: shown apart. */
const HEADING: ReadonlySet<string> = new Set(['seq', 'at', 'session', 'kind', 'who', 'endpoint']);

/** What the server told, in one line; `t` is milliseconds since the epoch. Pure. */
export function describeServerEvent(event: ServerEvent): TimelineEvent {
  const details = Object.entries(event).filter(([name]) => !HEADING.has(name));
  const words = details.map(([name, value]) =>
    name === 'state' ? wordsOf(value) : `${name} ${wordsOf(value)}`,
  );
  const text = [event.who ?? '', ...words].filter(Boolean).join(' · ');
  return { t: Date.parse(event.at), kind: event.kind, text, tone: toneOf(event) };
}

function wordsOf(value: unknown): string {
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

function toneOf({ kind, state, status }: ServerEvent): TimelineEvent['tone'] {
  if (kind === 'fault' || state === 'failed' || state === 'lost') return 'bad';
  if (typeof status === 'number' && status >= 400) return 'bad';
  return kind === 'join' || (kind === 'transport' && state === 'up') ? 'good' : 'plain';
}
