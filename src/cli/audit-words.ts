import type { AuditRecord } from '../core/audit.ts';
import type { Output } from './context.ts';
import { formatInstant } from './format-time.ts';
import { cut } from './table.ts';

// What would do something to a terminal, or make one name read as another. Names are anybody's to choose.
const HARMFUL = /[\p{Cc}\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu;

/** A text of somebody else's, for the terminal. */
const harmless = (text: string): string => text.replace(HARMFUL, '\ufffd');

/** JSON for the terminal: the control characters that JSON itself leaves as they are, escaped. */
export function harmlessJson(value: unknown): string {
  const escaped = (letter: string) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`;
  return JSON.stringify(value).replace(HARMFUL, escaped);
}

const two = (n: number) => String(n).padStart(2, '0');

/** The wall clock here, to the second. */
function timeOf(ms: number): string {
  const date = new Date(ms);
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  return `${day} ${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
}

/** Where rows come one by one: what most of them need, so that the columns rarely have to grow. */
export const STEADY_WIDTHS = { ANSWER: 18, ASKED: 9, MEETING: 16, WHO: 20, FROM: 15 } as const;

export interface RecordStyle {
  readonly style: Output['style'];
  /** The most characters of the reason. */
  readonly reason: number;
}

/** A record as a row of a table. */
export function describeRecord(record: AuditRecord, { style, reason }: RecordStyle): Record<string, string> {
  const { at, action, outcome, count, sessionId, address, detail } = record;
  const cell = (text: string | null, most: number) => cut(harmless(text ?? ''), most);
  const answer = cell(count > 1 ? `${outcome} ×${count}` : outcome, 32);
  return {
    [`WHEN (${formatInstant(at).split(' ')[2]})`]: style('dim', timeOf(at)),
    ANSWER: style(outcome === 'ok' ? 'green' : 'red', answer),
    ASKED: cell(action, 20),
    MEETING: style('bold', cell(sessionId, 40)),
    // Cut before, so that a long name cannot push out the mark that it is nobody's proven one.
    WHO: cell(whoOf(record), 60),
    FROM: style('dim', cell(address, 39)),
    WHY: style('dim', cut(harmless(detail ?? ''), reason)),
  };
}

/** `Alice (alice, host)`; a guest's own word gets a question mark. */
function whoOf(record: AuditRecord): string {
  const { proof, role } = record;
  if (record.uid === null) return proof ?? 'nobody';
  const [uid, name] = [
    cut(record.uid, 20),
    record.name === record.uid ? null : record.name && cut(record.name, 20),
  ];
  const sure = proof === 'claimed' || proof === null ? `${uid}?` : uid;
  const marks = [...(name !== null ? [sure] : []), ...(role === 'host' ? ['host'] : [])];
  const first = name ?? sure;
  return marks.length > 0 ? `${first} (${marks.join(', ')})` : first;
}
