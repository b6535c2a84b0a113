import type { Person } from '../people/person.ts';
import type { RecordedFacts } from './facts.ts';
import type { PageNews } from './page-news.ts';

/** When the call was last taken off the page, in milliseconds since the epoch; null while it is on it, or never was. */
export interface CallPlace {
  goneAt: number | null;
}

/** Notes what the part in the page tells; `script` is dist/smoke/lint.js. To be awaited before the page loads anything. */
export async function recordPage(person: Person, facts: RecordedFacts, script: string): Promise<CallPlace> {
  const place: CallPlace = { goneAt: null };
  person.hear('__meetLint', news => note(news, facts, place));
  await person.page.addInitScript(script);
  return place;
}

/** One piece of news. */
export function note(news: PageNews, facts: RecordedFacts, place: CallPlace): void {
  if (news.kind === 'parting') closeFirst(facts, news);
  if (news.kind === 'said') facts.said.push(news);
  if (news.kind === 'insecure') facts.insecure.push(news);
  if (news.kind === 'gone') place.goneAt = news.t;
  if (news.kind !== 'container') return;
  place.goneAt = null;
  facts.containers.push(news);
}

function closeFirst(
  { sockets }: RecordedFacts,
  { url, t }: { readonly url: string; readonly t: number },
): void {
  const socket = sockets.find(one => one.url === url && one.closedAt === null);
  if (socket) socket.closedAt = t;
}
