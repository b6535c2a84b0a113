import { VendorError } from './errors.ts';
import type { User } from './tokens.ts';

/** The app's users. */
export interface Directory {
  /** Throws ERR_UID_ALREADY_EXISTS, and ERR_BAD_REQUEST for what can be no uid. */
  create(uid: string, name: string): User;
  /** Throws ERR_UID_NOT_FOUND. */
  rename(uid: string, name: string): User;
  /** Throws ERR_UID_NOT_FOUND. */
  find(uid: string): User;
  /** For good, or only until somebody reactivates it: to this one the uid belongs still. Throws ERR_UID_NOT_FOUND. */
  remove(uid: string, permanent: boolean): void;
}

/** Every new CometChat app comes with these (vendor's documentation, "Users"). */
const SAMPLE_USERS = ['Andrew Joseph', 'George Alan', 'Nancy Grace', 'Susan Marie', 'John Paul'];
/** What the vendor allows: no spaces, no punctuation. */
const UID = /^[A-Za-z0-9][\w-]{0,99}$/;
/** Enough for any test; without a limit, a loop of guests would grow the process for ever. */
const MAX_USERS = 10_000;

export function createDirectory(): Directory {
  const users = new Map<string, User>();
  const deactivated = new Set<string>();
  SAMPLE_USERS.forEach((name, i) => {
    const uid = `cometchat-uid-${i + 1}`;
    users.set(uid, { uid, name, avatar: '' });
  });

  const find = (uid: string): User => {
    const user = users.get(uid);
    if (user && !deactivated.has(uid)) return user;
    throw new VendorError('ERR_UID_NOT_FOUND', `The user with uid ${uid} does not exist; create it first.`);
  };
  const put = (user: User): User => {
    users.set(user.uid, user);
    return user;
  };

  return {
    create(uid, name) {
      if (!UID.test(uid))
        throw new VendorError(
          'ERR_BAD_REQUEST',
          'A uid has up to 100 letters, digits, - and _, the first no dash; change it.',
        );
      if (users.has(uid))
        throw new VendorError('ERR_UID_ALREADY_EXISTS', `The user with uid ${uid} already exists.`);
      if (users.size >= MAX_USERS)
        throw new VendorError('ERR_BAD_REQUEST', `The emulator holds ${MAX_USERS} users; restart it.`);
      return put({ uid, name, avatar: '' });
    },
    rename: (uid, name) => put({ ...find(uid), name }),
    find,
    remove(uid, permanent) {
      find(uid);
      if (permanent) users.delete(uid);
      else deactivated.add(uid);
    },
  };
}
