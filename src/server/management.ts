import { randomUUID } from 'node:crypto';
import { nanoid } from 'nanoid';
import { parseDuration } from '../core/duration.ts';
import { MeetError } from '../core/errors.ts';
import { describeMeeting, type MeetingFacts } from '../core/facts.ts';
import { planInvite } from '../core/invite-plan.ts';
import type { KindWish } from '../core/kind.ts';
import { inviteUrl } from '../core/links.ts';
import type { Meeting, Role } from '../core/meeting.ts';
import { type Creation, endMeeting, patchMeeting, planCreate } from '../core/meeting-plan.ts';
import { openingOf, readSchedule } from '../core/opening.ts';
import { doorOpensAt } from '../core/policy.ts';
import { isRevoked, readmit, refuseRevoked } from '../core/removal.ts';
import { namedAt, planSessionId } from '../core/session-id.ts';
import { type State, stateOf } from '../core/state.ts';
import { parseInstant } from '../core/time.ts';
import type { Notice } from '../core/webhook.ts';
import { checkZone } from '../core/zone.ts';
import type { AppContext } from './context.ts';
import { cleanName } from './identity.ts';
import { checkInvite, checkPatch, checkReadmission, type Manager } from './managers.ts';
import type { CreateRequest, InviteRequest, PatchRequest } from './requests.ts';
import { signInvite } from './tokens.ts';
import { creationOf, endingOf } from './webhooks/meetings.ts';

export interface ManagedFacts extends MeetingFacts {
  readonly allow: readonly string[];
  readonly hosts: readonly string[];
  readonly createdAt: string;
  readonly endedAt: string | null;
}

export interface ListedFacts extends ManagedFacts {
  /** When the door opens, if it is closed now and will open. */
  readonly opensAt: string | null;
  /** How many are in it now; null with the cloud, which tells nobody. */
  readonly people: number | null;
}

const maybe = <T, R>(value: T | undefined, read: (value: T) => R): R | undefined =>
  value === undefined ? undefined : read(value);

/** As for the CLI: what names no zone follows the clock on this machine's wall. */
const localZone = () => Intl.DateTimeFormat().resolvedOptions().timeZone;

/** What a request says about the kind of meeting. Throws `BAD_TIME`, `BAD_ZONE`. */
async function readKind({ hours, zone, broadcast }: PatchRequest): Promise<KindWish> {
  return {
    schedule: hours ? await readSchedule(hours) : (hours as null | undefined),
    zone: zone === undefined ? undefined : await checkZone(zone),
    localZone: hours ? localZone() : undefined,
    broadcast,
  };
}

/** A meeting for who manages it, with the key of its link. */
export function manage(context: AppContext, meeting: Meeting): ManagedFacts {
  return {
    ...describeMeeting(meeting, context.baseUrl),
    allow: meeting.allow,
    hosts: meeting.hosts,
    createdAt: new Date(meeting.createdAt).toISOString(),
    endedAt: meeting.endedAt === null ? null : new Date(meeting.endedAt).toISOString(),
  };
}

/** Creates, or finds and updates, what the request means. Throws what `planSessionId` and `planCreate` throw. */
export async function createMeeting(
  context: AppContext,
  request: CreateRequest,
): Promise<ManagedFacts & { created: boolean; was: State | null }> {
  const { strategy, id, prefix, bucket, title, allow, hosts, reopen } = request;
  const now = context.now();
  const zone = request.zone ?? localZone();
  const startsAt = maybe(request.startsAt, parseInstant);
  const named = { strategy, id, prefix, bucket, zone };
  const plan = await planSessionId(named, namedAt(now, startsAt), randomUUID);
  const options = {
    title,
    allow,
    hosts,
    reopen,
    public: request.public,
    ...(await readKind(request)),
    startsAt,
    expiresAt: maybe(request.expiresAt, parseInstant),
    expiresIn: maybe(request.expiresIn, parseDuration),
  };
  let was: State | null = null;
  const { meeting, created } = await context.store.create(
    existing => {
      was = existing && stateOf(existing, now);
      return planCreate(existing, plan, options, now, nanoid);
    },
    plan.sessionId,
    creation => tellOfCreation(context, creation),
  );
  if (created) context.audit.wake();
  return { ...manage(context, meeting), created, was };
}

