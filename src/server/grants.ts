import type { Identity, Meeting } from '../core/meeting.ts';
import type { MeetingStore } from '../store/store.ts';

/**
 * Who was let into which meeting lately. The emulator asks here before it makes a call token, since an auth token alone
 * opens every session.
 */
export interface Grants {
  /** Lasts as long as the identity: whoever lost the connection comes back with the same call token. */
  add(admitted: Grantee): void;
  /** Whether this user may have a call token now. Sessions that are not our meetings are nobody's secret here. */
  mayIssue(uid: string, sessionId: string): Promise<boolean>;
}

interface Grantee {
  readonly identity: Pick<Identity, 'uid'>;
  readonly identityExpiresAt: number;
  readonly meeting: Pick<Meeting, 'sessionId' | 'accessVersion'>;
}

interface Grant {
  readonly accessVersion: number;
  readonly until: number;
}

/** Keeps the newest `capacity` grants, in memory: a restart only means authorizing again. */
export function createGrants(options: {
  readonly store: MeetingStore;
  readonly now: () => number;
  readonly capacity?: number;
}): Grants {
  const { store, now, capacity = 10_000 } = options;
  const grants = new Map<string, Grant>();
  const keyOf = (uid: string, sessionId: string) => `${sessionId}/${uid}`;

  return {
    add({ identity, identityExpiresAt, meeting }) {
      const key = keyOf(identity.uid, meeting.sessionId);
      // A Map keeps the order of insertion, so the first key is the oldest grant.
      grants.delete(key);
      grants.set(key, { accessVersion: meeting.accessVersion, until: identityExpiresAt });
      const oldest = grants.size > capacity ? grants.keys().next().value : undefined;
      if (oldest !== undefined) grants.delete(oldest);
    },

    async mayIssue(uid, sessionId) {
      // Rooms fold case, and so must the question: TEAM-1 would be no meeting of ours, and lead into team-1.
      const meeting = await store.find(sessionId.normalize('NFKC').trim().toLowerCase());
      if (!meeting) return true;
      const at = now();
      if (meeting.endedAt !== null || meeting.expiresAt <= at) return false;
      const grant = grants.get(keyOf(uid, meeting.sessionId));
      return grant !== undefined && grant.until > at && grant.accessVersion === meeting.accessVersion;
    },
  };
}
