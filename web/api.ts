import type { SdkUser } from './sdk/types.ts';

type Role = 'guest' | 'host';

export interface MeetingFacts {
  readonly sessionId: string;
  readonly title: string;
  readonly access: 'link' | 'allow' | 'public';
  /** Whether a link needs a key, or its holder an invite, to open anything. */
  readonly keyed: boolean;
  /** The whole link, for its hosts alone. */
  readonly url?: string;
  readonly startsAt: string | null;
  readonly expiresAt: string;
  readonly hours: string | null;
  readonly zone: string | null;
  readonly broadcast: boolean;
  /** When the door opens, if it is closed now. */
  readonly opensAt: string | null;
  readonly role: Role;
  readonly serverTime: string;
}

/** Leave to join. */
export interface Admission {
  readonly role: string;
}

export interface IdentityAnswer {
  readonly token: string;
  readonly user: SdkUser;
  readonly expiresAt: string | number;
}

/** What a join needs. With `callToken` (strict mode) the page never holds an auth token. */
export interface Pass {
  readonly authToken?: string;
  readonly callToken?: string;
  readonly user: SdkUser;
  readonly role: Role;
  readonly broadcast: boolean;
  readonly cometchat: {
    readonly appId: string;
    readonly region: string;
    readonly host?: string;
    readonly adminHost?: string;
    readonly clientHost?: string;
  };
}

export interface PeopleAnswer {
  readonly people: readonly { readonly name: string }[] | null;
}

/** A refusal by our server, or no answer at all (`UNREACHABLE`). */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly code: string;
  readonly status: number;
  readonly detail: Readonly<Record<string, unknown>>;

  constructor(code: string, status: number, message = '', detail: Record<string, unknown> = {}) {
    super(message);
    this.code = code;
    this.status = status;
    this.detail = detail;
  }
}

export interface Credentials {
  readonly token?: string | undefined;
  readonly key?: string | undefined;
}

const PATIENCE_MS = 15_000;

export function postIdentity(
  body: { invite: string } | { uid?: string; name: string },
): Promise<IdentityAnswer> {
  return ask('/api/identity', { body });
}

export function getFacts(sessionId: string, { token, key }: Credentials): Promise<MeetingFacts> {
  return ask(meetingPath(sessionId), { token, ...(key && { headers: { 'meet-key': key } }) });
}

/** Who is in the call now; null where the server does not know, as with the cloud. */
export function getPeople(sessionId: string, { token, key }: Credentials): Promise<PeopleAnswer> {
  const headers = key ? { 'meet-key': key } : {};
  return ask(`${meetingPath(sessionId)}/people`, { token, headers });
}

export function postAuthorize(sessionId: string, credentials: Credentials): Promise<Admission> {
  return ask(`${meetingPath(sessionId)}/authorize`, withKey(credentials));
}

export function postToken(sessionId: string, credentials: Credentials): Promise<Pass> {
  return ask(`${meetingPath(sessionId)}/token`, withKey(credentials));
}

interface Question {
  readonly token?: string | undefined;
  readonly headers?: Record<string, string>;
  /** Sent as JSON with POST; without it: GET. */
  readonly body?: object;
  /** Another one than that. */
  readonly method?: 'PATCH';
}

function withKey({ token, key }: Credentials): Question {
  return { token, body: key ? { key } : {} };
}

function meetingPath(sessionId: string): string {
  return `/api/meetings/${encodeURIComponent(sessionId)}`;
}

/** Asks our own server. Throws an `ApiError`. */
export async function ask<Answer>(path: string, question: Question): Promise<Answer> {
  const response = await send(path, question);
  const answer: unknown = await response.json().catch(() => null);
  if (response.ok && answer !== null) return answer as Answer;
  throw toError(response, answer);
}

async function send(path: string, { token, headers, body, method }: Question): Promise<Response> {
  try {
    return await fetch(path, {
      method: method ?? (body ? 'POST' : 'GET'),
      headers: {
        ...headers,
        ...(token && { authorization: `Bearer ${token}` }),
        ...(body && { 'content-type': 'application/json' }),
      },
      ...(body && { body: JSON.stringify(body) }),
      cache: 'no-store',
      // Nobody is known by cookies here, so no cookie of the host can be abused either.
      credentials: 'omit',
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
  } catch {
    throw new ApiError('UNREACHABLE', 0);
  }
}

function toError(response: Response, answer: unknown): ApiError {
  const { code, error, detail } = (answer ?? {}) as {
    code?: string;
    error?: string;
    detail?: Record<string, unknown>;
  };
  const known = code ?? (response.status === 429 ? 'RATE_LIMITED' : 'SERVER_ERROR');
  return new ApiError(known, response.status, error, detail);
}
