import { parseBandwidth } from '../core/bandwidth.ts';
import { parseDuration } from '../core/duration.ts';
import { MeetError } from '../core/errors.ts';
import { findNearest } from '../core/nearest.ts';
import type { FaultDirection, FaultEffect, FaultSpec } from './fault-port.ts';

/** The body of `POST /api/faults`, as its schema lets it through. */
export interface FaultRequest {
  readonly sessionId?: string;
  readonly uid?: string;
  readonly direction?: FaultDirection;
  readonly loss?: number;
  readonly delay?: string;
  readonly jitter?: string;
  readonly reorder?: boolean;
  readonly bandwidth?: string;
  readonly outage?: string;
  readonly socket?: 'clean' | 'dead';
  readonly sockets?: 'signalling' | 'channel' | 'all';
  readonly rest?: RestRequest;
  readonly expireTokens?: 'call' | 'auth';
  readonly refuseBridge?: true;
  readonly for?: string;
}

interface RestRequest {
  readonly route?: string;
  readonly status?: number;
  readonly code?: string;
  readonly slow?: string;
  readonly times?: number;
}

type Kind = FaultEffect['kind'];

/** Which field asks for which kind of fault. */
const EFFECTS: Readonly<Partial<Record<keyof FaultRequest, Kind>>> = {
  loss: 'network',
  delay: 'network',
  jitter: 'network',
  bandwidth: 'network',
  outage: 'outage',
  socket: 'socket',
  rest: 'rest',
  expireTokens: 'tokens',
  refuseBridge: 'bridge',
};
/** What goes with one kind of fault only. */
const COMPANIONS: Readonly<Partial<Record<keyof FaultRequest, readonly Kind[]>>> = {
  direction: ['network', 'outage'],
  reorder: ['network'],
  sockets: ['socket'],
  for: ['network', 'socket', 'rest', 'tokens', 'bridge'],
};
/** A minute's delay is no network any more; a day's fault was forgotten. */
const [LONGEST_DELAY_MS, LONGEST_MS] = [60_000, 24 * 60 * 60 * 1000];

/** Turns a request into what the emulator is told. Throws `BAD_REQUEST`, `BAD_DURATION`. `routes`: those that can be named. */
export function planFault(request: FaultRequest, routes: readonly string[]): FaultSpec {
  const kind = kindOf(request);
  for (const [field, kinds] of Object.entries(COMPANIONS)) {
    if (request[field as keyof FaultRequest] === undefined || kinds.includes(kind)) continue;
    throw bad(`${field} does not go with ${nameOf(request)}; leave it out.`);
  }
  if (request.expireTokens === 'auth' && request.sessionId !== undefined)
    throw bad('An auth token is for no session; leave out sessionId, and name a uid where one is meant.');
  const { sessionId = null, uid = null } = request;
  const forMs = durationOf(request.outage ?? request.for, LONGEST_MS, request.outage ? 'outage' : 'for');
  return { sessionId, uid, forMs, ...effectOf(kind, request, routes) };
}

const given = (request: FaultRequest) =>
  Object.keys(EFFECTS).filter(field => request[field as keyof FaultRequest] !== undefined);
const nameOf = (request: FaultRequest) => given(request)[0] ?? '';

function kindOf(request: FaultRequest): Kind {
  const fields = given(request);
  const kinds = [...new Set(fields.map(field => EFFECTS[field as keyof FaultRequest]))];
  const [kind] = kinds;
  if (!kind) throw bad(`What should go wrong? Give one of ${Object.keys(EFFECTS).join(', ')}.`);
  if (kinds.length > 1)
    throw bad(`One fault does one thing, and ${fields.join(' and ')} are several; add each.`);
  return kind;
}

function effectOf(kind: Kind, request: FaultRequest, routes: readonly string[]): FaultEffect {
  const { direction = 'both', socket = 'clean', sockets: which = 'signalling' } = request;
  switch (kind) {
    case 'network':
      return networkOf(request, direction);
    case 'outage':
      return { kind, direction };
    case 'socket':
      return { kind, how: socket, which };
    case 'rest':
      return restOf(request.rest ?? {}, routes);
    case 'tokens':
      return { kind, which: request.expireTokens ?? 'call' };
    case 'bridge':
      return { kind };
  }
}

function networkOf(request: FaultRequest, direction: FaultDirection): FaultEffect {
  const { loss = 0, delay, jitter, reorder = false, bandwidth } = request;
  if (reorder && jitter === undefined) throw bad('reorder needs a jitter; without one nothing overtakes.');
  return {
    kind: 'network',
    direction,
    loss,
    delayMs: durationOf(delay, LONGEST_DELAY_MS, 'delay') ?? 0,
    jitterMs: durationOf(jitter, LONGEST_DELAY_MS, 'jitter') ?? 0,
    reorder,
    bitsPerSecond: bandwidth === undefined ? null : parseBandwidth(bandwidth),
  };
}

function restOf(rest: RestRequest, routes: readonly string[]): FaultEffect {
  const { route, status = null, code = null, slow, times = null } = rest;
  if (status === null && slow === undefined) throw bad('rest needs a status, slow or both.');
  if (code !== null && status === null) throw bad('rest.code goes with a rest.status; give one, like 500.');
  if (route !== undefined && !routes.includes(route)) {
    const near = nearestRoute(route, routes);
    const hint = near ? `did you mean ${near}?` : `choose ${routes.join(', ')}.`;
    throw bad(`The emulator has no route ${JSON.stringify(route)}; ${hint}`);
  }
  const slowMs = durationOf(slow, LONGEST_DELAY_MS, 'rest.slow') ?? 0;
  return { kind: 'rest', route: route ?? null, status, code, slowMs, times };
}

// Capitals are half of a method and none of a path: they must not decide which one is near.
function nearestRoute(route: string, routes: readonly string[]): string | undefined {
  const near = findNearest(
    route,
    routes.map(each => each.toLowerCase()),
  );
  return routes.find(each => each.toLowerCase() === near);
}

function durationOf(text: string | undefined, most: number, field: string): number | null {
  if (text === undefined) return null;
  const ms = parseDuration(text);
  if (ms <= most) return ms;
  throw new MeetError(
    'BAD_DURATION',
    `${field} is ${text}; ${most === LONGEST_MS ? '1d' : '1m'} is the most.`,
  );
}

function bad(message: string): MeetError {
  return new MeetError('BAD_REQUEST', message);
}
