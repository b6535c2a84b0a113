import type { CometChatClient } from './client.ts';

/** As many as the emulator holds. */
const CAPACITY = 10_000;

/**
 * The client of an emulator that lives and dies with this process, where users never vanish: whom it was told of once, by
 * this name, it need not be told of with every token.
 */
export function rememberUsers(client: CometChatClient): CometChatClient {
  const names = new Map<string, string>();
  return {
    ...client,
    async ensureUser(user) {
      if (names.get(user.uid) === user.name) return;
      await client.ensureUser(user);
      if (names.size >= CAPACITY) names.clear();
      names.set(user.uid, user.name);
    },
  };
}
