import { nanoid } from 'nanoid';
import { rotateKey } from '../../../src/core/link-key.ts';
import type { Meeting } from '../../../src/core/meeting.ts';
import { kickPerson, revokePerson } from '../../../src/core/removal.ts';
import { ADMIN_KEY, type Harness, HOUR, NOON } from '../harness.ts';
import type { Access, Key, Situation } from './oracle.ts';

const MINUTE = 60_000;
const iso = (ms: number) => new Date(ms).toISOString();

/** Before any token was made, and any case is tried. */
const MADE = NOON - 12 * HOUR;

/** A day that was a Friday; its meetings are tried at these times. */
const LIVES: Record<Situation, { body?: object; at: number; end?: boolean; reopen?: boolean }> = {
  'a minute before the door opens': { body: { startsAt: iso(NOON + 11 * MINUTE) }, at: NOON },
  'as the door opens, before the start': { body: { startsAt: iso(NOON + 10 * MINUTE) }, at: NOON },
  'in the middle': { body: { startsAt: iso(NOON - HOUR), expiresAt: iso(NOON + HOUR) }, at: NOON },
  'in its last second': { body: { expiresAt: iso(NOON + 1000) }, at: NOON },
  'as it expires': { body: { expiresAt: iso(NOON) }, at: NOON },
  ended: { at: NOON, end: true },
  'ended and expired': { body: { expiresAt: iso(NOON) }, at: NOON, end: true },
  'ended and reopened': { at: NOON, end: true, reopen: true },
  'in its hours': { body: { hours: 'Fri 09:00-17:00', zone: 'UTC' }, at: NOON },
  'between its hours': { body: { hours: 'Fri 09:00-17:00', zone: 'UTC' }, at: NOON + 6 * HOUR },
  'after its last hours': {
    body: { hours: 'Fri 09:00-17:00', zone: 'UTC', expiresAt: iso(NOON + 12 * HOUR) },
    at: NOON + 6 * HOUR,
  },
  unknown: { at: NOON },
};

const ACCESSES: Record<Access, object> = {
  link: {},
  rotated: {},
  allow: { allow: ['lisa', 'kim', 'rex'] },
  public: { public: true },
};

export interface Room {
  readonly sessionId: string;
  readonly at: number;
  readonly accessVersion: number;
  readonly keys: Readonly<Record<Key, string | undefined>>;
}

/** A meeting for each access and situation, as the admin makes it; the clock is where its cases are tried after. */
export async function makeRoom(harness: Harness, access: Access, situation: Situation): Promise<Room> {
  const { body, at, end, reopen } = LIVES[situation];
  const admin = harness.as(ADMIN_KEY);
  const made = {
    strategy: 'stable',
    prefix: access,
    id: situation,
    hosts: ['hanna'],
    ...ACCESSES[access],
    ...body,
  };
  harness.clock.now = MADE;
  const { sessionId } = (await admin('POST', '/api/meetings', made)).body;
  const change = (to: (meeting: Meeting) => Meeting) => harness.store.update(sessionId, to);
  const { key: old } = await change(meeting => {
    const removed = revokePerson(kickPerson(meeting, 'kim', NOON - HOUR), 'rex', NOON - HOUR);
    // Who was revoked is off every list; here the others' invites are to have been made before that.
    return { ...removed, accessVersion: meeting.accessVersion + 1 };
  });
  if (access === 'link' || access === 'rotated') await change(meeting => rotate(meeting, access, at));
  harness.clock.now = MADE + MINUTE;
  if (end) await admin('POST', `/api/meetings/${sessionId}/end`);
  if (reopen) await admin('POST', '/api/meetings', { ...made, reopen: true });
  harness.clock.now = at;
  const { key, accessVersion } = await change(meeting => meeting);
  const keys = { right: key ?? undefined, wrong: nanoid(), none: undefined, old: old ?? undefined };
  return { sessionId: situation === 'unknown' ? 'room-nowhere' : sessionId, at, accessVersion, keys };
}

/** The grace of the old key is in its last millisecond, or was. */
function rotate(meeting: Meeting, access: Access, at: number): Meeting {
  const until = access === 'link' ? at + 1 : at;
  return rotateKey(meeting, { graceMs: until - MADE }, MADE, nanoid);
}
