import { createHash } from 'node:crypto';
import type { Meeting, Role } from '../core/meeting.ts';
import { openingOf } from '../core/opening.ts';
import type { MeetingStore } from '../store/store.ts';

/**
 * Who was let into which meeting lately. The emulator asks here before it makes a call token, since an auth token alone
 * opens every session.
 */
export interface Grants {
  /** Lasts as long as the identity: whoever lost the connection comes back with the same call token. */
  add(admitted: Grantee): void;
  /** Notes that this auth token was given to the holder of this identity token, and to nobody else. */
  vouch(authToken: string, identityId: string): void;
  /**
   * Whether the holder of an auth token, named by its SHA-256 in base64url, may have a call token now. Not the uid
   * decides: where uids are claimed, anybody can get an auth token of alice's. Sessions that are not our meetings are
   * nobody's secret here.
   */
  mayIssue(uid: string, sessionId: string, authHash: string): Promise<boolean>;
  /** Whether what that holder sends is for the others: in a broadcast only what hosts send. */
  maySend(uid: string, sessionId: string, authHash: string): Promise<boolean>;
}

interface Grantee {
  readonly identityId: string;
  readonly identityExpiresAt: number;
  readonly meeting: Pick<Meeting, 'sessionId' | 'accessVersion'>;
  readonly role: Role;
}

interface Grant {
  readonly accessVersion: number;
  readonly role: Role;
  readonly until: number;
}

/** Keeps the newest `capacity` grants, in memory: a restart only means authorizing again. */
export function createGrants(options: {
  readonly store: MeetingStore;
  readonly now: () => number;
  readonly capacity?: number;
}): Grants {
  const { store, now, capacity = 10_000 } = options;
  const grants = createNewest<Grant>(capacity);
  const holders = createNewest<string>(capacity);
  const keyOf = (identityId: string, sessionId: string) => `${sessionId}/${identityId}`;
  // Rooms fold case, and so must the question: TEAM-1 would be no meeting of ours, and lead into team-1.
  const meetingOf = (sessionId: string) => store.find(sessionId.normalize('NFKC').trim().toLowerCase());
  const grantOf = (meeting: Meeting, authHash: string): Grant | null => {
    const identityId = holders.get(authHash);
    const grant = identityId === undefined ? undefined : grants.get(keyOf(identityId, meeting.sessionId));
    return grant && grant.until > now() && grant.accessVersion === meeting.accessVersion ? grant : null;
  };

  return {
    add({ identityId, identityExpiresAt, meeting, role }) {
      const { sessionId, accessVersion } = meeting;
      grants.set(keyOf(identityId, sessionId), { accessVersion, role, until: identityExpiresAt });
    },

    vouch(authToken, identityId) {
      holders.set(createHash('sha256').update(authToken).digest('base64url'), identityId);
    },

    async mayIssue(_uid, sessionId, authHash) {
      const meeting = await meetingOf(sessionId);
      if (!meeting) return true;
      const at = now();
      if (meeting.endedAt !== null || meeting.expiresAt <= at) return false;
      if ((await openingOf(meeting, at))?.open === false) return false;
      return grantOf(meeting, authHash) !== null;
    },

    async maySend(_uid, sessionId, authHash) {
      const meeting = await meetingOf(sessionId);
      return !meeting?.broadcast || grantOf(meeting, authHash)?.role === 'host';
    },
  };
}

/** A map that forgets its oldest entry when it is full. */
function createNewest<Value>(capacity: number) {
  const entries = new Map<string, Value>();
  return {
    get: (key: string) => entries.get(key),
    set(key: string, value: Value) {
      // A Map keeps the order of insertion, so the first key is the oldest.
      entries.delete(key);
      entries.set(key, value);
      const oldest = entries.size > capacity ? entries.keys().next().value : undefined;
      if (oldest !== undefined) entries.delete(oldest);
    },
  };
}
