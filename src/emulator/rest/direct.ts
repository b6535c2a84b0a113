import type { CallFacts } from '../trace/rest-calls.ts';
import type { Emit } from '../trace/trace.ts';
import type { Access, Asking } from './access.ts';
import { answerCallToken } from './call-tokens.ts';
import { toVendorError } from './errors.ts';
import { type AuthTokenOptions, answerAuthToken } from './users.ts';

/** A request as the server in whose process we are makes it. */
export interface DirectRequest {
  readonly method: string;
  /** With the prefix that the routes are mounted under, and without a query. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface DirectAnswer {
  readonly status: number;
  readonly text: string;
}

/** Null: this one has to go through the routes. */
export type AnswerDirectly = (request: DirectRequest) => Promise<DirectAnswer> | null;

export interface DirectOptions extends AuthTokenOptions {
  readonly access: Access;
  readonly emit: Emit;
}

const AUTH_TOKENS = /^(.*)\/v3\/users\/([^/]+)\/auth_tokens$/;
const CALL_TOKENS = /^.*\/v3\.0\/call_tokens$/;

/**
 * Answers the requests that a server makes for everybody who joins as the routes do, with the same checks and the same
 * trace, but without HTTP: that would cost more than all the rest of letting somebody in.
 */
export function createDirect(options: DirectOptions): AnswerDirectly {
  const { access, emit } = options;

  const answer = async (route: string, facts: CallFacts, work: (note: Note) => Promise<object>) => {
    const known = Object.assign({}, facts);
    const tell = (status: number, code?: string) => {
      const { session = '', who } = known;
      emit(session, 'rest', { who, method: 'POST', route, status, ms: 0, code });
    };
    try {
      const body = await work(more => void Object.assign(known, more));
      tell(200);
      return { status: 200, text: JSON.stringify(body) };
    } catch (error) {
      const { statusCode, code, body } = toVendorError(error);
      tell(statusCode, code);
      return { status: statusCode, text: JSON.stringify(body) };
    }
  };

  return ({ method, path, headers, body }) => {
    if (method !== 'POST') return null;
    const asking = askingOf(headers);
    const [, prefix, name = ''] = AUTH_TOKENS.exec(path) ?? [];
    if (prefix !== undefined) {
      const uid = decodeURIComponent(name);
      return answer(`${prefix}/v3/users/:uid/auth_tokens`, { who: uid }, async () => {
        access.requireApp(asking);
        return answerAuthToken(options, { asking, uid, key: 'api' });
      });
    }
    if (!CALL_TOKENS.test(path)) return null;
    return answer(path, {}, async note => {
      access.requireApp(asking);
      return answerCallToken(options, asking, JSON.parse(body).sessionId, note);
    });
  };
}

type Note = (facts: CallFacts) => void;

/** With names in lower case, as Node gives those of requests. */
function askingOf(given: Readonly<Record<string, string>>): Asking {
  const headers: Record<string, string> = {};
  for (const name in given) headers[name.toLowerCase()] = given[name] ?? '';
  return { headers };
}
