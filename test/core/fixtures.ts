import { MeetError } from '../../src/core/errors.ts';
import type { Identity, Meeting } from '../../src/core/meeting.ts';

export const NOW = Date.parse('2026-11-20T15:00:00Z');
export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;

export function aMeeting(changes: Partial<Meeting> = {}): Meeting {
  return {
    sessionId: 'room-42',
    strategy: 'stable',
    origin: JSON.stringify({ strategy: 'stable', prefix: 'room', id: '42' }),
    title: 'room 42',
    access: 'link',
    allow: [],
    hosts: [],
    key: 'the-right-key',
    oldKey: null,
    oldKeyUntil: null,
    linkBefore: null,
    removals: [],
    createdAt: NOW - HOUR,
    startsAt: null,
    expiresAt: NOW + DAY,
    endedAt: null,
    hours: null,
    zone: null,
    broadcast: false,
    revision: 0,
    accessVersion: 3,
    ...changes,
  };
}

export function aGuest(changes: Partial<Identity> = {}): Identity {
  return { uid: 'alice', name: 'Alice', proof: 'claimed', ...changes };
}

/** The code of the MeetError that `run` throws; anything else fails the test. */
export async function codeOf(run: () => unknown): Promise<string> {
  try {
    await run();
  } catch (error) {
    if (error instanceof MeetError) return error.code;
    throw error;
  }
  throw new Error('expected a MeetError, but nothing was thrown');
}
