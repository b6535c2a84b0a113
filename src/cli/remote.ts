import { readFileSync } from 'node:fs';
import { MeetError } from '../core/errors.ts';
import type { Context } from './context.ts';
import { isLoopback } from './host-name.ts';
import type { Settings } from './settings.ts';

/** Flags of the commands that work at a server elsewhere too. */
export interface ServerFlags {
  /** Its address; goes before `MEET_SERVER`. */
  readonly server?: string;
  /** Where its admin key is; goes before `MEET_ADMIN_KEY`. A flag with the key itself would show in the process list. */
  readonly adminKeyFile?: string;
  /** The key may cross a network in the clear. */
  readonly insecure?: boolean;
}

/** A server elsewhere, and what opens it. */
export interface Remote {
  readonly origin: string;
  readonly adminKey: string;
}

/** The server that `--server` or `MEET_SERVER` names, null without either. Throws `BAD_CONFIG`, `BAD_REQUEST`. */
export function chooseRemote({ serverFlags = {}, settings }: Context): Remote | null {
  const { server, adminKeyFile, insecure } = serverFlags;
  const address = server ?? (settings.env.MEET_SERVER || undefined);
  if (address === undefined) {
    const lonely = adminKeyFile === undefined ? (insecure ? '--insecure' : null) : '--admin-key-file';
    if (lonely) throw new MeetError('BAD_REQUEST', `${lonely} goes with --server <url>, or MEET_SERVER.`);
    return null;
  }
  const url = readAddress(address, server === undefined ? 'MEET_SERVER' : '--server');
  if (url.protocol === 'http:' && !isLoopback(url.hostname.replace(/[[\]]/g, '')) && !insecure) {
    throw new MeetError(
      'BAD_REQUEST',
      `Over http the admin key would cross the network for all to read; use https://${url.host}, or give --insecure.`,
    );
  }
  if (server === undefined) refuseForeign(settings, adminKeyFile);
  return { origin: url.origin, adminKey: readKey(adminKeyFile, settings.env.MEET_ADMIN_KEY) };
}

/** Else whoever wrote the `.env` of a project that was cloned could have the key sent to them. */
function refuseForeign({ fromFile }: Settings, adminKeyFile: string | undefined): void {
  if (!fromFile.MEET_SERVER || (fromFile.MEET_ADMIN_KEY && adminKeyFile === undefined)) return;
  throw new MeetError(
    'BAD_CONFIG',
    "MEET_SERVER stands in the project's .env, but the admin key does not, and is not sent there; set both in one place, or give --server <url>.",
  );
}

function readAddress(text: string, from: string): URL {
  const url = URL.canParse(text) ? new URL(text) : null;
  const isPlain = url && /^https?:$/.test(url.protocol) && url.pathname === '/' && !/[?#@]/.test(text);
  if (isPlain) return url;
  // Not quoted: people put passwords into addresses.
  throw new MeetError(
    'BAD_REQUEST',
    `${from} must be the address of a server and nothing more, like https://meet.example.com.`,
  );
}

function readKey(file: string | undefined, fromEnv: string | undefined): string {
  const key = file === undefined ? fromEnv?.trim() : readKeyFile(file);
  if (!key) {
    throw new MeetError(
      'BAD_REQUEST',
      'The server wants its admin key, as in its .meet/admin-key: set MEET_ADMIN_KEY, or give --admin-key-file <file>.',
    );
  }
  // What no header can carry was never a key; fetch would quote it in its error.
  if (/^[\x21-\x7e]+$/.test(key)) return key;
  throw new MeetError(
    'BAD_REQUEST',
    'The admin key has characters that no key has; give it as it stands in .meet/admin-key.',
  );
}

function readKeyFile(file: string): string {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    throw new MeetError('BAD_REQUEST', `--admin-key-file: ${file} cannot be read (${code}).`, { cause });
  }
}
