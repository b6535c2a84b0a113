import {
  changeMeeting,
  createInvite,
  createMeeting,
  endMeeting,
  getMeeting,
  kickPerson,
  listMeetings,
  listPeople,
  revokePerson,
  rotateKey,
} from '../../client/api.ts';
import { createAsk, expectFields, type ServerAddress } from '../../client/ask.ts';
import { MeetError } from '../../core/errors.ts';
import { parseLink } from '../../core/links.ts';
import type { Meeting } from '../../core/meeting.ts';
import { noMeeting } from '../no-meeting.ts';
import type { Created, CreateWish, Desk, Kept } from './desk.ts';

type Answer = Omit<Awaited<ReturnType<typeof changeMeeting>>, 'putOut'>;

/** A server elsewhere, asked over HTTP. */
export function openRemoteDesk(server: ServerAddress): Desk {
  const options = { baseUrl: '', fetch: createAsk(server) };
  const keep = (answer: Answer) => toKept(server.origin, answer);
  const find = async (link: string) => {
    const { sessionId } = parseLink(link);
    const facts = await getMeeting(sessionId, options).catch(error => {
      throw isMissing(error) ? noMeeting(sessionId) : error;
    });
    // Only who manages a meeting gets all of it: an older server gives the admin no more than a visitor.
    return keep(facts as Answer);
  };
  return {
    find,
    create: wish => create(server, wish, body => createMeeting(body, options)),
    list: async () => (await listMeetings(options)).meetings.map(keep),
    extend: async (link, byMs) =>
      keep(await changeMeeting(parseLink(link).sessionId, { extendBy: toDuration(byMs) }, options)),

    async end(link) {
      const before = await find(link);
      const after = await endMeeting(before.meeting.sessionId, {}, options);
      return { ...keep(after), changed: before.meeting.endedAt === null, putOut: after.putOut };
    },

    async remove(how, link, uid) {
      const remove = how === 'kick' ? kickPerson : revokePerson;
      const answer = await remove(parseLink(link).sessionId, { uid }, options);
      return { ...keep(answer), putOut: answer.putOut };
    },

    async rotate(link, { graceMs, putOut }) {
      const grace = graceMs ? { grace: toDuration(graceMs) } : {};
      const body = { ...grace, ...(putOut && { putOut }) };
      const answer = await rotateKey(parseLink(link).sessionId, body, options);
      const { meeting, base } = keep(answer);
      return { meeting: { ...meeting, oldKeyUntil: time(answer.oldLinkUntil) }, base, putOut: answer.putOut };
    },

    async invite(_kept, { sessionId, uid, name, role }, { readmit = true } = { readmit: true }) {
      // Said only where it is not the default: a server of before does not know the word.
      const body = { uid, name, role, ...(!readmit && { readmit }) };
      return expectFields(server.origin, await createInvite(sessionId, body, options), ['url']).url;
    },

    people: async sessionId => (await listPeople(sessionId, options)).people,
  };
}

/** The server's own words are for somebody who has a link in hand. */
const isMissing = (error: unknown) => error instanceof MeetError && error.code === 'MEETING_NOT_FOUND';

type Body = NonNullable<Parameters<typeof createMeeting>[0]>;
type Post = (body: Body) => ReturnType<typeof createMeeting>;

async function create(server: ServerAddress, wish: CreateWish, post: Post): Promise<Created> {
  const { created, was, ...answer } = await post(toBody(wish));
  const kept = toKept(server.origin, answer);
  wish.check?.(kept.meeting);
  return { ...kept, created, was };
}

/** What is undefined does not travel. */
function toBody({ request, options, kind }: CreateWish): Body {
  const { startsAt, expiresAt, expiresIn, allow, hosts, ...rest } = options;
  const body = {
    ...request,
    ...rest,
    ...kind,
    // Wherever the server stands, buckets and hours follow the clock here.
    zone: kind.zone ?? request.zone,
    localZone: undefined,
    allow: allow && [...allow],
    hosts: hosts && [...hosts],
    startsAt: startsAt === undefined || startsAt === null ? undefined : new Date(startsAt).toISOString(),
    expiresAt: expiresAt === undefined ? undefined : new Date(expiresAt).toISOString(),
    expiresIn: expiresIn === undefined ? undefined : toDuration(expiresIn),
  };
  return JSON.parse(JSON.stringify(body));
}

const toDuration = (ms: number) => `${ms}ms`;

const time = (iso: string | null) => (iso === null ? null : Date.parse(iso));

/** The meeting of an answer, as far as commands print it. Throws `NO_SERVER` for what is no whole meeting. */
function toKept(origin: string, answer: Answer): Kept {
  const fields = [
    'sessionId',
    'url',
    'title',
    'strategy',
    'access',
    'expiresAt',
    'createdAt',
    'allow',
  ] as const;
  const whole = expectFields(origin, answer, fields);
  const { url, startsAt, endedAt, createdAt, expiresAt, hosts = [], ...facts } = whole;
  if (!URL.canParse(url))
    throw new MeetError('NO_SERVER', `The server at ${origin} gives a link that is none.`);
  const meeting: Meeting = {
    ...facts,
    hosts,
    key: parseLink(url).key ?? null,
    createdAt: Date.parse(createdAt),
    startsAt: time(startsAt),
    expiresAt: Date.parse(expiresAt),
    endedAt: time(endedAt),
    // Not told, since only its server goes by them.
    origin: '',
    accessVersion: 0,
    oldKey: null,
    oldKeyUntil: null,
    linkBefore: null,
    removals: [],
  };
  return { meeting, base: new URL(url).origin };
}
