import type { Access, Strategy } from '../../src/core/meeting.ts';

export type Field =
  | 'title'
  | 'strategy'
  | 'id'
  | 'prefix'
  | 'bucket'
  | 'zone'
  | 'access'
  | 'allow'
  | 'startsAt'
  | 'expiry'
  | 'expiresAt'
  | 'hours'
  | 'broadcast'
  | 'reopen';

/** The form as it was filled in; what is not shown is empty. */
export interface CreateForm extends Readonly<Record<Exclude<Field, 'broadcast' | 'reopen'>, string>> {
  readonly strategy: Strategy;
  readonly access: Access;
  readonly broadcast: boolean;
  readonly reopen: boolean;
}

/** What `POST /api/meetings` takes. */
export interface CreateBody {
  readonly strategy: Strategy;
  readonly title?: string;
  readonly id?: string;
  readonly prefix?: string;
  readonly bucket?: string;
  readonly zone?: string;
  readonly allow?: readonly string[];
  readonly public?: boolean;
  readonly startsAt?: string;
  readonly expiresIn?: string;
  readonly expiresAt?: string;
  readonly hours?: string;
  readonly broadcast?: boolean;
  readonly reopen?: boolean;
}

type Part = 'id' | 'prefix' | 'bucket' | 'zone';
type Need = 'needed' | 'optional';

/** Which fields a kind of meeting has, as src/core/session-id.ts checks them. */
export const PARTS: Readonly<Record<Strategy, Readonly<Partial<Record<Part, Need>>>>> = {
  uuid: {},
  stable: { id: 'needed', prefix: 'optional' },
  team: { id: 'needed' },
  appointment: { id: 'needed' },
  'office-hours': { prefix: 'optional', bucket: 'needed', zone: 'needed' },
  time: { prefix: 'needed', bucket: 'needed', zone: 'needed' },
};

/** What is missing, or a user id that is none. */
export type Problem =
  | { readonly field: 'id' | 'prefix' | 'zone' | 'allow' | 'startsAt' | 'expiresAt' }
  | { readonly field: 'allow'; readonly uid: string };

const UID = /^[A-Za-z0-9][A-Za-z0-9_-]{0,99}$/;

export function isUid(text: string): boolean {
  return UID.test(text);
}

/** The request that a form means, or the first thing to mend. Times are the visitor's own. */
export function readForm(form: CreateForm): CreateBody | Problem {
  const problem = findProblem(form);
  if (problem) return problem;
  const { strategy, access, expiry } = form;
  const given = (field: Part) => (field in PARTS[strategy] && form[field].trim()) || undefined;
  // Hours have a zone too, of a meeting that needs none for its id.
  const zone = given('zone') ?? (form.hours.trim() && form.zone.trim());
  return clean({
    strategy,
    title: form.title.trim(),
    id: given('id'),
    prefix: given('prefix'),
    bucket: given('bucket'),
    zone,
    ...(access === 'allow' && { allow: listUids(form.allow) }),
    public: access === 'public',
    startsAt: form.startsAt && toInstant(form.startsAt),
    expiresAt: expiry === 'until' && toInstant(form.expiresAt),
    expiresIn: expiry !== 'until' && expiry !== 'default' && expiry,
    hours: form.hours.trim(),
    broadcast: form.broadcast,
    reopen: form.reopen,
  });
}

function findProblem(form: CreateForm): Problem | null {
  const parts = PARTS[form.strategy];
  for (const field of ['id', 'prefix', 'zone'] as const)
    if (parts[field] === 'needed' && !form[field].trim()) return { field };
  if (form.hours.trim() && !form.zone.trim()) return { field: 'zone' };
  if (form.access === 'allow') {
    const uids = listUids(form.allow);
    if (uids.length === 0) return { field: 'allow' };
    const bad = uids.find(uid => !isUid(uid));
    if (bad !== undefined) return { field: 'allow', uid: bad };
  }
  if (form.startsAt && !isTime(form.startsAt)) return { field: 'startsAt' };
  return form.expiry === 'until' && !isTime(form.expiresAt) ? { field: 'expiresAt' } : null;
}

function listUids(text: string): string[] {
  return [...new Set(text.split(/[\s,;]+/).filter(Boolean))];
}

const isTime = (text: string) => !Number.isNaN(Date.parse(text));

/** Browsers read a time without an offset by their own clock, as its owner means it. */
const toInstant = (text: string) => new Date(text).toISOString();

/** Without what says nothing: the server refuses empty fields. */
function clean<Body extends object>(
  body: { [Name in keyof Body]: Body[Name] | '' | false | undefined },
): CreateBody {
  const said = Object.entries(body).filter(
    ([, value]) => value !== '' && value !== false && value !== undefined,
  );
  return Object.fromEntries(said) as unknown as CreateBody;
}

/** Which field an error of the server is about; null: none in particular. */
export function fieldOf(code: string, { strategy, hours, expiry }: CreateForm): Field | null {
  if (code === 'BAD_ID' || code === 'ID_TAKEN') return 'id' in PARTS[strategy] ? 'id' : 'prefix';
  if (code === 'BAD_ZONE') return 'zone';
  if (code === 'BAD_DURATION') return 'expiry';
  if (code === 'MEETING_ENDED') return 'reopen';
  if (code !== 'BAD_TIME') return null;
  if (hours.trim()) return 'hours';
  return expiry === 'until' ? 'expiresAt' : 'startsAt';
}
