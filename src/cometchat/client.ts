import { MeetError } from '../core/errors.ts';
import { createEnsureUser } from './ensure-user.ts';
import { type CometChatUser, createRest, isVendorError, type Rest, type RestOptions } from './rest.ts';

/** What the server needs of CometChat; the same for the cloud and the emulator. */
export interface CometChatClient {
  /** When somebody who asks now will not wait any longer: `until` of the calls made for them. */
  deadline(): number;
  /**
   * A new auth token, and the user where there is none and we may make one. It opens every session and does not expire,
   * so mind who gets it. Throws `USER_UNKNOWN` besides.
   */
  createAuthToken(user: CometChatUser, until?: number): Promise<string>;
  /** A call token for one user and one session, about 5 minutes long. */
  createCallToken(authToken: string, sessionId: string, until?: number): Promise<string>;
}

export interface ClientOptions extends RestOptions {
  /** Whether users that are missing are made (the default). */
  readonly createUsers?: boolean;
  /** Whether a user may be renamed: never with the cloud, where the name belongs to somebody's account. */
  readonly renames?: boolean;
}

/** A person waits in front of a page, which gives up after 15 s. */
const PATIENCE_MS = 8_000;

/** The client of CometChat's REST. No error of it carries a key or a token. */
export function createCometChatClient(options: ClientOptions): CometChatClient {
  const { createUsers = true, renames = false } = options;
  const rest = createRest(options);
  const deadline = () => rest.clock.now() + PATIENCE_MS;
  const issueToken = createUsers ? issueToAll(rest, renames) : issueToKnown(rest);
  return {
    deadline,
    createAuthToken: (user, until = deadline()) => issueToken(user, until),
    createCallToken: (authToken, sessionId, until = deadline()) =>
      rest.createCallToken(authToken, sessionId, until),
  };
}

type IssueToken = (user: CometChatUser, until: number) => Promise<string>;

function issueToKnown(rest: Rest): IssueToken {
  return async ({ uid }, until) => {
    try {
      return await rest.createAuthToken(uid, until);
    } catch (error) {
      if (!isVendorError(error, 'ERR_UID_NOT_FOUND')) throw error;
      throw new MeetError(
        'USER_UNKNOWN',
        `CometChat has no user ${uid}, and this server makes none (MEET_CREATE_USERS=off); create it in CometChat.`,
      );
    }
  };
}

function issueToAll(rest: Rest, renames: boolean): IssueToken {
  const users = createEnsureUser(rest, renames);
  const issue: IssueToken = async (user, until) =>
    (await users.ensure(user, until)) ?? (await rest.createAuthToken(user.uid, until));

  return async (user, until) => {
    try {
      return await issue(user, until);
    } catch (error) {
      if (!isVendorError(error, 'ERR_UID_NOT_FOUND')) throw error;
    }
    // Somebody deleted the user since we saw it; or it exists, but is deactivated, which CometChat calls not found too.
    users.forget(user.uid);
    try {
      return await issue(user, until);
    } catch (error) {
      if (!isVendorError(error, 'ERR_UID_NOT_FOUND')) throw error;
      throw new MeetError(
        'USER_UNKNOWN',
        `CometChat's user ${user.uid} is deactivated; reactivate it in CometChat.`,
      );
    }
  };
}
