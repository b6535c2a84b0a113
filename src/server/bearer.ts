import type { IncomingHttpHeaders } from 'node:http';
import { MeetError } from '../core/errors.ts';
import { sameSecret } from '../core/secret.ts';
import type { HostApp } from './host-app.ts';
import { isOurs, type ProvenIdentity, verifyAdmin, verifyIdentity } from './tokens.ts';

/** What admins are known by. */
export interface AdminSecrets {
  readonly adminKey: string;
  readonly secret: string;
  readonly now: () => number;
}

/** Who says who somebody is: we, with our secret, and the host application. */
interface IdentitySources extends AdminSecrets {
  readonly hostApp?: HostApp | undefined;
}

/** The token of `Authorization: Bearer …` (RFC 6750), if there is one. */
function bearerOf({ authorization }: IncomingHttpHeaders): string | undefined {
  return authorization?.match(/^Bearer +([^ ]+) *$/i)?.[1];
}

/** Whether the request carries the admin key itself, which no browser has. */
function hasAdminKey(headers: IncomingHttpHeaders, adminKey: string): boolean {
  const given = bearerOf(headers);
  return given !== undefined && sameSecret(given, adminKey);
}

/** Whether the request carries the admin key, or the session of an admin's page. */
export async function isAdmin(headers: IncomingHttpHeaders, secrets: AdminSecrets): Promise<boolean> {
  if (hasAdminKey(headers, secrets.adminKey)) return true;
  const token = bearerOf(headers);
  return token !== undefined && verifyAdmin({ ...secrets, token, now: secrets.now() });
}

/** Throws `NOT_ADMIN` unless the request carries the admin key or an admin's session. */
export async function checkAdmin(headers: IncomingHttpHeaders, secrets: AdminSecrets): Promise<void> {
  if (await isAdmin(headers, secrets)) return;
  throw new MeetError(
    'NOT_ADMIN',
    'Only with the admin key, Authorization: Bearer <.meet/admin-key>, or on the page that meet admin opens.',
  );
}

/** Throws `NOT_ADMIN` unless the request carries the admin key itself: sessions must not prolong themselves. */
export function checkAdminKey(headers: IncomingHttpHeaders, adminKey: string): void {
  if (hasAdminKey(headers, adminKey)) return;
  throw new MeetError('NOT_ADMIN', 'Only with the admin key: Authorization: Bearer <.meet/admin-key>.');
}

/** What is known here is not shown to the application, whose hook would learn our admin key. */
function isForHostApp(token: string, adminKey: string): boolean {
  return !isOurs(token) && !sameSecret(token, adminKey);
}

/**
 * Who sent the request; null when it carries no identity. Throws `NO_IDENTITY` for a bad one, since whoever sends a token
 * means it to count, and what the host application's check throws.
 */
export async function readIdentity(
  headers: IncomingHttpHeaders,
  { secret, adminKey, now, hostApp }: IdentitySources,
): Promise<ProvenIdentity | null> {
  if (headers.authorization === undefined) return null;
  const token = bearerOf(headers) ?? '';
  if (hostApp && token && isForHostApp(token, adminKey)) return hostApp.prove(token, now());
  return verifyIdentity({ secret, token, now: now() });
}

/**
 * Whom the host application's token in a request names, to give them an identity of ours for it; null for a request without
 * one. Our own tokens are not prolonged by showing them.
 */
export async function readAppIdentity(
  headers: IncomingHttpHeaders,
  { hostApp, adminKey, now }: IdentitySources,
): Promise<ProvenIdentity | null> {
  if (!hostApp || headers.authorization === undefined) return null;
  const token = bearerOf(headers) ?? '';
  return isForHostApp(token, adminKey) ? hostApp.prove(token, now()) : null;
}
