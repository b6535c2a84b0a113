import { randomUUID } from 'node:crypto';
import { nanoid } from 'nanoid';
import { MeetError } from '../../core/errors.ts';
import { describeMeeting } from '../../core/facts.ts';
import { rotateKey } from '../../core/link-key.ts';
import { inviteUrl, parseLink } from '../../core/links.ts';
import type { Meeting } from '../../core/meeting.ts';
import { endMeeting, extendMeeting, planCreate } from '../../core/meeting-plan.ts';
import { readSchedule } from '../../core/opening.ts';
import { isRevoked, kickPerson, readmit, refuseRevoked, revokePerson } from '../../core/removal.ts';
import { namedAt, planSessionId } from '../../core/session-id.ts';
import { type State, stateOf } from '../../core/state.ts';
import { creationOf, endingOf } from '../../server/webhooks/meetings.ts';
import type { MeetingStore } from '../../store/store.ts';
import type { Context } from '../context.ts';
import { baseUrl, findMeeting } from '../meetings.ts';
import type { Created, CreateWish, Desk, Insider } from './desk.ts';
import { noticeOf, recordLocal } from './local-trail.ts';

/** It is this machine that answers. */
const PATIENCE_MS = 2_000;

/** The project's own store. */
export function openLocalDesk(context: Context, store: MeetingStore): Desk {
  let base: string | undefined;
  const keep = (meeting: Meeting) => {
    base ??= readBase(context);
    return { meeting, base };
  };
  return {
    create: wish => create(context, store, wish),
    find: async link => keep(await findMeeting(store, link)),
    list: async () => (await store.list()).map(keep),

    async extend(link, byMs) {
      const now = context.now();
      const { sessionId } = parseLink(link);
      const meeting = await store.update(sessionId, before => extendMeeting(before, byMs, now));
      await recordLocal(context, store, { action: 'patch', sessionId, detail: 'extendBy' });
      return keep(meeting);
    },

    async end(link) {
      const now = context.now();
      let changed = false;
      const meeting = await store.update(
        parseLink(link).sessionId,
        before => {
          changed = before.endedAt === null;
          return endMeeting(before, now);
        },
        after => (changed ? noticeOf(context, endingOf(after)) : null),
      );
      await recordLocal(context, store, { action: 'end', sessionId: meeting.sessionId });
      return { ...keep(meeting), changed, putOut: undefined };
    },

    async remove(how, link, uid) {
      const [now, change] = [context.now(), how === 'kick' ? kickPerson : revokePerson];
      const { sessionId } = parseLink(link);
      const meeting = await store.update(sessionId, before => change(before, uid, now));
      await recordLocal(context, store, { action: how, sessionId, detail: uid });
      return { ...keep(meeting), putOut: undefined };
    },

    async rotate(link, rotation) {
      const now = context.now();
      const { sessionId } = parseLink(link);
      const meeting = await store.update(sessionId, before => rotateKey(before, rotation, now, nanoid));
      await recordLocal(context, store, { action: 'rotate-key', sessionId });
      return { ...keep(meeting), putOut: undefined };
    },

    async invite({ meeting, base }, plan, how) {
      checkSecret(context);
      if (how?.readmit === false) refuseRevoked(meeting, plan.uid);
      if (isRevoked(meeting, plan.uid))
        await store.update(meeting.sessionId, before => readmit(before, [plan.uid]));
      // Only here: of all that this desk does only this needs it, and the library is large.
      const { signInvite } = await import('../../server/tokens.ts');
      const token = await signInvite({ ...plan, secret: context.folder.secret(), now: context.now() });
      const { uid, role, sessionId, expiresAt } = plan;
      const detail = `for ${uid}, ${role}, until ${new Date(expiresAt).toISOString()}`;
      await recordLocal(context, store, { action: 'invite', sessionId, detail });
      return inviteUrl(base, meeting.sessionId, token);
    },

    people: sessionId => findPeople(context, sessionId),
  };
}

/** Asks the server that runs here. One that does not answer as it should is no reason for a command to fail. */
async function findPeople({ folder }: Context, sessionId: string): Promise<readonly Insider[] | null> {
  if (!folder.runningServer()) return null;
  const [{ findLocalServer }, { createAsk }, { listPeople }] = await Promise.all([
    import('../find-server.ts'),
    import('../../client/ask.ts'),
    import('../../client/api.ts'),
  ]);
  const origin = await findLocalServer(folder);
  if (!origin) return null;
  const ask = createAsk({ origin, adminKey: folder.adminKey() });
  const signal = AbortSignal.timeout(PATIENCE_MS);
  return listPeople(sessionId, { baseUrl: '', fetch: ask, signal }).then(
    ({ people }) => people,
    () => null,
  );
}

/** What links begin with. With a database the servers are elsewhere, and only the settings can say where. */
function readBase(context: Context): string {
  const { settings, folder, notes } = context;
  const base = baseUrl(context);
  if (settings.database && !settings.url && !folder.runningServer())
    notes.line(
      notes.style(
        'yellow',
        `Links begin with ${base}, which opens on this machine only; set the servers' MEET_URL.`,
      ),
    );
  return base;
}

/** With a database the servers are elsewhere: they refuse what is signed with a secret of this folder. */
function checkSecret({ settings: { database, secret } }: Context): void {
  if (!database || secret) return;
  throw new MeetError('BAD_CONFIG', "Invites need the servers' MEET_SECRET; set it, or use --server <url>.");
}

async function create(context: Context, store: MeetingStore, wish: CreateWish): Promise<Created> {
  const now = context.now();
  const { hours, ...kind } = wish.kind;
  const schedule = hours ? await readSchedule(hours) : (hours as null | undefined);
  const plan = await planSessionId(wish.request, namedAt(now, wish.options.startsAt), randomUUID);
  const base = readBase(context);
  let was: State | null = null;
  const { meeting, created } = await store.create(
    existing => {
      was = existing && stateOf(existing, now);
      const creation = planCreate(existing, plan, { ...wish.options, ...kind, schedule }, now, nanoid);
      wish.check?.(creation.meeting);
      return creation;
    },
    plan.sessionId,
    ({ meeting, created }) =>
      created ? noticeOf(context, creationOf(describeMeeting(meeting, base))) : null,
  );
  const { sessionId, access } = meeting;
  const detail = `${created ? 'new' : was === 'ended' ? 'reopened' : 'there before'}, access ${access}`;
  await recordLocal(context, store, { action: 'create', sessionId, detail });
  return { meeting, base, created, was };
}
