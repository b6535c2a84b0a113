import { MeetError } from './errors.ts';
import type { Meeting } from './meeting.ts';
import { isSessionId } from './slug.ts';

function pageUrl(base: string, sessionId: string): string {
  return `${base.replace(/\/+$/, '')}/meet/${sessionId}`;
}

/**
 * The link that people are given. Its key is in the fragment, which browsers send to no server, so that it reaches
 * no access log.
 */
export function meetingUrl(base: string, meeting: Pick<Meeting, 'sessionId' | 'access' | 'key'>): string {
  const url = pageUrl(base, meeting.sessionId);
  return meeting.access === 'link' && meeting.key ? `${url}#key=${meeting.key}` : url;
}

/** The link that opens a meeting as the one person whom the invite token names. */
export function inviteUrl(base: string, sessionId: string, token: string): string {
  return `${pageUrl(base, sessionId)}#invite=${token}`;
}

/** The home page as admin; the code works once. */
export function adminUrl(base: string, code: string): string {
  return `${base.replace(/\/+$/, '')}/#admin=${code}`;
}

export interface ParsedLink {
  readonly sessionId: string;
  readonly key?: string;
  readonly invite?: string;
}

/** Reads a session id or a whole link, as people paste either. Throws `BAD_ID`. */
export function parseLink(text: string): ParsedLink {
  const trimmed = text.trim();
  if (isSessionId(trimmed)) return { sessionId: trimmed };
  const url = URL.canParse(trimmed) ? new URL(trimmed) : null;
  const sessionId = url?.pathname.match(/\/meet\/([^/]+)\/?$/)?.[1];
  if (!url || !sessionId || !isSessionId(sessionId)) {
    throw new MeetError(
      'BAD_ID',
      `${JSON.stringify(text)} is neither a session id (a-z, 0-9 and -, at most 100) nor a meeting link.`,
    );
  }
  const fragment = new URLSearchParams(url.hash.slice(1));
  const key = fragment.get('key');
  const invite = fragment.get('invite');
  return { sessionId, ...(key && { key }), ...(invite && { invite }) };
}
