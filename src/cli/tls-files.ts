import { createPrivateKey, randomBytes } from 'node:crypto';
import { renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { MeetError } from '../core/errors.ts';
import { isUsable, makeCertificate, makeKey } from '../server/certificate.ts';
import type { TlsFiles } from '../server/tls.ts';
import { explainStoreError } from '../store/failures.ts';
import type { DataFolder } from './data-folder.ts';
import { readOrMake, readOrNull } from './once-file.ts';

export interface OwnTls extends TlsFiles {
  /** What a browser has to trust. */
  readonly certFile: string;
}

/**
 * The data folder's key and self-signed certificate. The key is made once; the certificate anew when its end is near, or
 * when it is not the key's. `now`: milliseconds since the epoch. Throws `STORE_FAILED`,
 * `BAD_CONFIG`.
 */
export async function openTls(folder: DataFolder, now: number): Promise<OwnTls> {
  folder.prepare();
  const keyFile = join(folder.path, 'tls-key.pem');
  const certFile = join(folder.path, 'tls-cert.pem');
  try {
    const key = readOrMake(keyFile, makeKey);
    const kept = readOrNull(certFile);
    if (kept !== null && isUsable(kept, key, now)) return { key, cert: kept, certFile };
    const cert = await certify(key, keyFile, now);
    replace(certFile, `${cert}\n`);
    return { key, cert, certFile };
  } catch (error) {
    throw error instanceof MeetError ? error : explainStoreError(error, keyFile);
  }
}

async function certify(key: string, keyFile: string, now: number): Promise<string> {
  try {
    createPrivateKey(key);
  } catch (cause) {
    throw new MeetError('BAD_CONFIG', `${keyFile} holds no private key; remove it, and a new one is made.`, {
      cause,
    });
  }
  return makeCertificate(key, now);
}

/** Renamed into place: a reader finds the old one or the new one. Of two servers' certificates for one key either will do. */
function replace(file: string, text: string): void {
  const draft = `${file}.${randomBytes(6).toString('hex')}.new`;
  writeFileSync(draft, text, { mode: 0o600, flag: 'wx' });
  renameSync(draft, file);
}
