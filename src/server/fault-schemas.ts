import { UID_PATTERN } from '../core/access.ts';
import { closed, duration, text, time } from './schemas.ts';

const direction = { type: 'string', enum: ['up', 'down', 'both'], description: 'up: to the bridge' } as const;
const how = { type: 'string', enum: ['clean', 'dead'] } as const;
const whichSockets = { type: 'string', enum: ['signalling', 'channel', 'all'] } as const;
const whichTokens = { type: 'string', enum: ['call', 'auth'] } as const;
const nullable = <S extends object>(schema: S) => ({ ...schema, nullable: true }) as const;

export const faultBody = closed({
  sessionId: { ...text(100), description: 'Every session without one' },
  uid: { type: 'string', pattern: UID_PATTERN, description: 'Everybody without one' },
  direction,
  loss: { type: 'number', exclusiveMinimum: 0, maximum: 100, description: 'Percent of the datagrams' },
  delay: duration,
  jitter: { ...duration, description: 'Up to so much more delay for each datagram' },
  reorder: { type: 'boolean', description: 'Jitter may let datagrams overtake each other' },
  bandwidth: { ...text(20), description: 'Bits per second, like 300k or 1.5M' },
  outage: { ...duration, description: 'How long nothing gets through' },
  socket: how,
  sockets: whichSockets,
  rest: closed({
    route: { ...text(200), description: 'Like POST /v3.0/call_tokens; every route without one' },
    status: { type: 'integer', minimum: 400, maximum: 599 },
    code: text(100),
    slow: duration,
    times: { type: 'integer', minimum: 1, maximum: 1_000_000, description: 'For so many requests' },
  }),
  expireTokens: whichTokens,
  refuseBridge: { type: 'boolean', enum: [true] },
  for: { ...duration, description: 'Until it is taken back without one' },
});

const integer = { type: 'integer' } as const;
const string = { type: 'string' } as const;

/** Of the fields beyond the first six, those of its kind. */
export const faultAnswer = closed(
  {
    id: string,
    kind: { type: 'string', enum: ['network', 'outage', 'socket', 'rest', 'tokens', 'bridge'] },
    sessionId: nullable(string),
    uid: nullable(string),
    createdAt: time,
    until: nullable(time),
    direction,
    loss: { type: 'number' },
    delayMs: integer,
    jitterMs: integer,
    reorder: { type: 'boolean' },
    bitsPerSecond: nullable(integer),
    how,
    which: { type: 'string', enum: [...whichSockets.enum, ...whichTokens.enum] },
    route: nullable(string),
    status: nullable(integer),
    code: nullable(string),
    slowMs: integer,
    times: nullable(integer),
  },
  ['id', 'kind', 'sessionId', 'uid', 'createdAt', 'until'],
);
export const faultListAnswer = closed({ faults: { type: 'array', items: faultAnswer }, serverTime: time });
export const faultParams = closed({ id: { type: 'string', maxLength: 20 } });
export const removeFaultAnswer = closed({ id: string });
export const clearFaultsAnswer = closed({ cleared: integer });
