import { UID_PATTERN } from '../core/access.ts';
import { ACCESSES, STRATEGIES } from '../core/meeting.ts';

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
const user = closed({ uid: { type: 'string' }, name: { type: 'string' } });

export const identityBody = closed({ uid, name: text(400), invite: text(4096) });
export const identityAnswer = closed({ token: { type: 'string' }, user, expiresAt: time });

export const adminCodeAnswer = closed({ code: { type: 'string' }, expiresAt: time });
export const adminSessionBody = closed({ code: text(100) }, ['code']);
export const adminSessionAnswer = closed({ token: { type: 'string' }, expiresAt: time });

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
  strategy: text(40),
  id: text(300),
  prefix: text(300),
  bucket: text(20),
  zone: text(100),
  title: text(300),
  startsAt: givenTime,
  expiresAt: givenTime,
  expiresIn: duration,
  ...access,
  hosts,
  hours,
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

export const inviteBody = closed({ uid: text(100), name: text(400), role, expiresIn: duration }, ['uid']);
export const inviteAnswer = closed({
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
} as const;

/** A meeting for who manages it: its url carries the key. */
export const meetingAnswer = closed({
  ...managed,
  allow: { type: 'array', items: { type: 'string' } },
  hosts: { type: 'array', items: { type: 'string' } },
  endedAt: nullableTime,
});
export const createAnswer = closed({ ...managed, created: { type: 'boolean' } });
const listed = {
  ...meetingAnswer.properties,
  opensAt: { ...nullableTime, description: 'When the door opens, if it is closed now' },
  people: {
    type: 'integer',
    nullable: true,
    description: 'How many are in it now; null where nobody can know',
  },
} as const;
export const listAnswer = closed({
  meetings: { type: 'array', items: closed(listed) },
  serverTime: time,
});

/** A meeting for who may join it; `url`, key and all, for its hosts only. */
export const factsAnswer = closed({
  ...facts,
  keyed: { type: 'boolean', description: 'Whether a link without its key, or an invite, opens nothing' },
  url: { type: 'string', description: 'The whole link, for hosts and the admin' },
  role,
  opensAt: nullableTime,
  serverTime: time,
});

export const peopleAnswer = closed({
  people: { type: 'array', items: closed({ name: { type: 'string' } }), nullable: true },
});

export const visitBody = { ...closed({ key: text(100) }), nullable: true };
export const authorizeAnswer = closed({ ok: { type: 'boolean' }, role, expiresAt: time });
export const tokenAnswer = closed({
  authToken: { type: 'string' },
  callToken: { type: 'string' },
  user,
  role,
  broadcast: { type: 'boolean' },
  cometchat: closed({
    appId: { type: 'string' },
    region: { type: 'string' },
    host: { type: 'string' },
    adminHost: { type: 'string' },
    clientHost: { type: 'string' },
  }),
});

export const eventsQuery = closed({ follow: { type: 'string', enum: ['true', 'false'] } });

export const meetingParams = closed({ id: { type: 'string', maxLength: 200 } });
