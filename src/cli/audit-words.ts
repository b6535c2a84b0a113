import type { AuditRecord } from '../core/audit.ts';
import type { Output } from './context.ts';
import type { Cell } from './fit-table.ts';
import { formatInstant } from './format-time.ts';
import { cut } from './table.ts';

// What would do something to a terminal, or make one name read as another. Names are anybody's to choose.
const HARMFUL = /[\p{Cc}\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu;

/** A text of somebody else's, for the terminal. */
export const harmless = (text: string): string => text.replace(HARMFUL, '\ufffd');

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
export const STEADY_WIDTHS = { ANSWER: 18, ASKED: 9, MEETING: 16, WHO: 20, FROM: 15, WHY: 0 } as const;

/** A record as a row of a table. */
export function describeRecord(record: AuditRecord, style: Output['style']): Record<string, Cell> {
  const { at, action, outcome, count, sessionId, address, detail } = record;
  const cell = (text: string | null, look?: Parameters<Output['style']>[0]): Cell => ({
    text: harmless(text ?? ''),
    style: look ? word => style(look, word) : word => word,
  });
  const answer = count > 1 ? `${outcome} ×${count}` : outcome;
  return {
    [`WHEN (${formatInstant(at).split(' ')[2]})`]: cell(timeOf(at), 'dim'),
    ANSWER: cell(answer, outcome === 'ok' ? 'green' : 'red'),
    ASKED: cell(action),
    MEETING: cell(sessionId && cut(sessionId, 40), 'bold'),
    WHO: cell(whoOf(record)),
    FROM: cell(address, 'dim'),
    WHY: cell(detail, 'dim'),
  };
}

/** `Alice (alice, host)`; a guest's own word gets a question mark. The uid is whole, since kick and revoke go by it. */
function whoOf(record: AuditRecord): string {
  const { proof, role } = record;
  if (record.uid === null) return proof ?? 'nobody';
  const { uid } = record;
  const name = record.name === uid ? null : record.name && cut(record.name, 20);
  const sure = proof === 'claimed' || proof === null ? `${uid}?` : uid;
  const marks = [...(name !== null ? [sure] : []), ...(role === 'host' ? ['host'] : [])];
  const first = name ?? sure;
  return marks.length > 0 ? `${first} (${marks.join(', ')})` : first;
}
