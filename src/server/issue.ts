import { emulatorBases } from '../cometchat/bases.ts';
import type { Role } from '../core/meeting.ts';
import type { Admitted } from './admission.ts';
import type { AppContext } from './context.ts';

export interface IssuedTokens {
  readonly authToken?: string;
  readonly callToken?: string;
  readonly user: { readonly uid: string; readonly name: string };
  readonly role: Role;
  /** In a broadcast guests only watch. */
  readonly broadcast: boolean;
  readonly cometchat: {
    readonly appId: string;
    readonly region: string;
    readonly host?: string;
    readonly adminHost?: string;
    readonly clientHost?: string;
  };
}

/**
 * Gets an admitted person's token from CometChat. In strict mode the auth token stays here, since it opens every
 * session, and only a call token leaves. `origin`: where this person's browser sees us. Throws `USER_UNKNOWN` and the
 * `COMETCHAT_` codes.
 */
export async function issueTokens(
  context: AppContext,
  admitted: Admitted,
  origin: string,
): Promise<IssuedTokens> {
  const { client } = context.cometchat;
  const { identity, meeting, role } = admitted;
  const user = { uid: identity.uid, name: identity.name };
  const until = client.deadline();
  const authToken = await client.createAuthToken(user, until);
  context.grants.vouch(authToken, admitted.identityId);
  const answer = { user, role, broadcast: meeting.broadcast, cometchat: cometchatFor(context, origin) };
  if (!context.strict) {
    context.metrics.issued('auth');
    return { authToken, ...answer };
  }
  const callToken = await client.createCallToken(authToken, meeting.sessionId, until);
  context.metrics.issued('call');
  return { callToken, ...answer };
}

/** What the page gives to the SDK's `init`: no trailing slashes, as v5 takes them. */
function cometchatFor({ cometchat, emulatorOn }: AppContext, origin: string): IssuedTokens['cometchat'] {
  const { appId, region, hosts = {} } = cometchat;
  if (!emulatorOn) return { appId, region, ...hosts };
  const { callBase, loginBase } = emulatorBases(origin);
  return { appId, region, host: callBase, adminHost: loginBase, clientHost: loginBase };
}
