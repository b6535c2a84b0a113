/** What a documented error comes to. `exists` and `unknown-user` are answers to go on with, not failures of ours. */
export type Meaning =
  | 'key'
  | 'scope'
  | 'app'
  | 'address'
  | 'plan'
  | 'token'
  | 'request'
  | 'busy'
  | 'down'
  | 'exists'
  | 'unknown-user';

interface Documented {
  readonly code: string;
  readonly meaning: Meaning;
  /** The vendor's page that tells of it. */
  readonly source: string;
}

const GUIDE = 'https://www.cometchat.com/docs/articles/error-guide';
const USERS = 'https://api-explorer.cometchat.com/reference/users';
const LIMITS = 'https://www.cometchat.com/docs/rest-api/rate-limits';

const group = (meaning: Meaning, source: string, codes: readonly string[]): readonly Documented[] =>
  codes.map(code => ({ code, meaning, source }));

/**
 * The errors that CometChat documents for what we ask of it. Shapes and meanings are from its pages: none of this was
 * ever called against its cloud. The pages name no statuses but 429, so the code decides before the status.
 */
export const VENDOR_ERRORS: readonly Documented[] = [
  ...group('key', GUIDE, ['AUTH_ERR_EMPTY_APIKEY', 'AUTH_ERR_APIKEY_NOT_FOUND', 'ERR_APIKEY_NOT_FOUND']),
  ...group('scope', GUIDE, ['AUTH_ERR_NO_ACCESS']),
  ...group('app', GUIDE, ['AUTH_ERR_EMPTY_APPID', 'AUTH_ERR_INVALID_APPID']),
  ...group('address', GUIDE, ['ERR_INVALID_API_VERSION', 'ERR_API_NOT_FOUND']),
  ...group('plan', GUIDE, ['ERR_PLAN_RESTRICTION', 'ERR_SUBSCRIPTION_EXPIRED', 'ERR_PLAN_QUOTA_RESTRICTION']),
  ...group('token', GUIDE, [
    'AUTH_ERR_EMPTY_AUTH_TOKEN',
    'AUTH_ERR_AUTH_TOKEN_NOT_FOUND',
    'ERR_AUTH_TOKEN_NOT_FOUND',
    'ERR_AUTHTOKEN_UNAVAILABLE',
    'ERR_AUTHTOKEN_NOT_ACCESSIBLE',
  ]),
  ...group('request', GUIDE, ['ERR_BAD_REQUEST']),
  ...group('request', USERS, ['ERR_INVALID_UID']),
  ...group('down', GUIDE, [
    'ERR_MISSION_FAILED',
    'ERR_OPERATION_FAILED',
    'ERR_EXCEPTION',
    'ERR_BAD_ERROR_RESPONSE',
    'ERR_WS_INIT_FAILED',
    'ERR_WS_USER_CREATION_FAILED',
    'ERR_WS_USER_UPDATION_FAILED',
  ]),
  ...group('busy', LIMITS, ['ERR_TOO_MANY_REQUESTS']),
  ...group('unknown-user', GUIDE, ['ERR_UID_NOT_FOUND']),
  ...group('exists', USERS, ['ERR_UID_ALREADY_EXISTS']),
];

const MEANINGS = new Map(VENDOR_ERRORS.map(({ code, meaning }) => [code, meaning]));

/** What an error answer means; of a code that is not documented, what its status says. */
export function meaningOf(vendorCode: string | null, status: number): Meaning {
  const documented = vendorCode === null ? undefined : MEANINGS.get(vendorCode);
  if (documented) return documented;
  if (status === 429) return 'busy';
  if (status >= 500) return 'down';
  // A page, or a 2xx without data: somebody answers there, but not this API.
  if (status < 400 || status === 404) return 'address';
  return status === 401 || status === 403 ? 'key' : 'request';
}
