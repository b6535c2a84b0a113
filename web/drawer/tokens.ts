import { sayName, sayValue } from './claim-words.ts';
import type { Claims } from './claims.ts';
import { createFactsList } from './facts-list.ts';
import { sayRemaining } from './remaining.ts';
import type { Sight, View } from './views.ts';
import { words } from './words.ts';

/** What each token says, and how long it still holds. */
export function createTokens(panel: HTMLElement, sight: Sight): View {
  const names = ['identity', 'auth', 'call'] as const;
  const refreshers = names.map(name =>
    createToken(panel, words.tokens[name], () => sight.book.tokens.get(name), sight),
  );
  return {
    refresh() {
      for (const refresh of refreshers) refresh();
    },
  };
}

function createToken(
  panel: HTMLElement,
  title: string,
  read: () => Claims | null | undefined,
  { now }: Sight,
): () => void {
  const heading = document.createElement('h3');
  const remaining = document.createElement('p');
  const list = createFactsList();
  heading.textContent = title;
  remaining.className = 'remaining';
  panel.append(heading, remaining, list.element);
  return () => {
    const claims = read();
    const exp = Number(claims?.exp) * 1000;
    const over = exp <= now();
    remaining.dataset.over = String(over);
    remaining.textContent = claims ? (exp ? sayRemaining(exp - now()) : words.noExpiry) : missing(claims);
    list.show(
      Object.entries(claims ?? {}).map(([path, value]) => ({
        name: sayName(path),
        note: path,
        value: sayValue(path, value),
      })),
    );
  };
}

function missing(claims: null | undefined): string {
  return claims === null ? words.unreadable : words.noToken;
}
