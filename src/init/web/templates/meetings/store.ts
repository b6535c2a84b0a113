import { randomUUID } from 'node:crypto';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';

export interface Meeting {
  /** Of the session too. Made here, never in a browser; lower-case, as the SDK joins no other. */
  id: string;
  /** The uids that may join; null: whoever is logged in. */
  allow: string[] | null;
  /** Milliseconds since 1970. A meeting without an end would let everybody in for ever. */
  expiresAt: number;
}

/** A file does for one server of a small app. Put your database behind these two functions where there is more. */
const FILE = process.env.MEETINGS_FILE ?? '.meetings.json';
const LIFETIME_MS = 24 * 60 * 60 * 1000;
/** Ended ones stay known for a while, so that their links can say so. */
const MEMORY_MS = 30 * LIFETIME_MS;

export function createMeeting(allow: string[] | null): Meeting {
  const now = Date.now();
  const meeting = { id: randomUUID(), allow, expiresAt: now + LIFETIME_MS };
  const others = readMeetings().filter(({ expiresAt }) => expiresAt > now - MEMORY_MS);
  // Renamed into its place, so that nobody reads half a file.
  writeFileSync(`${FILE}.new`, JSON.stringify([...others, meeting]), { mode: 0o600 });
  renameSync(`${FILE}.new`, FILE);
  return meeting;
}

export function findMeeting(id: string): Meeting | null {
  return readMeetings().find(meeting => meeting.id === id) ?? null;
}

function readMeetings(): Meeting[] {
  return existsSync(FILE) ? JSON.parse(readFileSync(FILE, 'utf8')) : [];
}
