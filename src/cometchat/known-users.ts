/** Which users are there, and by what name, as far as we saw it lately. Nothing in it is secret. */
export interface KnownUsers {
  nameOf(uid: string): string | undefined;
  note(uid: string, name: string): void;
  forget(uid: string): void;
}

/** Somebody else may delete or rename a user. */
const LIFETIME_MS = 10 * 60_000;
const CAPACITY = 10_000;

export function createKnownUsers(now: () => number): KnownUsers {
  const users = new Map<string, { readonly name: string; readonly until: number }>();
  // In the order of insertion. One for good: a new one would walk each time over all places that were emptied before.
  const oldest = users.keys();
  return {
    nameOf(uid) {
      const user = users.get(uid);
      return user && user.until > now() ? user.name : undefined;
    },
    note(uid, name) {
      users.delete(uid);
      users.set(uid, { name, until: now() + LIFETIME_MS });
      if (users.size > CAPACITY) users.delete(oldest.next().value as string);
    },
    forget: uid => void users.delete(uid),
  };
}
