import { type Bucket, bucketAt, parseBucket } from './bucket.ts';
import { MeetError } from './errors.ts';
import { STRATEGIES, type Strategy } from './meeting.ts';
import { findNearest } from './nearest.ts';
import { checkSessionId, slug } from './slug.ts';

const HOUR_MS = 3_600_000;
const ONE_OFF_MS = 24 * HOUR_MS;
/** 30 days in milliseconds: how long a standing meeting lives unless told otherwise. */
export const STANDING_MS = 30 * 24 * HOUR_MS;

/** What somebody asks for, as they typed it. */
export interface IdRequest {
  /** Default `uuid`. */
  readonly strategy?: string | undefined;
  readonly id?: string | undefined;
  readonly prefix?: string | undefined;
  /** `hour`, `day` (default), `week` or `month`. */
  readonly bucket?: string | undefined;
  /** IANA name; buckets need it. The caller passes the system's, since the core reads no environment. */
  readonly zone?: string | undefined;
}

export interface IdPlan {
  readonly sessionId: string;
  readonly strategy: Strategy;
  /** The inputs as they were typed: `a b` and `a-b` slug alike but must not share a room. */
  readonly origin: string;
  /** Whether somebody could think of the id, so that a link needs a key. */
  readonly guessable: boolean;
  readonly title: string;
  readonly defaultExpiry:
    | { readonly kind: 'lifetime'; readonly ms: number }
    | { readonly kind: 'bucket-end'; readonly at: number };
  /** Whether each create prolongs the meeting. */
  readonly renewable: boolean;
}

type Part = 'id' | 'prefix' | 'bucket';

/** Which inputs go with a strategy: needed, or allowed. An input that would be ignored is an error. */
const TAKES: Record<Strategy, Partial<Record<Part, 'needed' | 'allowed'>>> = {
  uuid: {},
  stable: { id: 'needed', prefix: 'allowed' },
  team: { id: 'needed' },
  appointment: { id: 'needed' },
  'office-hours': { prefix: 'allowed', bucket: 'allowed' },
  time: { prefix: 'needed', bucket: 'allowed' },
};

/** Throws `BAD_STRATEGY`, which lists the strategies and names the nearest. */
function parseStrategy(text: string): Strategy {
  const known = STRATEGIES.find(strategy => strategy === text);
  if (known) return known;
  const near = findNearest(text, STRATEGIES);
  throw new MeetError(
    'BAD_STRATEGY',
    `Unknown strategy ${JSON.stringify(text)}${near ? ` (did you mean ${near}?)` : ''}; choose ${STRATEGIES.join(', ')}.`,
  );
}

const LIKE: Record<Part, string> = {
  id: 'an id, like --id 42',
  prefix: 'a prefix, like --prefix standup',
  bucket: 'a bucket',
};

function checkInputs(strategy: Strategy, inputs: Record<Part, string | undefined>): void {
  for (const part of ['id', 'prefix', 'bucket'] as const) {
    const rule = TAKES[strategy][part];
    const missing = inputs[part] === undefined ? rule === 'needed' : inputs[part] === '';
    if (rule && missing) {
      throw new MeetError('BAD_ID', `Strategy ${strategy} needs ${LIKE[part]}.`);
    }
    if (!rule && inputs[part] !== undefined) {
      const takers = STRATEGIES.filter(other => TAKES[other][part]).join(', ');
      throw new MeetError(
        'BAD_REQUEST',
        `Strategy ${strategy} takes no ${part}; leave it out, or choose one of ${takers}.`,
      );
    }
  }
}

/** Titles end up in terminals, where a control character could do more than show. */
function titleOf(...words: (string | undefined)[]): string {
  return words
    .filter(Boolean)
    .join(' ')
    .replace(/\p{Cc}+/gu, ' ')
    .slice(0, 200);
}

function planUuid(sessionId: string): IdPlan {
  return {
    sessionId,
    strategy: 'uuid',
    origin: JSON.stringify({ strategy: 'uuid', id: sessionId }),
    guessable: false,
    title: 'Meeting',
    defaultExpiry: { kind: 'lifetime', ms: ONE_OFF_MS },
    renewable: false,
  };
}

function planNamed(
  strategy: 'stable' | 'team' | 'appointment',
  id: string,
  prefix: string | undefined,
): IdPlan {
  const first = { stable: prefix && slug(prefix, 'prefix'), team: 'team', appointment: 'appt' }[strategy];
  const word = { stable: prefix, team: 'Team', appointment: 'Appointment' }[strategy];
  return {
    sessionId: checkSessionId([first, slug(id, 'id')].filter(Boolean).join('-')),
    strategy,
    origin: JSON.stringify({ strategy, prefix, id }),
    guessable: true,
    title: titleOf(word, id),
    defaultExpiry: { kind: 'lifetime', ms: STANDING_MS },
    renewable: true,
  };
}

function planBucket(
  strategy: 'office-hours' | 'time',
  prefix: string | undefined,
  size: string,
  bucket: Bucket,
): IdPlan {
  return {
    sessionId: checkSessionId(`${slug(prefix ?? strategy, 'prefix')}-${bucket.label}`),
    strategy,
    origin: JSON.stringify({ strategy, prefix, bucket: size, zone: bucket.zone }),
    guessable: true,
    title: titleOf(prefix ?? 'Office hours', bucket.title),
    defaultExpiry: { kind: 'bucket-end', at: bucket.end },
    renewable: false,
  };
}

/**
 * When to plan a session id for (epoch ms): the start, where one is to come, since a meeting of Monday is Monday's, whenever
 * somebody makes it.
 */
export function namedAt(now: number, startsAt: number | null | undefined): number {
  return Math.max(now, startsAt ?? now);
}

/**
 * Works out the session id that a request means at `now` (epoch ms). Asynchronous because calendar days need a polyfill
 * that is loaded only for them. Throws `BAD_STRATEGY`, `BAD_ID`, `BAD_ZONE`, `BAD_REQUEST`.
 */
export async function planSessionId(request: IdRequest, now: number, newUuid: () => string): Promise<IdPlan> {
  const strategy = parseStrategy(request.strategy ?? 'uuid');
  const [id, prefix] = [request.id?.trim(), request.prefix?.trim()];
  checkInputs(strategy, { id, prefix, bucket: request.bucket });
  if (strategy === 'uuid') return planUuid(newUuid());
  if (strategy !== 'office-hours' && strategy !== 'time') return planNamed(strategy, id ?? '', prefix);
  if (!request.zone)
    throw new MeetError('BAD_ZONE', `Strategy ${strategy} needs a time zone; name one like Europe/Berlin.`);
  const size = parseBucket(request.bucket ?? 'day');
  return planBucket(strategy, prefix, size, await bucketAt(now, size, request.zone));
}
