import { createKnownUsers } from './known-users.ts';
import { type CometChatUser, isVendorError, type Rest } from './rest.ts';

/** Makes users that are missing, each once. */
export interface EnsureUser {
  /** Makes the user, unless it is known to be there. The token that came with it; null where it was there. */
  ensure(user: CometChatUser, until: number): Promise<string | null>;
  /** It turned out not to be there. */
  forget(uid: string): void;
}

/** `renames`: a user that is there by another name is renamed. */
export function createEnsureUser(rest: Rest, renames: boolean): EnsureUser {
  const known = createKnownUsers(rest.clock.now);
  const making = new Map<string, Promise<string | null>>();

  const isThere = ({ uid, name }: CometChatUser) => {
    const there = known.nameOf(uid);
    return renames ? there === name : there !== undefined;
  };

  const make = async (user: CometChatUser, until: number): Promise<string | null> => {
    const isNew = known.nameOf(user.uid) === undefined;
    const authToken = isNew ? await createOrTake(user, until) : null;
    if (renames && authToken === null) await rest.renameUser(user, until);
    known.note(user.uid, user.name);
    return authToken;
  };

  const createOrTake = (user: CometChatUser, until: number): Promise<string | null> =>
    rest.createUser(user, until).catch(error => {
      if (isVendorError(error, 'ERR_UID_ALREADY_EXISTS')) return null;
      throw error;
    });

  return {
    async ensure(user, until) {
      const { uid } = user;
      // However many come as one user at once, one request makes it. Where that fails it fails for all: to try again
      // together would be a herd.
      for (let other = making.get(uid); other; other = making.get(uid)) await other;
      if (isThere(user)) return null;
      const mine = make(user, until);
      making.set(uid, mine);
      try {
        return await mine;
      } finally {
        making.delete(uid);
      }
    },
    forget: known.forget,
  };
}
