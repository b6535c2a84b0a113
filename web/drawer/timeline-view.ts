import type { PageLink } from '../link.ts';
import type { Book } from './book.ts';
import { followEvents } from './follow.ts';
import { createRows } from './rows.ts';
import { type Moment, momentOf, momentOfServer } from './timeline.ts';
import { words } from './words.ts';

export interface TimelineOptions {
  readonly link: PageLink;
  readonly book: Book;
  /** Opens the emulator's stream of events; null where there is none. */
  readonly streamToken: (() => string | null) | null;
  /** How far the server's clock is ahead (ms). */
  readonly offset: () => number;
}

export interface Timeline {
  readonly moments: readonly Moment[];
  /** Listens to the server, until `over`. */
  follow(over: AbortSignal): void;
  show(): void;
}

/** What the page, the SDK and the emulator have done, on one axis. */
export function createTimeline(panel: HTMLElement, options: TimelineOptions): Timeline {
  const { link, book, streamToken, offset } = options;
  panel.innerHTML = `<div class="bar"><input id="filter" type="search" spellcheck="false" autocomplete="off">
    <p id="status" role="status"></p></div>
    <ol id="events" tabindex="0"></ol>`;
  const at = <Type extends HTMLElement>(id: string) => panel.querySelector(`#${id}`) as Type;
  const filter = at<HTMLInputElement>('filter');
  const status = at('status');
  const rows = createRows(at('events'));
  filter.placeholder = words.filter;
  filter.ariaLabel = words.filter;
  at('events').ariaLabel = words.tabs.timeline;
  filter.addEventListener('input', () => rows.filter(filter.value));
  for (const entry of book.entries) rows.add(momentOf(entry));
  book.listen(entry => rows.add(momentOf(entry)));
  status.textContent = streamToken ? words.over : words.ownOnly;

  /** A stream that is opened again begins with what was told already. */
  const heard = new Set<string>();
  return {
    moments: rows.moments,
    show: rows.end,
    follow(over) {
      const token = streamToken?.();
      if (!token) return;
      status.textContent = words.connecting;
      const watcher = {
        event(event: Parameters<typeof momentOfServer>[0]) {
          const id = `${event.at} ${event.seq}`;
          if (!heard.has(id)) rows.add(momentOfServer(event, offset()));
          heard.add(id);
        },
        connected(is: boolean, refusal?: string) {
          status.textContent = is ? words.connected : (refusal ?? words.lost);
          status.dataset.on = String(is);
        },
      };
      over.addEventListener('abort', () => {
        status.textContent = words.over;
        status.dataset.on = 'false';
      });
      void followEvents({ sessionId: link.sessionId, key: link.key, token }, watcher, over);
    },
  };
}
