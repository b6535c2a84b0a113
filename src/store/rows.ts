import type { AuditRecord } from '../core/audit.ts';
import type { Access, Meeting, Strategy } from '../core/meeting.ts';
import type { WebhookType } from '../core/webhook.ts';

/** A meeting as the database has it. Times are epoch milliseconds, lists of uids are JSON, yes is 1. */
export interface MeetingRow {
  session_id: string;
  strategy: Strategy;
  origin: string;
  title: string;
  access: Access;
  allowed_uids: string;
  key: string | null;
  old_key: string | null;
  old_key_until: number | null;
  link_before: number | null;
  removals: string;
  created_at: number;
  starts_at: number | null;
  expires_at: number;
  ended_at: number | null;
  access_version: number;
  hours: string | null;
  zone: string | null;
  broadcast: number;
  revision: number;
  host_uids: string;
}

/** An audit record as the database has it; its id sorts by time. */
export interface AuditRow {
  id: string;
  at: number;
  action: string;
  outcome: string;
  denied: number;
  session_id: string | null;
  uid: string | null;
  name: string | null;
  proof: string | null;
  role: string | null;
  address: string | null;
  request_id: string | null;
  detail: string | null;
  times: number;
}

export const AUDIT_COLUMNS = [
  'id',
  'at',
  'action',
  'outcome',
  'denied',
  'session_id',
  'uid',
  'name',
  'proof',
  'role',
  'address',
  'request_id',
  'detail',
  'times',
] as const satisfies readonly (keyof AuditRow)[];

/** How often something happened, until `ends_at`. */
export interface CounterRow {
  name: string;
  hits: number;
  ends_at: number;
}

/** A one-time code, the one alive of its name. */
export interface CodeRow {
  name: string;
  hash: string;
  expires_at: number;
}

/** An event of a change, for whoever is to be told. */
export interface NoticeRow {
  id: string;
  type: WebhookType;
  session_id: string;
  /** JSON. */
  data: string;
  at: number;
}

/** A server that lives until then, unless it says so again. */
export interface ServerRow {
  id: string;
  secret_mark: string;
  admin_mark: string;
  until: number;
}

export interface OutboxRow {
  id: string;
  event_id: string;
  type: string;
  session_id: string;
  receiver: string;
  host: string;
  body: string;
  created_at: number;
  due_at: number | null;
  attempts: number;
  reason: string | null;
  retried_at: number | null;
}

export interface Schema {
  counters: CounterRow;
  meetings: MeetingRow;
  audit: AuditRow;
  codes: CodeRow;
  notices: NoticeRow;
  outbox: OutboxRow;
  servers: ServerRow;
}

export const deniedOf = ({ outcome }: AuditRecord): number => Number(outcome !== 'ok');

/** What goes into a row's columns, in their order. */
export function auditValues(record: AuditRecord): readonly AuditRow[keyof AuditRow][] {
  const { id, at, action, outcome, sessionId, uid, name, proof, role, address, requestId, detail, count } =
    record;
  const before = [id, at, action, outcome, deniedOf(record)];
  return [...before, sessionId, uid, name, proof, role, address, requestId, detail, count];
}

export function toRow(meeting: Meeting): MeetingRow {
  return {
    session_id: meeting.sessionId,
    strategy: meeting.strategy,
    origin: meeting.origin,
    title: meeting.title,
    access: meeting.access,
    allowed_uids: JSON.stringify(meeting.allow),
    key: meeting.key,
    old_key: meeting.oldKey,
    old_key_until: meeting.oldKeyUntil,
    link_before: meeting.linkBefore,
    removals: JSON.stringify(meeting.removals),
    created_at: meeting.createdAt,
    starts_at: meeting.startsAt,
    expires_at: meeting.expiresAt,
    ended_at: meeting.endedAt,
    access_version: meeting.accessVersion,
    hours: meeting.hours,
    zone: meeting.zone,
    broadcast: Number(meeting.broadcast),
    revision: meeting.revision,
    host_uids: JSON.stringify(meeting.hosts),
  };
}

export function toMeeting(row: MeetingRow): Meeting {
  return {
    sessionId: row.session_id,
    strategy: row.strategy,
    origin: row.origin,
    title: row.title,
    access: row.access,
    allow: JSON.parse(row.allowed_uids),
    key: row.key,
    oldKey: row.old_key,
    oldKeyUntil: row.old_key_until,
    linkBefore: row.link_before,
    removals: JSON.parse(row.removals),
    createdAt: row.created_at,
    startsAt: row.starts_at,
    expiresAt: row.expires_at,
    endedAt: row.ended_at,
    accessVersion: row.access_version,
    hours: row.hours,
    zone: row.zone,
    broadcast: row.broadcast === 1,
    revision: row.revision,
    hosts: JSON.parse(row.host_uids),
  };
}
