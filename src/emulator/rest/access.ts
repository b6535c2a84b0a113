import { hash, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { VendorError } from './errors.ts';
import type { CallClaims, MayIssue, Tokens, User } from './tokens.ts';

export interface AccessOptions {
  readonly tokens: Tokens;
  readonly appId: string;
  readonly apiKey: string;
  readonly authKey: string;
  readonly mayIssue: MayIssue;
}

/** Somebody with a valid auth token. */
export interface Bearer {
  readonly user: User;
  readonly authToken: string;
}

/** A request, as far as access is asked for by its headers. */
export interface Asking {
  readonly headers: IncomingHttpHeaders;
}

/** The checks that routes share; each throws a `VendorError`. */
export interface Access {
  requireApp(request: Asking): void;
  /** The server's key, which may do everything. */
  requireApiKey(request: Asking): void;
  /** That or the development key. */
  requireAnyKey(request: Asking): void;
  requireUser(request: Asking): Promise<Bearer>;
  requireCall(request: Asking): Promise<{ callToken: string; claims: CallClaims }>;
  requireAdmission(user: User, sessionId: string, authHash: string): Promise<void>;
}

export function createAccess({ tokens, appId, apiKey, authKey, mayIssue }: AccessOptions): Access {
  /** Which key was sent. */
  const keyOf = (request: Asking): 'api' | 'auth' => {
    const given = headerOf(request, 'apikey');
    if (given === '') throw new VendorError('AUTH_ERR_EMPTY_APIKEY', 'The API key is missing.');
    if (isSame(apiKey, given)) return 'api';
    if (isSame(authKey, given)) return 'auth';
    throw new VendorError('AUTH_ERR_APIKEY_NOT_FOUND', 'The API key is wrong.');
  };

  return {
    requireApp(request) {
      // SDK v5 names its app with every request, v4 with none.
      const given = request.headers.appid;
      if (given === undefined || given === appId) return;
      throw new VendorError(
        'AUTH_ERR_INVALID_APPID',
        `The app ID in the header is not this emulator's; give init the appId ${appId}.`,
      );
    },
    requireApiKey(request) {
      if (keyOf(request) === 'api') return;
      throw new VendorError('AUTH_ERR_NO_ACCESS', 'An auth key may not do this; it takes the REST API key.');
    },
    requireAnyKey: request => void keyOf(request),
    async requireUser(request) {
      const authToken = headerOf(request, 'authtoken');
      if (authToken === '') throw new VendorError('AUTH_ERR_EMPTY_AUTH_TOKEN', 'The auth token is missing.');
      const user = await tokens.readAuth(authToken);
      if (user) return { user, authToken };
      throw new VendorError(
        'AUTH_ERR_AUTH_TOKEN_NOT_FOUND',
        'The auth token is expired, logged out or not of this app.',
      );
    },
    async requireCall(request) {
      const callToken = headerOf(request, 'calltoken');
      const token = await tokens.readCall(callToken);
      if (token && !token.expired) return { callToken, claims: token.claims };
      throw new VendorError(
        'AUTH_ERR_CALL_TOKEN_NOT_FOUND',
        'The call token is missing, expired or not of this app.',
      );
    },
    async requireAdmission(user, sessionId, authHash) {
      if (await mayIssue(user.uid, sessionId, authHash)) return;
      throw new VendorError(
        'AUTH_ERR_NO_ACCESS',
        `${user.uid} was not authorized for the session ${sessionId}.`,
      );
    },
  };
}

/** A header that may come once; empty where it is missing. */
function headerOf(request: Asking, name: string): string {
  const value = request.headers[name];
  return typeof value === 'string' ? value : '';
}

// Hashes have one length, so the comparison tells nothing of the key's. The core has the same; by the arrows it is not ours.
function isSame(key: string, given: string): boolean {
  return timingSafeEqual(hash('sha256', key, 'buffer'), hash('sha256', given, 'buffer'));
}
