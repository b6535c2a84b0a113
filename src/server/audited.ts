import type { FastifyInstance, FastifyRequest } from 'fastify';
import { type AuditAction, type AuditEntry, BY_A_MEETING } from '../core/audit.ts';
import type { WebhookEvent } from '../core/webhook.ts';
import type { AppContext } from './context.ts';
import { withoutValues } from './logging.ts';
import { answerError } from './refusal.ts';
import { addressOf } from './remote.ts';

/** What a route learns about who asks, on its way to the answer. */
export type AuditFacts = Partial<Omit<AuditEntry, 'action' | 'outcome' | 'address' | 'requestId'>>;

interface Asked {
  readonly facts: AuditFacts;
  recorded: boolean;
}

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Answers of this route leave a row of this name in the audit trail, before they leave themselves. */
    audit?: AuditAction;
  }
  interface FastifyRequest {
    asked: Asked | null;
  }
}

function askedOf(request: FastifyRequest): Asked {
  request.asked ??= { facts: {}, recorded: false };
  return request.asked;
}

/** Notes for the audit trail what is known by now, also for the case that the request is refused next. */
export function noteAudit(request: FastifyRequest, facts: AuditFacts): void {
  Object.assign(askedOf(request).facts, facts);
}

/**
 * Puts what the routes in `app` grant into the audit trail; without its row no answer leaves: `STORE_FAILED`. Of reading
 * only refusals are kept: pages ask again and again.
 */
export function auditAnswers(app: FastifyInstance, context: AppContext): void {
  app.addHook('preSerialization', async (request, reply) => {
    const { audit } = request.routeOptions.config;
    if (!audit || request.method === 'GET' || request.method === 'HEAD' || reply.statusCode >= 400) return;
    await record(context, request, audit, { outcome: 'ok' });
  });
}

/**
 * Puts a refusal into the audit trail. One that cannot be stored is told to who runs the server, and the refusal stands:
 * nothing was granted.
 */
export async function auditRefusal(
  context: AppContext,
  request: FastifyRequest,
  error: unknown,
): Promise<void> {
  const { audit } = request.routeOptions.config;
  if (!audit) return;
  const { code, error: detail } = answerError(error).body;
  try {
    await record(context, request, audit, { outcome: code, detail });
  } catch (failure) {
    context.onFailure?.(failure, { method: request.method, url: withoutValues(request.url) });
  }
}

async function record(
  { audit }: AppContext,
  request: FastifyRequest,
  action: AuditAction,
  answer: Pick<AuditEntry, 'outcome' | 'detail'>,
): Promise<void> {
  const asked = askedOf(request);
  // A grant whose row could not be stored comes by here once more, as a failure.
  if (asked.recorded) return;
  asked.recorded = true;
  const { id } = (request.params ?? {}) as { id?: string };
  const place = { action, sessionId: id, address: addressOf(request), requestId: request.id };
  const entry: AuditEntry = Object.assign(place, asked.facts, answer);
  await audit.record(entry, denialOf(entry));
}

/** What the host application is told of: somebody who is known stood before a meeting that is there. */
function denialOf(entry: AuditEntry): WebhookEvent | undefined {
  const { action, outcome, sessionId, uid, name, proof, detail: reason } = entry;
  if (action !== 'authorize' && action !== 'token') return undefined;
  if (sessionId === undefined || !BY_A_MEETING.has(outcome)) return undefined;
  return { type: 'person.denied', sessionId, data: { uid, name, proof, code: outcome, reason } };
}
