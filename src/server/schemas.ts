import { UID_PATTERN } from '../core/access.ts';
import { AUDIT_ACTIONS } from '../core/audit.ts';
import { ACCESSES, STRATEGIES } from '../core/meeting.ts';
import { STATES } from '../core/state.ts';
import { WEBHOOK_TYPES } from '../core/webhook.ts';

export const text = (maxLength: number) => ({ type: 'string', minLength: 1, maxLength }) as const;
export const time = { type: 'string', format: 'date-time' } as const;
const nullableTime = { ...time, nullable: true } as const;
// Written with an offset; core's parser says what is wrong with it.
const givenTime = { ...text(40), description: 'ISO 8601 with an offset' } as const;
export const duration = { ...text(20), description: 'Like 30m, 2h, 1d' } as const;
const uid = { type: 'string', pattern: UID_PATTERN } as const;

/** An object that answers 400 to any field that is not named here. */
export function closed<P extends object>(properties: P, required: readonly (keyof P & string)[] = []) {
  return { type: 'object', additionalProperties: false, properties, required } as const;
}

/** What we answer: all of it is there, but for what is named as optional. */
function whole<P extends object>(properties: P, optional: readonly (keyof P & string)[] = []) {
  const names = Object.keys(properties) as (keyof P & string)[];
  return closed(
    properties,
    names.filter(name => !optional.includes(name)),
  );
}

export const errorSchema = {
  $id: 'Error',
  type: 'object',
  required: ['error', 'code'],
  properties: {
    error: { type: 'string' },
    code: { type: 'string' },
    detail: { type: 'object', additionalProperties: true },
  },
} as const;

const role = { type: 'string', enum: ['guest', 'host'] } as const;
const user = whole({ uid: { type: 'string' }, name: { type: 'string' } });

export const identityBody = closed({ uid, name: text(400), invite: text(4096) });
export const identityAnswer = whole({ token: { type: 'string' }, user, expiresAt: time });

export const adminCodeAnswer = whole({ code: { type: 'string' }, expiresAt: time });
export const adminSessionBody = closed({ code: text(100) }, ['code']);
export const adminSessionAnswer = whole({ token: { type: 'string' }, expiresAt: time });

const access = {
  allow: { type: 'array', items: text(100), maxItems: 1000 },
  public: { type: 'boolean' },
} as const;

const hosts = {
  type: 'array',
  items: text(100),
  maxItems: 100,
  description: 'Uids that are host, proven by an invite or the host application; [] takes all back',
} as const;

const hours = { ...text(300), description: 'Like Mon-Fri 14:00-16:00; Sat 9:00-11:30' } as const;

export const createBody = closed({
  strategy: { ...text(40), description: STRATEGIES.join(', ') },
  id: text(300),
  prefix: text(300),
  bucket: { ...text(20), description: 'hour, day, week, month' },
  zone: text(100),
  title: text(300),
  startsAt: givenTime,
  expiresAt: givenTime,
  expiresIn: duration,
  ...access,
  hosts,
  hours: { ...hours, nullable: true },
  broadcast: { type: 'boolean' },
  reopen: { type: 'boolean' },
});

export const patchBody = closed({
  title: text(300),
  startsAt: { ...givenTime, nullable: true },
  expiresAt: givenTime,
  extendBy: duration,
  allow: { ...access.allow, nullable: true },
  public: access.public,
  hosts,
  hours: { ...hours, nullable: true },
  zone: text(100),
  broadcast: { type: 'boolean' },
});

/** Takes nothing, or an empty object. */
export const emptyBody = { ...closed({}), nullable: true };

const readmit = {
  type: 'boolean',
  description: 'False: refused for who was revoked; by default an invite lets them in again',
} as const;
export const inviteBody = closed({ uid: text(100), name: text(400), role, expiresIn: duration, readmit }, [
  'uid',
]);
export const inviteAnswer = whole({
  url: { type: 'string' },
  uid: { type: 'string' },
  role,
  expiresAt: time,
});

const facts = {
  sessionId: { type: 'string' },
  title: { type: 'string' },
  access: { type: 'string', enum: ACCESSES },
  startsAt: nullableTime,
  expiresAt: time,
  hours: { type: 'string', nullable: true },
  zone: { type: 'string', nullable: true },
  broadcast: { type: 'boolean' },
} as const;

const managed = {
  ...facts,
  url: { type: 'string' },
  strategy: { type: 'string', enum: STRATEGIES },
  revision: { type: 'integer' },
  allow: { type: 'array', items: { type: 'string' } },
  hosts: { type: 'array', items: { type: 'string' } },
  createdAt: time,
  endedAt: nullableTime,
} as const;

