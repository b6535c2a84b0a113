/** Where CometChat's APIs are. No base ends in a slash. */
export interface ApiBases {
  /** `/v3`: the documented REST API for servers (users, auth tokens), header `apikey`. */
  readonly adminBase: string;
  /** `/v3.0` of the same host: what the SDK's own login calls, header `apiKey` with an auth key. */
  readonly loginBase: string;
  /** `/v3.0` of the call host: call tokens, as the SDK's `generateToken` asks for them. */
  readonly callBase: string;
}

/** Hosts of a dedicated installation, as `init` of SDK v5 takes them: whole bases that end in `/v3.0`. */
export interface HostOverrides {
  readonly host?: string;
  readonly adminHost?: string;
  readonly clientHost?: string;
}

/** The bases of CometChat's cloud for one app, or of the dedicated hosts given instead. */
export function cloudBases(appId: string, region: string, hosts: HostOverrides = {}): ApiBases {
  const loginBase = hosts.adminHost ?? `https://${appId}.api-${region}.cometchat.io/v3.0`;
  return {
    adminBase: loginBase.replace(/\/v3\.0$/, '/v3'),
    loginBase,
    callBase: hosts.host ?? `https://${appId}.call-${region}.cometchat.io/v3.0`,
  };
}

/** The emulator's bases; `origin` is the meet server's, without a trailing slash. */
export function emulatorBases(origin: string): ApiBases {
  return {
    adminBase: `${origin}/cometchat/v3`,
    loginBase: `${origin}/cometchat/v3.0`,
    callBase: `${origin}/cometchat/v3.0`,
  };
}
