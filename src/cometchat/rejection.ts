import { type ErrorCode, MeetError } from '../core/errors.ts';
import { type Meaning, meaningOf } from './vendor-errors.ts';

export interface Refused {
  readonly status: number;
  readonly body: Record<string, unknown> | null;
  /** Until CometChat wants to be asked again; null where it did not say. */
  readonly retryAfterSeconds: number | null;
  /** The setting that holds the key of the request: named when it is refused. Null where a token was sent instead. */
  readonly keyName: string | null;
  /** Values that no message may carry, whatever the other side echoes. */
  readonly secrets: readonly string[];
}

/** As the example of the vendor's page has it; its limits are per minute. */
const USUAL_WAIT_SECONDS = 15;

const CODES: Partial<Record<Meaning, ErrorCode>> = { busy: 'COMETCHAT_BUSY', down: 'COMETCHAT_DOWN' };

/** The typed error of a refused request: detail `{vendorCode, status}`, and a message that names the fix. */
export function rejectionOf(refused: Refused): MeetError {
  const { status, body, keyName, secrets } = refused;
  const { vendorCode, vendorMessage } = readError(body);
  const meaning = meaningOf(vendorCode, status);
  const retryAfterSeconds = refused.retryAfterSeconds ?? USUAL_WAIT_SECONDS;
  const said = withoutSecrets(vendorMessage ?? 'no reason given', secrets);
  const message = wordsOf({
    meaning,
    what: vendorCode ?? String(status),
    status,
    said,
    keyName,
    retryAfterSeconds,
  });
  const detail = { vendorCode, status, ...(meaning === 'busy' && { retryAfterSeconds }) };
  return new MeetError(CODES[meaning] ?? 'COMETCHAT_FAILED', message, { detail });
}

interface Facts {
  readonly meaning: Meaning;
  /** The vendor's code, else the status. */
  readonly what: string;
  readonly status: number;
  readonly said: string;
  readonly keyName: string | null;
  readonly retryAfterSeconds: number;
}

function wordsOf({ meaning, what, status, said, keyName, retryAfterSeconds }: Facts): string {
  const plain = `CometChat answered ${status}${what === String(status) ? '' : ` ${what}`}: ${said}`;
  switch (meaning) {
    case 'busy':
      return `CometChat answers "too many requests"; wait ${retryAfterSeconds} s, or raise the limit of your plan.`;
    case 'down':
      return `CometChat failed (${what}); try again, and look at its status page if it stays.`;
    case 'app':
      return `CometChat does not know this app in this region (${what}); check COMETCHAT_APP_ID and COMETCHAT_REGION.`;
    case 'address':
      return `CometChat has no such API there (${what}); check COMETCHAT_HOST and COMETCHAT_ADMIN_HOST, or unset them.`;
    case 'plan':
      return `CometChat's plan does not include this (${what}); look at the app's subscription in the dashboard.`;
    case 'token':
      return `CometChat refused a token it had just made (${what}); check that all COMETCHAT hosts are of one app and region.`;
    case 'key':
      if (keyName === null) return plain;
      return `CometChat refused the key (${what}); check that ${keyName} belongs to this app and region.`;
    case 'scope':
      if (keyName === null) return plain;
      return `CometChat does not let ${keyName} do this (${what}); set COMETCHAT_API_KEY to a key with the scope fullAccess.`;
    default:
      return plain;
  }
}

/** Reads the vendor's `{error: {code, message, devMessage}}`; nulls where the body is something else. */
function readError(body: Record<string, unknown> | null) {
  const error = body?.error;
  const { code, message } = (typeof error === 'object' && error ? error : {}) as Record<string, unknown>;
  return {
    vendorCode: typeof code === 'string' && /^[A-Z][A-Z0-9_]{1,63}$/.test(code) ? code : null,
    vendorMessage: typeof message === 'string' ? message : null,
  };
}

/** The vendor may echo what it was sent. */
function withoutSecrets(text: string, secrets: readonly string[]): string {
  const clean = secrets.reduce((rest, secret) => (secret ? rest.replaceAll(secret, '***') : rest), text);
  return clean.replace(/\s+/g, ' ').slice(0, 200);
}
