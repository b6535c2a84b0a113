import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { MeetError } from '../core/errors.ts';
import { checkAuthority } from '../server/authority.ts';
import type { Authority } from '../server/certificate.ts';
import { importKey } from '../server/x509-keys.ts';
import type { Environment } from './context.ts';

const run = promisify(execFile);

/** mkcert answers from a variable and the home folder; one that takes longer waits for something else. */
const PATIENCE_MS = 5_000;

export interface MkcertAuthority extends Authority {
  readonly certFile: string;
}

/** mkcert's authority, or why it cannot be used, in a sentence; null where there is no mkcert. */
export type Mkcert = MkcertAuthority | string | null;

/**
 * The authority of mkcert, which this machine's browsers trust already, where that is installed. Its key can vouch for
 * every site there is: it is read, never copied. Throws `BAD_CONFIG` for one that is there and cannot be right.
 */
export async function findMkcert(env: Environment, now: number): Promise<Mkcert> {
  const folder = await askFolder(env);
  if (folder === null) return null;
  const certFile = join(folder, 'rootCA.pem');
  const keyFile = join(folder, 'rootCA-key.pem');
  const cert = readOr(certFile);
  if ('code' in cert)
    return `mkcert's authority is not in ${certFile} (${cert.code}); mkcert -install makes one`;
  const key = readOr(keyFile);
  // A team may share the certificate and keep the key.
  if ('code' in key) return `mkcert's key ${keyFile} cannot be read (${key.code})`;
  const authority = { cert: cert.text, key: key.text };
  await check(authority, folder, now);
  return { ...authority, certFile };
}

async function askFolder(env: Environment): Promise<string | null> {
  if (!env.PATH) return null;
  try {
    const { stdout } = await run('mkcert', ['-CAROOT'], { env: { ...env }, timeout: PATIENCE_MS });
    return stdout.trim() || null;
  } catch {
    return null;
  }
}

async function check(authority: Authority, folder: string, now: number): Promise<void> {
  const fix = `remove rootCA.pem and rootCA-key.pem in ${folder} and run mkcert -install, or uninstall mkcert`;
  try {
    await importKey(authority.key);
  } catch (cause) {
    throw new MeetError('BAD_CONFIG', `mkcert's rootCA-key.pem holds no key that can sign; ${fix}.`, {
      cause,
    });
  }
  const problem = checkAuthority(authority, now);
  if (problem === null || problem === 'ending') return;
  throw new MeetError('BAD_CONFIG', `mkcert's rootCA.pem ${SAID[problem]}; ${fix}.`);
}

const SAID = {
  corrupt: 'is no certificate',
  foreign: 'is not of the key beside it',
  expired: 'has expired',
} as const;

function readOr(file: string): { readonly text: string } | { readonly code: string } {
  try {
    return { text: readFileSync(file, 'utf8').trim() };
  } catch (error) {
    return { code: (error as NodeJS.ErrnoException).code ?? 'unknown' };
  }
}
