import type { Rule } from '../../rule.ts';
import { androidPermissions } from './android-permissions.ts';
import { callSettings } from './call-settings.ts';
import { chatSdkInSessionOnly } from './chat-sdk-in-session-only.ts';
import { constrainedWidget } from './constrained-widget.ts';
import { deepLinkRoute } from './deep-link-route.ts';
import { forEachApp } from './flutter-rule.ts';
import { iosUsageStrings } from './ios-usage-strings.ts';
import { joinArguments } from './join-arguments.ts';
import { joinAwaited } from './join-awaited.ts';
import { leaveButtonPops } from './leave-button-pops.ts';
import { listenerEarly } from './listener-early.ts';
import { listenerLeak } from './listener-leak.ts';
import { missingListenerMethods } from './missing-listener-methods.ts';
import { ongoingService } from './ongoing-service.ts';
import { popWithoutMounted } from './pop-without-mounted.ts';
import { runtimePermissions } from './runtime-permissions.ts';
import { statelessCallScreen } from './stateless-call-screen.ts';
import { unguardedPop } from './unguarded-pop.ts';
import { unknownController } from './unknown-controller.ts';

export const FLUTTER_RULES: readonly Rule[] = [
  androidPermissions,
  callSettings,
  chatSdkInSessionOnly,
  constrainedWidget,
  deepLinkRoute,
  iosUsageStrings,
  joinArguments,
  joinAwaited,
  leaveButtonPops,
  listenerEarly,
  listenerLeak,
  missingListenerMethods,
  ongoingService,
  popWithoutMounted,
  runtimePermissions,
  statelessCallScreen,
  unguardedPop,
  unknownController,
].map(forEachApp);
