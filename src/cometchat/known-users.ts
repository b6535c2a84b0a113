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
  return {
    nameOf(uid) {
      const user = users.get(uid);
      return user && user.until > now() ? user.name : undefined;
    },
    note(uid, name) {
      // A Map keeps the order of insertion, so the first key is the oldest.
      users.delete(uid);
      users.set(uid, { name, until: now() + LIFETIME_MS });
      const oldest = users.size > CAPACITY ? users.keys().next().value : undefined;
      if (oldest !== undefined) users.delete(oldest);
    },
    forget: uid => void users.delete(uid),
  };
}
