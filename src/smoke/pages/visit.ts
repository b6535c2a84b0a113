import type { Page } from 'playwright-core';
import type { Person } from '../people/person.ts';
import type { Words } from './fill-in.ts';
import { withoutSecrets } from './open-link.ts';

/** How far somebody came on a page that is not ours. */
export interface Visit {
  readonly url: string;
  readonly words: Words;
  /** Where the person's story stood when the way in began. */
  from: number;
  stage: Stage;
}

/**
 * `opening` the link; `filling` a field; `looking` for something to press; `pressed` it; `alone`: the page went on by
 * itself; `leaving`: looks for the way out; `left`: pressed it.
 */
export type Stage =
  | { readonly name: 'opening' | 'looking' | 'alone' | 'leaving' | 'left' }
  | { readonly name: 'filling'; readonly selector: string }
  | { readonly name: 'pressed'; readonly label: string };

/** What the pages asked of the network, as far as it matters here. */
export interface Traffic {
  follow(page: Page): void;
  /** Whether any page talked to CometChat's cloud or to its stand-in. */
  readonly cometchat: boolean;
  /** Hosts that a page asked in vain, by `fetch` or the like. */
  unreachable(person: Person): string[];
  /** Scripts and `fetch` requests of a page that were answered with an error, as 'POST https://host/token answered 403'. */
  refused(person: Person): string[];
}

export function createTraffic(): Traffic {
  const followed = new Map<Page, { readonly failed: Set<string>; readonly refused: Set<string> }>();
  let cometchat = false;
  const note = (url: string) => {
    cometchat ||= COMETCHAT.test(url);
  };
  return {
    get cometchat() {
      return cometchat;
    },
    follow(page) {
      if (followed.has(page)) return;
      const failed = new Set<string>();
      const refused = new Set<string>();
      followed.set(page, { failed, refused });
      page.on('response', response => {
        const request = response.request();
        if (response.status() < 400 || !/^(fetch|xhr|script)$/.test(request.resourceType())) return;
        refused.add(`${request.method()} ${withoutSecrets(response.url())} answered ${response.status()}`);
      });
      page.on('request', request => note(request.url()));
      page.on('websocket', socket => note(socket.url()));
      page.on('requestfailed', request => {
        const lost = /NAME_NOT_RESOLVED|CONNECTION_REFUSED/.test(request.failure()?.errorText ?? '');
        if (lost && /^(fetch|xhr)$/.test(request.resourceType())) failed.add(new URL(request.url()).host);
      });
    },
    unreachable: ({ page }) => [...(followed.get(page)?.failed ?? [])],
    refused: ({ page }) => [...(followed.get(page)?.refused ?? [])],
  };
}

/** Both SDKs ask for a call token, and signal to a path of this name. */
const COMETCHAT = /\/call_tokens|\/xmpp-websocket/;
