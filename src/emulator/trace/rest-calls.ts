import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Emit } from './trace.ts';

/** What a route found out about its call. */
export interface CallFacts {
  readonly who?: string;
  readonly session?: string;
  /** The vendor's error code. */
  readonly code?: string;
}

/** Adds to what is told of a call when it is answered. */
export type NoteCall = (request: FastifyRequest, facts: CallFacts) => void;

/** Tells the trace of every call to the routes of `app`: what it was, who made it, how it ended, never what it carried. */
export function traceCalls(app: FastifyInstance, emit: Emit): NoteCall {
  const notes = new WeakMap<FastifyRequest, CallFacts>();
  app.addHook('onResponse', (request, reply, done) => {
    const { method, routeOptions, params } = request;
    const { session = '', who = (params as { uid?: string }).uid, code } = notes.get(request) ?? {};
    const ms = Math.round(reply.elapsedTime);
    // The pattern, not the address, which may carry anything.
    emit(session, 'rest', {
      who,
      method,
      route: routeOptions.url ?? 'none',
      status: reply.statusCode,
      ms,
      code,
    });
    done();
  });
  return (request, facts) => void notes.set(request, { ...notes.get(request), ...facts });
}
