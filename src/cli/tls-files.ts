import { createPrivateKey } from 'node:crypto';
import { join } from 'node:path';
import { MeetError } from '../core/errors.ts';
import { fingerprintOf, permittedOf } from '../server/authority.ts';
import { type CertifiedNames, isUsable, makeCertificate } from '../server/certificate.ts';
import type { TlsFiles } from '../server/tls.ts';
import { makeKey } from '../server/x509-keys.ts';
import { explainStoreError } from '../store/failures.ts';
import { type OwnAuthority, openAuthority } from './authority-files.ts';
import type { Environment } from './context.ts';
import type { DataFolder } from './data-folder.ts';
import { findMkcert, type MkcertAuthority } from './mkcert.ts';
import { readOrMake, readOrNull, replaceFile } from './once-file.ts';

/** What a browser has to trust: the certificate of an authority. Nothing here is secret. */
export interface Trust {
  /** Ours, in the data folder, or mkcert's, which this machine's browsers know already. */
  readonly by: 'own' | 'mkcert';
  readonly file: string;
  /** PEM. */
  readonly cert: string;
  /** SHA-256, as browsers and phones show it. */
  readonly fingerprint: string;
  /** What its owner should know: trust it anew, or why mkcert's is not used. */
  readonly notes: readonly string[];
}

export interface OwnTls extends TlsFiles {
  readonly certFile: string;
  readonly trust: Trust;
  /** Whether the certificate still does, for these names at that time. */
  fits(names: CertifiedNames, now: number): boolean;
}

export interface TlsOptions {
  readonly names: CertifiedNames;
  /** Where mkcert is looked for. */
  readonly env: Environment;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/**
 * The data folder's key and certificate, signed by mkcert's authority or the folder's own. The key is made once; the
 * certificate anew when its end is near, when the machine has a new name or address, or when it is not the key's. Throws
 * `STORE_FAILED`, `BAD_CONFIG`.
 */
export async function openTls(folder: DataFolder, { names, env, now }: TlsOptions): Promise<OwnTls> {
  folder.prepare();
  const keyFile = join(folder.path, 'tls-key.pem');
  const certFile = join(folder.path, 'tls-cert.pem');
  const mkcert = await findMkcert(env, now);
  const authority =
    mkcert === null || typeof mkcert === 'string' ? await openAuthority(folder.path, names, now) : mkcert;
  const trust = describeTrust(authority, mkcert);
  try {
    const key = readOrMake(keyFile, makeKey);
    checkKey(key, keyFile);
    const wish = { key, authority, names: permittedOf(authority.cert, names), now };
    const kept = readOrNull(certFile);
    const isKept = kept !== null && isUsable(kept, wish);
    const cert = isKept ? kept : await makeCertificate(wish);
    if (!isKept) replaceFile(certFile, `${cert}\n`);
    const fits = (wanted: CertifiedNames, at: number) =>
      isUsable(cert, { key, authority, names: permittedOf(authority.cert, wanted), now: at });
    return { key, cert, certFile, trust, fits };
  } catch (error) {
    throw error instanceof MeetError ? error : explainStoreError(error, keyFile);
  }
}

function describeTrust(authority: MkcertAuthority | OwnAuthority, mkcert: unknown): Trust {
  const { cert, certFile: file } = authority;
  const by = authority === mkcert ? 'mkcert' : 'own';
  const notes = [
    ...('renewed' in authority && authority.renewed !== null
      ? [`The authority was renewed, since ${authority.renewed}: trust ${file} anew, on every device.`]
      : []),
    ...(typeof mkcert === 'string' ? [`${mkcert}; the project's own authority is used.`] : []),
  ];
  return { by, file, cert, fingerprint: fingerprintOf(cert), notes };
}

function checkKey(key: string, keyFile: string): void {
  try {
    createPrivateKey(key);
  } catch (cause) {
    throw new MeetError('BAD_CONFIG', `${keyFile} holds no private key; remove it, and a new one is made.`, {
      cause,
    });
  }
}
