import { randomBytes } from 'node:crypto';
import { maskSecrets } from './mask-secrets.ts';

/** What is asked of a server, as its audit trail calls it. */
export const AUDIT_ACTIONS = [
  'create',
  'patch',
  'end',
  'invite',
  'kick',
  'revoke',
  'rotate-key',
  'identity',
  'authorize',
  'token',
  'admin-code',
  'admin-session',
  // Reading leaves a row only when it is refused.
  'view',
  'list',
  'audit',
  'webhooks',
  'fault',
] as const;
export type AuditAction = (typeof AUDIT_ACTIONS)[number];

/** Refusals by a meeting that is there. All others a script can cause with names that it makes up, any number of them. */
export const BY_A_MEETING: ReadonlySet<string> = new Set([
  'NOT_ALLOWED',
  'MEETING_NOT_STARTED',
  'MEETING_EXPIRED',
  'MEETING_ENDED',
  'REMOVED',
]);

/** Something that was asked and answered. Never a token, a key or an invite. */
export interface AuditEntry {
  readonly action: AuditAction;
  /** `ok`, or the code of the refusal. */
  readonly outcome: string;
  readonly sessionId?: string | undefined;
  readonly uid?: string | undefined;
  readonly name?: string | undefined;
  /** How far we know who asked: `claimed`, `invite`, `app`, `admin`, `cli`. */
  readonly proof?: string | undefined;
  readonly role?: string | undefined;
  readonly address?: string | undefined;
  readonly requestId?: string | undefined;
  /** Why, or what exactly: the refusal's sentence, the fields that changed. */
  readonly detail?: string | undefined;
}

/** An entry as the store keeps it. */
export interface AuditRecord {
  /** Sorts by time; letters and digits only, since databases do not agree on how others sort. */
  readonly id: string;
  /** Epoch milliseconds, of the first of them. */
  readonly at: number;
  readonly action: string;
  readonly outcome: string;
  readonly sessionId: string | null;
  readonly uid: string | null;
  readonly name: string | null;
  readonly proof: string | null;
  readonly role: string | null;
  readonly address: string | null;
  readonly requestId: string | null;
  readonly detail: string | null;
  /** How often this was asked and refused alike, within a minute. */
  readonly count: number;
}

const TIME_DIGITS = 9;
const SEQUENCE_DIGITS = 4;
const SEQUENCES = 36 ** SEQUENCE_DIGITS;
const LONGEST = 300;

/** Most are: a name, a uid, an address. Too short for a token, and without a sign that there is another secret. */
const PLAIN = /^(?!.*eyj)[\w .:@-]{0,36}$/i;

const inBase36 = (value: number, digits: number) => value.toString(36).padStart(digits, '0');

/** What the ids of all records since `ms` (epoch) are not below. */
export const firstIdAt = (ms: number): string => inBase36(Math.max(0, Math.floor(ms)), TIME_DIGITS);

/** Ids in the order they are made; `tag` tells this process from all others. */
export function createAuditIds(tag: string = newTag()): (at: number) => string {
  let sequence = 0;
  return at => {
    sequence = (sequence + 1) % SEQUENCES;
    return `${firstIdAt(at)}${inBase36(sequence, SEQUENCE_DIGITS)}${tag}`;
  };
}

/** 40 random bits, in 8 characters. */
const newTag = (): string =>
  BigInt(`0x${randomBytes(5).toString('hex')}`)
    .toString(36)
    .padStart(8, '0');

/** As it was said, but for what no database takes (NUL, half a character), what is a token, and what is endless. */
export function toPlainText(text: string): string {
  if (PLAIN.test(text)) return text;
  const whole = Buffer.from(text.slice(0, LONGEST)).toString();
  return maskSecrets(whole.replaceAll('\0', '\ufffd'));
}

const toText = (text: string | undefined) => (text === undefined ? null : toPlainText(text));

/** The record of an entry that was answered at `at` (epoch ms). */
export function toRecord(entry: AuditEntry, id: string, at: number): AuditRecord {
  return {
    id,
    at,
    action: entry.action,
    outcome: entry.outcome,
    sessionId: toText(entry.sessionId),
    uid: toText(entry.uid),
    name: toText(entry.name),
    proof: entry.proof ?? null,
    role: entry.role ?? null,
    address: toText(entry.address),
    requestId: toText(entry.requestId),
    detail: toText(entry.detail),
    count: 1,
  };
}
