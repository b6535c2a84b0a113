import type { Meeting } from '../core/meeting.ts';
import type { GoReason } from '../core/stay.ts';
import type { MeetingStore } from '../store/store.ts';
import type { Grants } from './grants.ts';

/** Somebody inside, by the SHA-256 of the auth token that vouches for them. */
interface Insider {
  readonly sessionId: string;
  readonly uid: string;
  readonly authHash: string;
}

/** Where people are inside: the emulator. CometChat's cloud lets nobody look, nor put anybody out. */
export interface Rooms {
  inside(): readonly Insider[];
  /** Answers how many were put out. */
  putOut(sessionId: string, who: Pick<Insider, 'uid' | 'authHash'>, reason: string): number;
}

/** Puts out who may not stay. It goes by what is stored, so it does not matter which process changed that. */
export interface Bouncer {
  /** Looks at one meeting now; answers how many were put out. Throws `STORE_FAILED`. */
  look(sessionId: string): Promise<number>;
  stop(): void;
}

export interface BouncerOptions {
  readonly store: Pick<MeetingStore, 'find' | 'findAll'>;
  readonly grants: Pick<Grants, 'reasonToGo'>;
  readonly rooms: Rooms;
  /** Between two looks at all meetings that have people inside, in milliseconds. */
  readonly everyMs?: number;
}

const EVERY_MS = 500;

/** What the SDK is told; our own page asks the server instead. */
const WORDS: Readonly<Record<GoReason, string>> = {
  MEETING_ENDED: 'The meeting was ended.',
  REMOVED: 'You were put out of the meeting.',
  NOT_ALLOWED: 'Who may join was changed.',
};

/** Looks around from now on. One query at a time, and none while nobody is inside. */
export function createBouncer({ store, grants, rooms, everyMs = EVERY_MS }: BouncerOptions): Bouncer {
  const review = (meeting: Meeting): number => {
    let out = 0;
    for (const { sessionId, uid, authHash } of rooms.inside()) {
      const reason = sessionId === meeting.sessionId ? grants.reasonToGo(meeting, uid, authHash) : null;
      if (reason) out += rooms.putOut(sessionId, { uid, authHash }, WORDS[reason]);
    }
    return out;
  };
  const lookAround = async () => {
    const sessionIds = [...new Set(rooms.inside().map(({ sessionId }) => sessionId))];
    if (sessionIds.length === 0) return;
    for (const meeting of await store.findAll(sessionIds)) review(meeting);
  };
  let stopped = false;
  let timer: NodeJS.Timeout;
  const wait = () => {
    if (!stopped) timer = setTimeout(() => void lookAround().catch(giveWay).then(wait), everyMs).unref();
  };
  wait();
  return {
    async look(sessionId) {
      const meeting = await store.find(sessionId);
      return meeting ? review(meeting) : 0;
    },
    stop() {
      stopped = true;
      clearTimeout(timer);
    },
  };
}

/** A database that is away says so at every request and at /readyz; here the next look may find it back. */
function giveWay(): void {}
