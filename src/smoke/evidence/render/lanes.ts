import type { Evidence, PersonEvidence, RequestLine, TimelineEvent, Tone } from '../evidence.ts';

/** One row of the timeline. */
export interface Lane {
  /** Whose it is: a person, or the server. */
  readonly owner: string;
  readonly title: string;
  readonly marks: readonly LaneMark[];
}

export interface LaneMark {
  readonly t: number;
  /** Milliseconds; 0 for an instant. */
  readonly ms: number;
  readonly kind: string;
  readonly text: string;
  readonly tone: Tone;
}

/** What a page tells of itself; everything else that is told is about media. */
const OF_THE_PAGE: ReadonlySet<string> = new Set(['state', 'event']);
const OF_THE_SERVER: ReadonlySet<string> = new Set(['rest', 'join', 'leave', 'fault', 'signalling']);

const SERVER = 'server';

/** All lanes, people first, in the order they came; lanes without a mark are left out. Pure. */
export function buildLanes({ people, server }: Pick<Evidence, 'people' | 'server'>): Lane[] {
  const lanes = [...people.flatMap(lanesOf), ...serverLanes(server)];
  return lanes.filter(({ marks }) => marks.length > 0);
}

function lanesOf({ name, events, lines, requests }: PersonEvidence): Lane[] {
  const lane = (title: string, marks: readonly LaneMark[]): Lane => ({ owner: name, title, marks });
  const troubles = lines.filter(({ level }) => level === 'error' || level === 'warning');
  return [
    lane(
      'page',
      [
        ...events.filter(({ kind }) => OF_THE_PAGE.has(kind)).map(instantOf),
        ...troubles.map(({ t, level, text }) => ({ t, ms: 0, kind: level, text, tone: toneOf(level) })),
      ].sort((a, b) => a.t - b.t),
    ),
    lane('media', events.filter(({ kind }) => !OF_THE_PAGE.has(kind)).map(instantOf)),
    lane('network', requests.map(markOf)),
  ];
}

function toneOf(level: string): Tone {
  return level === 'error' ? 'bad' : 'plain';
}

function markOf(request: RequestLine): LaneMark {
  const { t, ms, method, url } = request;
  const text = `${method} ${url} → ${resultOf(request)}`;
  return { t, ms: ms ?? 0, kind: 'request', text, tone: isBad(request) ? 'bad' : 'plain' };
}

function serverLanes(events: readonly TimelineEvent[]): Lane[] {
  const pick = (title: string, fits: (kind: string) => boolean): Lane => ({
    owner: SERVER,
    title,
    marks: events.filter(({ kind }) => fits(kind)).map(instantOf),
  });
  return [
    pick('server', kind => OF_THE_SERVER.has(kind)),
    pick('signalling', kind => kind === 'stanza'),
    pick('bridge', kind => !OF_THE_SERVER.has(kind) && kind !== 'stanza'),
  ];
}

function instantOf({ t, kind, text, tone }: TimelineEvent): LaneMark {
  return { t, ms: 0, kind, text, tone };
}

/** How a request ended, in words. */
export function resultOf({ failure, result, status, method }: RequestLine): string {
  return failure ?? result ?? String(status ?? (method === 'WebSocket' ? 'open' : 'no answer'));
}

export function isBad({ status, failure }: RequestLine): boolean {
  return failure !== null || (status !== null && status >= 400);
}
