import type { MeetingFacts } from '../api.ts';
import type { PageLink } from '../link.ts';

/** Whom a link lets in that is passed on: whoever has it, whoever is on the list, or who has an invite besides. */
export type Opens = 'all' | 'listed' | 'invited';

export interface SharedLink {
  readonly url: string;
  readonly opens: Opens;
}

type Known = Pick<MeetingFacts, 'access' | 'keyed' | 'url'>;

/**
 * What may be passed on of the page's own address: the meeting and its key, never the invite, which is one person's, nor
 * anything of the query. `origin`: where the page is.
 */
export function linkToShare(origin: string, { sessionId, key }: PageLink, facts: Known): SharedLink {
  // Hosts are told the whole link. Where they sit at the server itself it knows the better address.
  const whole = facts.url === undefined ? null : new URL(facts.url);
  const base = whole && isLoopback(new URL(origin).hostname) ? whole.origin : origin;
  const plain = `${base}/meet/${encodeURIComponent(sessionId)}`;
  if (facts.access === 'allow') return { url: plain, opens: 'listed' };
  if (!facts.keyed) return { url: plain, opens: 'all' };
  const known = key ?? new URLSearchParams(whole?.hash.slice(1)).get('key');
  return known
    ? { url: `${plain}#key=${encodeURIComponent(known)}`, opens: 'all' }
    : { url: plain, opens: 'invited' };
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host.endsWith('.localhost') || host === '[::1]' || host.startsWith('127.');
}
