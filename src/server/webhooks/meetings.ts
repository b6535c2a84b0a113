import type { MeetingFacts } from '../../core/facts.ts';
import type { Meeting } from '../../core/meeting.ts';
import type { WebhookEvent } from '../../core/webhook.ts';

/** Tells of a new meeting; not its url, which carries the key. */
export function creationOf(facts: MeetingFacts): WebhookEvent {
  const { sessionId, title, strategy, access, startsAt, expiresAt } = facts;
  return { type: 'meeting.created', sessionId, data: { title, strategy, access, startsAt, expiresAt } };
}

/** Tells that a meeting was ended. */
export function endingOf({ sessionId, title, endedAt }: Meeting): WebhookEvent {
  const at = endedAt === null ? null : new Date(endedAt).toISOString();
  return { type: 'meeting.ended', sessionId, data: { title, endedAt: at } };
}
