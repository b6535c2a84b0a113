import { createHmac } from 'node:crypto';

/** Headers by which a receiver knows that a message is ours (Standard Webhooks 1.0.0, "Webhook metadata" and "Signature scheme"). */
export function signMessage(
  { eventId, body }: { readonly eventId: string; readonly body: string },
  secrets: readonly Buffer[],
  now: number,
): Record<string, string> {
  const timestamp = String(Math.floor(now / 1000));
  const content = `${eventId}.${timestamp}.${body}`;
  // With each secret, so that receivers can change theirs one by one.
  const signatures = secrets.map(
    secret => `v1,${createHmac('sha256', secret).update(content).digest('base64')}`,
  );
  return {
    'webhook-id': eventId,
    'webhook-timestamp': timestamp,
    'webhook-signature': signatures.join(' '),
  };
}
