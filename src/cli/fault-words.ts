import type { Fact } from './describe.ts';
import { formatRelative } from './format-time.ts';

/** A fault as the server tells of it: these fields always, beyond them those of its kind. */
export interface FaultAnswer {
  readonly id: string;
  readonly kind: string;
  readonly sessionId: string | null;
  readonly uid: string | null;
  /** ISO 8601. */
  readonly until: string | null;
  readonly direction?: 'up' | 'down' | 'both';
  readonly loss?: number;
  readonly delayMs?: number;
  readonly jitterMs?: number;
  readonly reorder?: boolean;
  readonly bitsPerSecond?: number | null;
  readonly how?: string;
  readonly which?: string;
  readonly route?: string | null;
  readonly status?: number | null;
  readonly slowMs?: number;
  readonly times?: number | null;
}

/** What goes wrong, in a few words: `20% loss, 100 ms delay`. */
export function describeFault(fault: FaultAnswer): string {
  switch (fault.kind) {
    case 'network':
      return describeNetwork(fault);
    case 'outage':
      return 'outage';
    case 'socket':
      return `${fault.which === 'all' ? 'signalling and channel' : fault.which} socket ${fault.how === 'dead' ? 'dead' : 'cut'}`;
    case 'rest':
      return describeRest(fault);
    case 'tokens':
      return `${fault.which} tokens expired`;
    case 'bridge':
      return 'no bridge';
    default:
      // A newer server than this command.
      return fault.kind;
  }
}

function describeNetwork({ loss, delayMs, jitterMs, reorder, bitsPerSecond }: FaultAnswer): string {
  return [
    loss ? `${loss}% loss` : '',
    delayMs ? `${formatMs(delayMs)} delay` : '',
    jitterMs ? `${formatMs(jitterMs)} jitter${reorder ? ', reordered' : ''}` : '',
    bitsPerSecond ? `at most ${formatRate(bitsPerSecond)}` : '',
  ]
    .filter(Boolean)
    .join(', ');
}

function describeRest({ route, status, slowMs, times }: FaultAnswer): string {
  const late = slowMs ? `${formatMs(slowMs)} late` : '';
  const effect = status ? `answers ${status}${late && `, ${late}`}` : late;
  const count = times ? `, ${times === 1 ? 'once' : `${times} times`}` : '';
  return `${route ?? 'REST'} ${effect}${count}`;
}

const formatMs = (ms: number) => (ms < 1000 ? `${ms} ms` : `${ms / 1000} s`);

function formatRate(bits: number): string {
  const [unit, factor] = bits < 1e6 ? ['kbit/s', 1e3] : bits < 1e9 ? ['Mbit/s', 1e6] : ['Gbit/s', 1e9];
  return `${Number((bits / factor).toPrecision(3))} ${unit}`;
}

const DIRECTIONS = { up: 'up (to the bridge)', down: 'down (from the bridge)', both: 'both ways' };

/** Whom it is for, which way, when it ends. */
export function faultFacts(
  { id, sessionId, uid, direction, times, until }: FaultAnswer,
  now: number,
): Fact[] {
  return [
    ['for', `${uid ?? 'everybody'} in ${sessionId ?? 'every session'}`],
    ...(direction ? [['direction', DIRECTIONS[direction]] as const] : []),
    [
      'ends',
      until === null
        ? `${afterTimes(times)}when cleared: meet fault clear ${id}`
        : formatRelative(Date.parse(until), now),
    ],
  ];
}

const afterTimes = (times?: number | null) =>
  times ? `after ${times === 1 ? 'a request' : `${times} requests`}, or ` : '';
