import { randomUUID } from 'node:crypto';
import { nanoid } from 'nanoid';
import { rotateKey } from '../../core/link-key.ts';
import { inviteUrl, parseLink } from '../../core/links.ts';
import type { Meeting } from '../../core/meeting.ts';
import { endMeeting, extendMeeting, planCreate } from '../../core/meeting-plan.ts';
import { readSchedule } from '../../core/opening.ts';
import { isRevoked, kickPerson, readmit, revokePerson } from '../../core/removal.ts';
import { namedAt, planSessionId } from '../../core/session-id.ts';
import { type State, stateOf } from '../../core/state.ts';
import type { MeetingStore } from '../../store/store.ts';
import type { Context } from '../context.ts';
import { baseUrl, findMeeting } from '../meetings.ts';
import type { Created, CreateWish, Desk } from './desk.ts';

/** The project's own store. */
export function openLocalDesk(context: Context, store: MeetingStore): Desk {
  const keep = (meeting: Meeting) => ({ meeting, base: baseUrl(context) });
  return {
    create: wish => create(context, store, wish),
    find: async link => keep(await findMeeting(store, link)),
    list: async () => (await store.list()).map(keep),

    async extend(link, byMs) {
      const now = context.now();
      return keep(
        await store.update(parseLink(link).sessionId, meeting => extendMeeting(meeting, byMs, now)),
      );
    },

    async end(link) {
      const now = context.now();
      let changed = false;
      const meeting = await store.update(parseLink(link).sessionId, before => {
        changed = before.endedAt === null;
        return endMeeting(before, now);
      });
      return { ...keep(meeting), changed, putOut: undefined };
    },

    async remove(how, link, uid) {
      const [now, change] = [context.now(), how === 'kick' ? kickPerson : revokePerson];
      const { sessionId } = parseLink(link);
      return {
        ...keep(await store.update(sessionId, before => change(before, uid, now))),
        putOut: undefined,
      };
    },

    async rotate(link, rotation) {
      const now = context.now();
      const { sessionId } = parseLink(link);
      const meeting = await store.update(sessionId, before => rotateKey(before, rotation, now, nanoid));
      return { ...keep(meeting), putOut: undefined };
    },

    async invite({ meeting, base }, plan) {
      if (isRevoked(meeting, plan.uid))
        await store.update(meeting.sessionId, before => readmit(before, [plan.uid]));
      // Only here: of all that this desk does only this needs it, and the library is large.
      const { signInvite } = await import('../../server/tokens.ts');
      const token = await signInvite({ ...plan, secret: context.folder.secret(), now: context.now() });
      return inviteUrl(base, meeting.sessionId, token);
    },
  };
}

async function create(context: Context, store: MeetingStore, wish: CreateWish): Promise<Created> {
  const now = context.now();
  const { hours, ...kind } = wish.kind;
  const schedule = hours ? await readSchedule(hours) : (hours as null | undefined);
  const plan = await planSessionId(wish.request, namedAt(now, wish.options.startsAt), randomUUID);
  let was: State | null = null;
  const { meeting, created } = await store.create(existing => {
    was = existing && stateOf(existing, now);
    const creation = planCreate(existing, plan, { ...wish.options, ...kind, schedule }, now, nanoid);
    wish.check?.(creation.meeting);
    return creation;
  }, plan.sessionId);
  return { meeting, base: baseUrl(context), created, was };
}