function tellOfCreation({ audit, baseUrl }: AppContext, { meeting, created }: Creation): Notice | null {
  return created ? audit.notice(creationOf(describeMeeting(meeting, baseUrl))) : null;
}

/** All meetings, and the server's clock to compare their times with. */
export async function listMeetings(
  context: AppContext,
): Promise<{ meetings: ListedFacts[]; serverTime: string }> {
  const now = context.now();
  const meetings = await context.store.list();
  return {
    meetings: await Promise.all(meetings.map(meeting => listOne(context, meeting, now))),
    serverTime: new Date(now).toISOString(),
  };
}

async function listOne(context: AppContext, meeting: Meeting, now: number): Promise<ListedFacts> {
  const isOver = meeting.endedAt !== null || meeting.expiresAt <= now;
  const opensAt = isOver ? null : doorOpensAt(meeting, await openingOf(meeting, now), now);
  return {
    ...manage(context, meeting),
    opensAt: opensAt === null ? null : new Date(opensAt).toISOString(),
    people: context.presence?.(meeting.sessionId).length ?? null,
  };
}

/** Throws `MEETING_NOT_FOUND`, `NOT_ALLOWED` for what only the admin changes, and what `patchMeeting` throws. */
export async function patchOne(
  context: AppContext,
  id: string,
  request: PatchRequest,
  manager: Manager,
): Promise<ManagedFacts> {
  checkPatch(manager, request);
  const now = context.now();
  const patch = {
    title: request.title,
    allow: request.allow,
    hosts: request.hosts,
    public: request.public,
    ...(await readKind(request)),
    startsAt: maybe(request.startsAt, text => (text === null ? null : parseInstant(text))),
    expiresAt: maybe(request.expiresAt, parseInstant),
    extendBy: maybe(request.extendBy, parseDuration),
  };
  const change = (meeting: Meeting) => {
    checkReadmission(manager, meeting, patch.allow ?? []);
    return patchMeeting(meeting, patch, now);
  };
  return manage(context, await context.store.update(id, change));
}

/** Throws `MEETING_NOT_FOUND`. */
export async function endOne(context: AppContext, id: string): Promise<ManagedFacts> {
  const now = context.now();
  const meeting = await context.store.update(
    id,
    before => endMeeting(before, now),
    (after, before) => (before.endedAt === null ? context.audit.notice(endingOf(after)) : null),
  );
  context.audit.wake();
  return manage(context, meeting);
}

export interface InviteAnswer {
  readonly url: string;
  readonly uid: string;
  readonly role: Role;
  readonly expiresAt: string;
}

/** Signs an invite. Throws `MEETING_NOT_FOUND`, `NOT_ALLOWED` for what only the admin gives, and what `planInvite` throws. */
export async function inviteOne(
  context: AppContext,
  id: string,
  request: InviteRequest,
  manager: Manager,
): Promise<InviteAnswer> {
  const now = context.now();
  const meeting = await context.store.find(id);
  if (!meeting) throw new MeetError('MEETING_NOT_FOUND', 'There is no meeting with this id; check it.');
  const { uid, role } = request;
  const wish = {
    uid,
    role,
    name: maybe(request.name, cleanName),
    expiresIn: maybe(request.expiresIn, parseDuration),
  };
  const plan = planInvite(meeting, wish, now);
  checkInvite(context, manager, meeting, plan);
  if (request.readmit === false) refuseRevoked(meeting, plan.uid);
  if (isRevoked(meeting, plan.uid)) await context.store.update(id, before => readmit(before, [plan.uid]));
  const token = await signInvite({ ...plan, secret: context.secret, now });
  return {
    url: inviteUrl(context.baseUrl, plan.sessionId, token),
    uid: plan.uid,
    role: plan.role,
    expiresAt: new Date(plan.expiresAt).toISOString(),
  };
}
