import { getFacts, type MeetingFacts } from './api.ts';
import { Failure, toFailure } from './failure.ts';
import { type Identity, recallIdentity, requestIdentity } from './identity.ts';
import type { PageLink } from './link.ts';
import { recallName } from './remembered-name.ts';

const NAMELESS = 'Guest';

export interface OpenDoor {
  readonly facts: MeetingFacts;
  readonly identity: Identity | null;
}

/**
 * Looks through the door before any camera opens: the meeting's facts, and whether this server admits us at all. Throws a
 * `Failure`.
 */
export async function lookThroughDoor(link: PageLink): Promise<OpenDoor> {
  const identity = identifyEarly(link);
  // An invite opens meetings whose facts are not for everybody; all others need not wait for an identity.
  const token = link.invite ? (await identity)?.token : recallIdentity(link, Date.now())?.token;
  const facts = getFacts(link.sessionId, { token, key: link.key }).catch(error => {
    throw toFailure(error, 'facts');
  });
  const [known, found] = await Promise.all([identity, facts]);
  refuseEarly(found);
  return { identity: known, facts: found };
}

/** Asked for beside the facts: a server without guests says so at once, and a proposed name needs no second request. */
async function identifyEarly(link: PageLink): Promise<Identity | null> {
  const known = recallIdentity(link, Date.now());
  if (known) return known;
  try {
    return await requestIdentity(link, link.as ?? recallName() ?? NAMELESS);
  } catch (error) {
    const failure = toFailure(error, 'identity');
    if (link.invite || failure.code === 'GUESTS_OFF') throw failure;
    // Anything else may have passed by the time that somebody presses Join.
    return null;
  }
}

/** The facts are readable before the start, the call is not: say so now instead of after a click. */
function refuseEarly({ startsAt, opensAt }: MeetingFacts): void {
  if (opensAt) throw new Failure('MEETING_NOT_STARTED', 'facts', '', { startsAt, opensAt });
}

/** What to write into the name field: the name that this tab had, the proposed one, or the one that this device knows. */
export function proposedName({ as }: PageLink, identity: Identity | null): string {
  const known = identity?.user.name;
  return known && known !== NAMELESS ? known : (as ?? recallName() ?? '');
}
