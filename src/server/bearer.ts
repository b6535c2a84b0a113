import type { IncomingHttpHeaders } from 'node:http';
import { MeetError } from '../core/errors.ts';
import { sameSecret } from '../core/secret.ts';
import { type ProvenIdentity, verifyIdentity } from './tokens.ts';

/** The token of `Authorization: Bearer …` (RFC 6750), if there is one. */
function bearerOf({ authorization }: IncomingHttpHeaders): string | undefined {
  return authorization?.match(/^Bearer +([^ ]+) *$/i)?.[1];
}

/** Whether the request carries the admin key. */
export function isAdmin(headers: IncomingHttpHeaders, adminKey: string): boolean {
  const given = bearerOf(headers);
  return given !== undefined && sameSecret(given, adminKey);
}

/** Throws `NOT_ADMIN` unless the request carries the admin key. */
export function checkAdmin(headers: IncomingHttpHeaders, adminKey: string): void {
  if (isAdmin(headers, adminKey)) return;
  throw new MeetError('NOT_ADMIN', 'Only with the admin key: Authorization: Bearer <.meet/admin-key>.');
}

/**
 * Who sent the request; null when it carries no identity. Throws `NO_IDENTITY` for a bad one: whoever sends a token
 * means it to count.
 */
export async function readIdentity(
  headers: IncomingHttpHeaders,
  options: { readonly secret: string; readonly now: number },
): Promise<ProvenIdentity | null> {
  if (headers.authorization === undefined) return null;
  const token = bearerOf(headers) ?? '';
  return verifyIdentity({ ...options, token });
}
