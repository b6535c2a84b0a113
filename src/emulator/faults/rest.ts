import type { FastifyPluginCallback, FastifyReply, FastifyRequest } from 'fastify';
import { decodeJwt } from 'jose';
import type { Book } from './book.ts';
import type { Clock } from './clock.ts';
import { type Fault, isFor, type Person, type RestFault } from './fault.ts';

/** REST made to fail, or to be slow. */
export interface RestFaults {
  /** The same routes, behind the faults. */
  around(routes: FastifyPluginCallback): FastifyPluginCallback;
  /** Every route there is, like `GET /v3.0/call_tokens`; known once they are mounted. */
  readonly routes: readonly string[];
}

/** The vendor's codes for what its API answers in its own trouble. */
const CODES: Readonly<Record<number, string>> = {
  401: 'AUTH_ERR_AUTH_TOKEN_NOT_FOUND',
  403: 'AUTH_ERR_NO_ACCESS',
  404: 'ERR_API_NOT_FOUND',
  429: 'ERR_TOO_MANY_REQUESTS',
};
/** Fastify and CORS bring these along with other routes. */
const QUIET: ReadonlySet<string> = new Set(['HEAD', 'OPTIONS']);
const TOKEN_HEADERS = ['calltoken', 'authtoken'] as const;

export function createRestFaults(book: Book, clock: Clock): RestFaults {
  const routes = new Set<string>();
  const counts = new Map<string, { asked: number; answered: number }>();
  const sleepers = new Set<() => void>();
  book.watch(() => {
    const on = new Set(book.list().map(({ id }) => id));
    for (const id of [...counts.keys()]) if (!on.has(id)) counts.delete(id);
    for (const check of [...sleepers]) check();
  });

  /** Until the time has passed, or none of these is on any more. */
  const sleep = (ms: number, faults: readonly Fault<RestFault>[]) =>
    new Promise<void>(resolve => {
      const end = () => {
        cancel();
        sleepers.delete(check);
        resolve();
      };
      const check = () => {
        const on = new Set(book.list().map(({ id }) => id));
        if (!faults.some(({ id }) => on.has(id))) end();
      };
      const cancel = clock.after(ms, end);
      sleepers.add(check);
    });
  const count = ({ id }: Fault<RestFault>, what: 'asked' | 'answered') => {
    const known = counts.get(id) ?? { asked: 0, answered: 0 };
    known[what] += 1;
    counts.set(id, known);
    return known[what];
  };
  const hasLeft = ({ id, times }: Fault<RestFault>) => (counts.get(id)?.asked ?? 0) < (times ?? Infinity);
  const hit = async (route: string, request: FastifyRequest, reply: FastifyReply) => {
    const here = book.find('rest').filter(fault => (fault.route ?? route) === route && hasLeft(fault));
    if (here.length === 0) return;
    const person = personOf(request);
    const faults = here.filter(fault => isFor(fault, person));
    for (const fault of faults) count(fault, 'asked');
    const slowest = Math.max(0, ...faults.map(({ slowMs }) => slowMs));
    if (slowest > 0) await sleep(slowest, faults);
    // Only now: until its last request is answered, it can be taken back.
    for (const fault of faults) if (count(fault, 'answered') === fault.times) book.remove(fault.id);
    const failure = faults.find(({ status }) => status !== null);
    if (failure?.status == null) return;
    const code = failure.code ?? CODES[failure.status] ?? 'ERR_EXCEPTION';
    const message = `A fault on purpose (${failure.id}).`;
    await reply.code(failure.status).send({ error: { code, message, devMessage: message } });
  };

  return {
    around: inner => (app, options, done) => {
      const nameOf = (method: string, url: string) => `${method} ${url.slice(app.prefix.length)}`;
      app.addHook('onRoute', ({ method, url }) => {
        for (const each of [method].flat()) if (!QUIET.has(each)) routes.add(nameOf(each, url));
      });
      // The body is parsed by then: it may say which session is meant.
      app.addHook('preValidation', (request, reply) =>
        hit(nameOf(request.method, request.routeOptions.url ?? ''), request, reply),
      );
      inner(app, options, done);
    },
    get routes() {
      return [...routes].sort();
    },
  };
}

/** Whom a request is for, by its own word: what it may do is decided elsewhere. */
function personOf(request: FastifyRequest): Partial<Person> {
  const { uid } = (request.params ?? {}) as { uid?: string };
  const { sessionId } = (request.body ?? {}) as { sessionId?: unknown };
  const [claims] = TOKEN_HEADERS.flatMap(name => readClaims(request.headers[name]));
  const known = {
    uid: uid ?? claims?.uid,
    sessionId: typeof sessionId === 'string' ? sessionId : claims?.sessionId,
  };
  return {
    ...(known.uid !== undefined && { uid: known.uid }),
    ...(known.sessionId && { sessionId: known.sessionId }),
  };
}

function readClaims(token: string | string[] | undefined): Partial<Person>[] {
  if (typeof token !== 'string' || token === '') return [];
  try {
    const data = decodeJwt(token).data as { user?: { uid?: string }; sessionId?: string } | undefined;
    return [
      {
        ...(data?.user?.uid && { uid: data.user.uid }),
        ...(data?.sessionId && { sessionId: data.sessionId }),
      },
    ];
  } catch {
    return [];
  }
}
