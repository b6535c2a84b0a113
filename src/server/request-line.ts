import type { IncomingMessage } from 'node:http';
import { MeetError } from '../core/errors.ts';
import { HttpRefusal } from './refusal.ts';

/** The longest address: that of the SDK's signalling socket, which carries a token, takes 1 KB. */
const MOST_CHARACTERS = 4096;
/** A browser sends about 20, each proxy a handful. */
const MOST_HEADERS = 100;

/**
 * Refuses what no client of ours sends, but who hopes that a proxy and this server read it differently: the address of
 * another server in the request line, `Host` twice, or more of anything than there is use for. Throws `BAD_REQUEST`,
 * `URL_TOO_LONG`, `TOO_MANY_HEADERS`.
 */
export function checkRequestLine({
  url = '',
  rawHeaders,
}: Pick<IncomingMessage, 'url' | 'rawHeaders'>): void {
  if (url.length > MOST_CHARACTERS) {
    throw new HttpRefusal(
      'URL_TOO_LONG',
      `The address is too long; ${MOST_CHARACTERS} characters are the most.`,
    );
  }
  if (rawHeaders.length > 2 * MOST_HEADERS) {
    throw new HttpRefusal('TOO_MANY_HEADERS', `There are too many headers; ${MOST_HEADERS} are the most.`);
  }
  // RFC 9112, 3.2: Node keeps the first, a proxy may go by the last.
  if (countHosts(rawHeaders) > 1) {
    throw new MeetError('BAD_REQUEST', 'Send one Host header.');
  }
  // RFC 9112, 3.2.2: such a server counts instead of Host, and routers cut it off unread.
  if (!url.startsWith('/')) throw new MeetError('BAD_REQUEST', 'Send the path alone in the request line.');
}

/** Names and values take turns. */
function countHosts(rawHeaders: readonly string[]): number {
  let count = 0;
  for (let i = 0; i < rawHeaders.length; i += 2)
    if (rawHeaders[i]?.length === 4 && rawHeaders[i]?.toLowerCase() === 'host') count += 1;
  return count;
}
