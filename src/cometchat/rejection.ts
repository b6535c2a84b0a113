import { MeetError } from '../core/errors.ts';

interface Rejection {
  readonly vendorCode: string | null;
  readonly vendorMessage: string | null;
}

interface Refused extends Rejection {
  readonly status: number;
  /** The setting that holds the key of the request; null where a token was sent instead. */
  readonly keyName: string | null;
  /** Values that no message may carry. */
  readonly secrets: readonly string[];
}

/** Reads the vendor's `{error: {code, message, devMessage}}`; nulls where the body is something else. */
export function readRejection(body: Record<string, unknown> | null): Rejection {
  const error = body?.error;
  const { code, message } = (typeof error === 'object' && error ? error : {}) as Record<string, unknown>;
  return {
    vendorCode: typeof code === 'string' && /^[A-Z][A-Z0-9_]{1,63}$/.test(code) ? code : null,
    vendorMessage: typeof message === 'string' ? message : null,
  };
}

/** The typed error of a refused request: its detail is `{vendorCode, status}`, its message names the fix. */
export function rejectionOf(refused: Refused): MeetError {
  const { vendorCode, status, keyName, secrets } = refused;
  const detail = { vendorCode, status };
  if ((status === 401 || status === 403) && keyName !== null) {
    const message = `CometChat refused the key (${vendorCode ?? status}); check that ${keyName} belongs to this app and may do this.`;
    return new MeetError('COMETCHAT_FAILED', message, { detail });
  }
  if (status === 429) {
    const message = 'CometChat answers "too many requests"; wait a minute, or raise the limit of your plan.';
    return new MeetError('COMETCHAT_FAILED', message, { detail });
  }
  const said = withoutSecrets(refused.vendorMessage ?? 'no reason given', secrets);
  const message = `CometChat answered ${status}${vendorCode ? ` ${vendorCode}` : ''}: ${said}`;
  return new MeetError('COMETCHAT_FAILED', message, { detail });
}

/** The vendor may echo what it was sent. */
function withoutSecrets(text: string, secrets: readonly string[]): string {
  const clean = secrets.reduce((rest, secret) => (secret ? rest.replaceAll(secret, '***') : rest), text);
  return clean.replace(/\s+/g, ' ').slice(0, 200);
}
