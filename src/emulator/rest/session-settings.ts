import type { User } from './tokens.ts';

/** A call token with what it says. */
export interface Call {
  readonly callToken: string;
  readonly sessionId: string;
  readonly user: User;
  readonly appId: string;
  readonly region: string;
}

/** Where a session takes place, as the asking browser reaches it. */
export interface ConferencePlace {
  /** The XMPP domain. */
  readonly domain: string;
  /** `ws://` or `wss://`, host and port, without a path. */
  readonly socketOrigin: string;
  /** Whether two people alone shall send each other their media directly. */
  readonly p2p: boolean;
}

/** What SDK 4.2.6 reads of a call token's answer: it makes the signalling URL of WEBRTC_HOST itself. */
export function describeCallV4(call: Call, place: ConferencePlace) {
  const { callToken, sessionId, user, appId, region } = call;
  return {
    callToken,
    settings: hostSettings(place),
    payload: { data: { appId, region, sessionId, user }, room: sessionId },
  };
}

/** What SDK v5 reads with `configVersion=1`: the server chooses the signalling URL, and whether there is P2P. */
export function describeCallV5({ callToken, sessionId, user }: Call, place: ConferencePlace) {
  return {
    callToken,
    sessionId,
    user,
    settings: { ...hostSettings(place), connectionConfig: connectionConfig(place) },
  };
}

// Analytics have nowhere to go offline.
function hostSettings({ domain }: ConferencePlace) {
  return {
    WEBRTC_HOST: domain,
    ANALYTICS_HOST: domain,
    ANALYTICS_VERSION: 'v1',
    PRESENTER_MODE_ENABLED: true,
  };
}

/** Goes to lib-jitsi-meet as it is, which appends the call token to the URL itself. */
function connectionConfig({ domain, socketOrigin, p2p }: ConferencePlace) {
  return {
    serviceUrl: `${socketOrigin}/xmpp-websocket`,
    hosts: { domain, muc: `conference.${domain}` },
    // Without a list of its own lib-jitsi-meet asks a public STUN server for both sides' addresses.
    p2p: p2p ? { enabled: true, stunServers: [] } : { enabled: false },
    // Our bridge channel is a WebSocket, no SCTP association.
    bridgeChannel: { preferSctp: false },
    flags: {
      sourceNameSignaling: true,
      sendMultipleVideoStreams: true,
      receiveMultipleVideoStreams: true,
      // The bridge passes on what senders' sources are called; rewriting needs one that renames them.
      ssrcRewritingEnabled: false,
    },
  };
}
