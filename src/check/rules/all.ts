import type { Rule } from '../rule.ts';
import { FLUTTER_RULES } from './flutter/flutter-rules.ts';
import { noAuthorizeRoute } from './server/no-authorize-route.ts';
import { noExpiry } from './server/no-expiry.ts';
import { authKeyInClient } from './web/auth-key-in-client.ts';
import { chatSdkInSessionOnly } from './web/chat-sdk-in-session-only.ts';
import { clientMintedSessionId } from './web/client-minted-session-id.ts';
import { connectionClosedUnhandled } from './web/connection-closed-unhandled.ts';
import { containerConditional } from './web/container-conditional.ts';
import { containerSizing } from './web/container-sizing.ts';
import { deprecatedV4 } from './web/deprecated-v4.ts';
import { endCall } from './web/end-call.ts';
import { explicitSettings } from './web/explicit-settings.ts';
import { hardCodedOrigin } from './web/hard-coded-origin.ts';
import { joinResultUnchecked } from './web/join-result-unchecked.ts';
import { joinedRefGuard } from './web/joined-ref-guard.ts';
import { listenerLeak } from './web/listener-leak.ts';
import { missingAuthorize } from './web/missing-authorize.ts';
import { mixedModes } from './web/mixed-modes.ts';
import { noLeaveOnUnmount } from './web/no-leave-on-unmount.ts';
import { secondSession } from './web/second-session.ts';
import { ssrImport } from './web/ssr-import.ts';
import { tokenBeforeLogin } from './web/token-before-login.ts';
import { tokenCached } from './web/token-cached.ts';
import { tokenLogged } from './web/token-logged.ts';
import { unknownMember } from './web/unknown-member.ts';
import { userGetters } from './web/user-getters.ts';

/** Every rule, in the order in which docs/rules.md has them. */
export const ALL_RULES: readonly Rule[] = [
  joinResultUnchecked,
  tokenLogged,
  containerSizing,
  unknownMember,
  chatSdkInSessionOnly,
  deprecatedV4,
  endCall,
  explicitSettings,
  mixedModes,
  userGetters,
  authKeyInClient,
  clientMintedSessionId,
  ssrImport,
  tokenBeforeLogin,
  noLeaveOnUnmount,
  connectionClosedUnhandled,
  listenerLeak,
  joinedRefGuard,
  secondSession,
  containerConditional,
  hardCodedOrigin,
  noAuthorizeRoute,
  noExpiry,
  tokenCached,
  missingAuthorize,
  ...FLUTTER_RULES,
];
