import { MeetError } from '../core/errors.ts';
import { createKeys } from './jwks.ts';
import { type JwtOptions, peek, verifyAppToken } from './jwt.ts';
import type { ProvenIdentity } from './tokens.ts';
import { createVerifyHook, type HookOptions } from './verify-hook.ts';

/** The application that meetings belong to: it knows its users, and we take its word. */
export interface HostApp {
  /**
   * Whom a token of the application names. `now`: epoch ms. Throws `NO_IDENTITY`, `BAD_REQUEST` for a token without a uid,
   * `IDENTITY_UNAVAILABLE` when the application cannot be asked.
   */
  prove(token: string, now: number): Promise<ProvenIdentity>;
}

export interface HostAppOptions {
  readonly jwt?: JwtOptions | undefined;
  readonly hook?: HookOptions | undefined;
}

/** A JWT of the named issuer is checked here; with the hook the application itself looks at everything else. */
export function createHostApp({ jwt, hook }: HostAppOptions): HostApp | undefined {
  if (!jwt && !hook) return undefined;
  const keys = jwt && createKeys(jwt.jwksUrl);
  const ask = hook && createVerifyHook(hook);
  return {
    async prove(token, now) {
      if (jwt && keys && peek(token)?.iss === jwt.issuer) return verifyAppToken(token, jwt, keys, now);
      if (ask) return ask(token, now);
      throw new MeetError('NO_IDENTITY', 'This token is neither ours nor of the application; join again.');
    },
  };
}
