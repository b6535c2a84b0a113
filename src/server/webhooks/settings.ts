import { createHash } from 'node:crypto';
import { MeetError } from '../../core/errors.ts';
import type { ReceiverName } from '../../core/webhook.ts';
import { isLoopbackAddress } from '../remote.ts';

export interface Receiver extends ReceiverName {
  readonly url: string;
}

/** Whom to tell, and how they know that it is us. */
export interface WebhookSettings {
  readonly receivers: readonly Receiver[];
  readonly secrets: readonly Buffer[];
}

const LEAST_SECRET_BYTES = 24;
const MOST_SECRET_BYTES = 64;

/** Reads `MEET_WEBHOOK_URL` and `MEET_WEBHOOK_SECRET`; null without a URL. Throws `BAD_CONFIG`, which names the variable but no value. */
export function readWebhooks(urls: string | undefined, secrets: string | undefined): WebhookSettings | null {
  const receivers = [...new Set(listOf(urls))].map(readReceiver);
  const keys = listOf(secrets).map(readSecret);
  if (receivers.length === 0 && keys.length > 0)
    throw badUrl('is missing; set it where MEET_WEBHOOK_SECRET is');
  if (receivers.length === 0) return null;
  if (keys.length === 0) throw badSecret('is missing');
  return { receivers, secrets: keys };
}

const listOf = (text = '') => text.split(',').flatMap(entry => entry.trim() || []);

function readReceiver(text: string): Receiver {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (!url || !/^https?:$/.test(url.protocol)) throw badUrl('wants URLs like https://app.example.com/hooks');
  if (url.protocol === 'http:' && !isLoopback(url.hostname))
    throw badUrl("must be https; plain http only for this machine's own addresses");
  // fetch takes no such URL.
  if (url.username || url.password) throw badUrl('takes no name and password; the signature says who we are');
  url.hash = '';
  const id = createHash('sha256').update(url.href).digest('hex').slice(0, 12);
  return { id, host: url.host, url: url.href };
}

function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || isLoopbackAddress(hostname.replace(/^\[|\]$/g, ''));
}

/** Standard Webhooks: `whsec_` and 24 to 64 bytes in base64. */
function readSecret(text: string): Buffer {
  const encoded = /^whsec_([A-Za-z0-9+/]+={0,2})$/.exec(text)?.[1];
  const secret = Buffer.from(encoded ?? '', 'base64');
  if (secret.length < LEAST_SECRET_BYTES || secret.length > MOST_SECRET_BYTES)
    throw badSecret('must be whsec_ and 24 to 64 bytes in base64');
  return secret;
}

function badUrl(why: string): MeetError {
  return new MeetError('BAD_CONFIG', `MEET_WEBHOOK_URL ${why}.`);
}

function badSecret(why: string): MeetError {
  return new MeetError(
    'BAD_CONFIG',
    `MEET_WEBHOOK_SECRET ${why}; make one with: echo "whsec_$(openssl rand -base64 32)"`,
  );
}
