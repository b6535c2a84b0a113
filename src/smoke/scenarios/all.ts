import { accessRevoked, expiryDuringCall } from './closing-doors.ts';
import { browserKilled, leaveButton, rendererKilled, tabClosed } from './departures.ts';
import { JOIN_FAULTS } from './faults/join-faults.ts';
import { NETWORK_FAULTS } from './faults/network-faults.ts';
import { outage } from './faults/outage.ts';
import { socketClean, socketDead } from './faults/socket-faults.ts';
import { hostEndsForAll } from './host-ends-for-all.ts';
import { midnightInBucket } from './midnight.ts';
import { networkLost } from './network-lost.ts';
import { cameraOffSeen, muteSeen } from './own-media.ts';
import { refusedJoin } from './refused-join.ts';
import { rejoin } from './rejoin.ts';
import type { Scenario } from './scenario.ts';
import { screenShare } from './screen-share.ts';
import { twoTokens } from './two-tokens.ts';

/** Every scenario, in the order of `--all`: the ones that hurt most come last. */
export const SCENARIOS: readonly Scenario[] = [
  leaveButton,
  rejoin,
  refusedJoin,
  muteSeen,
  cameraOffSeen,
  screenShare,
  hostEndsForAll,
  twoTokens,
  expiryDuringCall,
  accessRevoked,
  midnightInBucket,
  ...NETWORK_FAULTS,
  outage,
  socketClean,
  socketDead,
  ...JOIN_FAULTS,
  networkLost,
  tabClosed,
  rendererKilled,
  browserKilled,
];