/** A meeting for who manages it: its url carries the key. */
const meetingAnswer = whole(managed);
export const createAnswer = whole({
  ...meetingAnswer.properties,
  created: { type: 'boolean' },
  was: {
    type: 'string',
    enum: [...STATES, null],
    nullable: true,
    description: 'What it was until now; null where it was made',
  },
});
const putOut = {
  type: 'integer',
  nullable: true,
  description: "How many were put out just now; null with CometChat's cloud, where they stay",
} as const;
/** A meeting after a change that may have put people out. */
export const changeAnswer = whole({ ...meetingAnswer.properties, putOut });
export const removalBody = closed({ uid: text(100) }, ['uid']);
export const removalAnswer = whole({ ...changeAnswer.properties, uid: { type: 'string' } });
export const rotateBody = { ...closed({ grace: duration, putOut: { type: 'boolean' } }), nullable: true };
export const rotateAnswer = whole({
  ...changeAnswer.properties,
  oldLinkUntil: { ...nullableTime, description: 'Until when the link of before works' },
});
const listed = {
  ...meetingAnswer.properties,
  opensAt: { ...nullableTime, description: 'When the door opens, if it is closed now' },
  people: {
    type: 'integer',
    nullable: true,
    description: 'How many are in it now; null where nobody can know',
  },
} as const;
export const listAnswer = whole({
  meetings: { type: 'array', items: whole(listed) },
  serverTime: time,
});

/** A meeting for who may join it; the rest, with the key of its link, for its hosts only. */
export const factsAnswer = whole(
  {
    ...managed,
    url: {
      type: 'string',
      description: 'The whole link; like all that may be missing for hosts and the admin',
    },
    keyed: { type: 'boolean', description: 'Whether a link without its key, or an invite, opens nothing' },
    role,
    opensAt: nullableTime,
    serverTime: time,
  },
  ['url', 'strategy', 'revision', 'allow', 'hosts', 'createdAt', 'endedAt'],
);

export const peopleAnswer = whole({
  people: {
    type: 'array',
    items: whole(
      {
        name: { type: 'string' },
        uid: { type: 'string', description: 'For who manages the meeting; kick and revoke go by it' },
      },
      ['uid'],
    ),
    nullable: true,
  },
});

export const visitBody = { ...closed({ key: text(100) }), nullable: true };
export const authorizeAnswer = whole({ ok: { type: 'boolean' }, role, expiresAt: time });
export const tokenAnswer = whole(
  {
    authToken: { type: 'string', description: 'Opens every session of this user; not in strict mode' },
    callToken: { type: 'string', description: 'Opens this call only; in strict mode' },
    user,
    role,
    broadcast: { type: 'boolean' },
    cometchat: whole(
      {
        appId: { type: 'string' },
        region: { type: 'string' },
        host: { type: 'string' },
        adminHost: { type: 'string' },
        clientHost: { type: 'string' },
      },
      ['host', 'adminHost', 'clientHost'],
    ),
  },
  ['authToken', 'callToken'],
);

export const eventsQuery = closed({ follow: { type: 'string', enum: ['true', 'false'] } });

export const meetingParams = closed({ id: { type: 'string', maxLength: 200 } });

export const auditQuery = closed({
  session: text(300),
  uid: text(100),
  outcome: { ...text(40), description: 'ok, denied, or a code' },
  since: givenTime,
  until: givenTime,
  limit: { type: 'string', pattern: '^[0-9]{1,4}$', description: 'At most 1000; 100 by default' },
  cursor: { ...text(40), description: 'Of the page before' },
  after: { ...text(40), description: 'An id: only what came after it' },
});
const nullableText = { type: 'string', nullable: true } as const;
export const auditAnswer = whole({
  records: {
    type: 'array',
    items: whole({
      id: { type: 'string' },
      at: time,
      action: { type: 'string', enum: AUDIT_ACTIONS },
      outcome: { type: 'string' },
      sessionId: nullableText,
      uid: nullableText,
      name: nullableText,
      proof: nullableText,
      role: nullableText,
      address: nullableText,
      requestId: nullableText,
      detail: nullableText,
      count: { type: 'integer', description: 'How often, within a minute, from the same address' },
    }),
  },
  cursor: { ...nullableText, description: 'For the next page, where there may be one' },
  serverTime: time,
});

export const webhooksAnswer = whole({
  deliveries: {
    type: 'array',
    items: whole({
      id: { type: 'string' },
      type: { type: 'string', enum: WEBHOOK_TYPES },
      sessionId: { type: 'string' },
      host: { type: 'string' },
      createdAt: time,
      nextAttempt: { ...nullableTime, description: 'Null: given up' },
      attempts: { type: 'integer' },
      reason: nullableText,
    }),
  },
});
export const retryAnswer = whole({ retried: { type: 'integer' } });
