/**
 * The vendor's error bodies: `{error: {code, message, devMessage, source}}`, with the status each goes with. The codes are
 * of its error guide (https://www.cometchat.com/docs/articles/error-guide), which names no statuses: those are ours.
 */
const STATUSES = {
  ERR_BAD_REQUEST: 400,
  AUTH_ERR_EMPTY_APIKEY: 401,
  AUTH_ERR_EMPTY_AUTH_TOKEN: 401,
  AUTH_ERR_INVALID_APPID: 401,
  AUTH_ERR_APIKEY_NOT_FOUND: 401,
  AUTH_ERR_AUTH_TOKEN_NOT_FOUND: 401,
  AUTH_ERR_CALL_TOKEN_NOT_FOUND: 401,
  AUTH_ERR_NO_ACCESS: 403,
  ERR_UID_NOT_FOUND: 404,
  ERR_API_NOT_FOUND: 404,
  ERR_UID_ALREADY_EXISTS: 409,
  ERR_TOO_MANY_REQUESTS: 429,
  ERR_EXCEPTION: 500,
} as const;

export type VendorCode = keyof typeof STATUSES;

/** A refusal in the vendor's words. */
export class VendorError extends Error {
  readonly code: VendorCode;
  readonly statusCode: number;

  constructor(code: VendorCode, message: string) {
    super(message);
    this.code = code;
    this.statusCode = STATUSES[code];
  }

  get body(): { error: { code: string; message: string; devMessage: string; source: string } } {
    const { code, message } = this;
    // The vendor names one of its services there; this is none of them.
    return { error: { code, message, devMessage: message, source: 'emulator' } };
  }
}

/** What any thrown thing looks like from outside; an unexpected one tells nothing of its inside. */
export function toVendorError(error: unknown): VendorError {
  if (error instanceof VendorError) return error;
  const status = error instanceof Error && 'statusCode' in error ? error.statusCode : 500;
  if (status === 429) return new VendorError('ERR_TOO_MANY_REQUESTS', 'Too many requests; slow down.');
  if (typeof status === 'number' && status < 500)
    return new VendorError('ERR_BAD_REQUEST', (error as Error).message);
  return new VendorError('ERR_EXCEPTION', 'The emulator failed.');
}
