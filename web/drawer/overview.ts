import { createFactsList } from './facts-list.ts';
import type { Sight, View } from './views.ts';
import { words } from './words.ts';

/** Who is in which call, by what, and the way its media takes. */
export function createOverview(panel: HTMLElement, { config, book, meter, sessionId }: Sight): View {
  const { name, version, source } = config.sdk;
  const list = createFactsList();
  panel.append(list.element);
  return {
    refresh() {
      const { user, role } = book.facts;
      const known: Readonly<Record<string, string | undefined>> = {
        sdk: `${name} ${version}, ${words.source[source]}`,
        backend: words.backend[config.backend],
        session: sessionId,
        state: document.body.dataset.state,
        user: user && (user.name === user.uid ? user.uid : `${user.uid} (${user.name})`),
        role,
        ...meter.route,
      };
      list.show(
        Object.entries(words.rows).map(([key, label]) => ({
          name: label,
          value: known[key] ?? words.unknown,
        })),
      );
    },
  };
}
