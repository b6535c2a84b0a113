import { UID_PATTERN } from '../core/access.ts';
import { MeetError } from '../core/errors.ts';
import type { Identity } from '../core/meeting.ts';
import { cleanName } from './identity.ts';

/** Where the host application keeps what we need to know; dots lead into objects, like `user.id`. */
export interface ClaimNames {
  readonly uid: string;
  readonly name: string;
  /** Undefined: nobody is host by their token. */
  readonly role: string | undefined;
}

const UID = new RegExp(UID_PATTERN);

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The claim of that very name first: `https://example.com/uid` has dots too. Only what the token itself says counts. */
function readClaim(claims: unknown, path: string): unknown {
  if (!isObject(claims)) return undefined;
  if (Object.hasOwn(claims, path)) return claims[path];
  const dot = path.indexOf('.');
  if (dot < 0 || !Object.hasOwn(claims, path.slice(0, dot))) return undefined;
  return readClaim(claims[path.slice(0, dot)], path.slice(dot + 1));
}

function readUid(claims: object, path: string): string {
  const value = readClaim(claims, path);
  // Many applications count their users.
  const uid = Number.isSafeInteger(value) ? String(value) : value;
  if (typeof uid === 'string' && UID.test(uid)) return uid;
  throw new MeetError(
    'BAD_REQUEST',
    `${path} of your application's token is not a uid: letters, digits, _ and -, at most 100, a letter or digit first; have another claim named in MEET_JWT_UID_CLAIM, or mend it.`,
  );
}

/** A name that cannot be shown is no reason to refuse its bearer. */
function readName(claims: object, path: string, uid: string): string {
  const value = readClaim(claims, path);
  if (typeof value !== 'string') return uid;
  try {
    return cleanName(value);
  } catch {
    return uid;
  }
}

/** Who bears what the host application has vouched for. Throws `BAD_REQUEST` where no uid of CometChat's is in it. */
export function identityOf(claims: object, names: ClaimNames): Identity {
  const uid = readUid(claims, names.uid);
  const role = names.role === undefined ? undefined : readClaim(claims, names.role);
  const isHost = Array.isArray(role) ? role.includes('host') : role === 'host';
  return { uid, name: readName(claims, names.name, uid), proof: 'app', ...(isHost && { role: 'host' }) };
}
