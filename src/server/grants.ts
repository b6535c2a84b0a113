import { hash } from 'node:crypto';
import type { Meeting } from '../core/meeting.ts';
import { createNewest } from '../core/newest.ts';
import { openingOf } from '../core/opening.ts';
import { decideJoin } from '../core/policy.ts';
import { type Entry, type GoReason, reasonToGo } from '../core/stay.ts';
import type { MeetingStore } from '../store/store.ts';
import type { Admitted } from './admission.ts';

/**
 * Who was let into which meeting lately. The emulator asks here before it makes a call token, since an auth token alone
 * opens every session.
 */
export interface Grants {
  /** Lasts as long as the identity: whoever lost the connection comes back with the same call token. */
  add(admitted: Omit<Admitted, 'expiresAt' | 'at'>): void;
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
  /** Whether whoever sits in the session with it may stay there, and come back after a lost connection. */
  mayStay(uid: string, sessionId: string, authHash: string): Promise<boolean>;
  /** The same for a meeting as it is now: why that holder has to go, or null. */
  reasonToGo(meeting: Meeting, uid: string, authHash: string): GoReason | null;
}

interface Grant extends Entry {
  readonly accessVersion: number;
  readonly key: string | undefined;
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
  const entryOf = ({ sessionId }: Meeting, authHash: string): Grant | null => {
    const identityId = holders.get(authHash);
    return (identityId !== undefined && grants.get(keyOf(identityId, sessionId))) || null;
  };
  const grantOf = (meeting: Meeting, authHash: string): Grant | null => {
    const grant = entryOf(meeting, authHash);
    return grant && grant.until > now() && grant.accessVersion === meeting.accessVersion ? grant : null;
  };
  const why = (meeting: Meeting, uid: string, authHash: string) =>
    reasonToGo(meeting, uid, entryOf(meeting, authHash));

  return {
    add({ identityId, identity, identityIssuedAt: issuedAt, identityExpiresAt, key, meeting, role }) {
      const { sessionId, accessVersion } = meeting;
      const until = identityExpiresAt;
      const grant = { identity, issuedAt, role, at: now(), accessVersion, key, until };
      grants.set(keyOf(identityId, sessionId), grant);
    },

    vouch(authToken, identityId) {
      holders.set(hash('sha256', authToken, 'base64url'), identityId);
    },

    async mayIssue(_uid, sessionId, authHash) {
      const meeting = await meetingOf(sessionId);
      if (!meeting) return true;
      const grant = grantOf(meeting, authHash);
      if (!grant) return false;
      const at = now();
      const { identity, issuedAt, key } = grant;
      // Asked anew with what was shown then: a key may have been changed, and people put out.
      return decideJoin({ meeting, identity, issuedAt, key, now: at, opening: await openingOf(meeting, at) })
        .ok;
    },

    async mayStay(uid, sessionId, authHash) {
      const meeting = await meetingOf(sessionId);
      return !meeting || why(meeting, uid, authHash) === null;
    },

    reasonToGo: why,

    async maySend(_uid, sessionId, authHash) {
      const meeting = await meetingOf(sessionId);
      return !meeting?.broadcast || grantOf(meeting, authHash)?.role === 'host';
    },
  };
}
