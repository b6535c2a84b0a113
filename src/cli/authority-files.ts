import { createPrivateKey, X509Certificate } from 'node:crypto';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { MeetError } from '../core/errors.ts';
import { checkAuthority, makeAuthority, permittedDomains, permittedOf } from '../server/authority.ts';
import type { Authority, CertifiedNames } from '../server/certificate.ts';
import { makeKey } from '../server/x509-keys.ts';
import { explainStoreError } from '../store/failures.ts';
import { readOrMake, readOrNull, replaceFile } from './once-file.ts';

export interface OwnAuthority extends Authority {
  readonly certFile: string;
  /** Why what trusted the one before has to trust this one anew; null where nothing changed. */
  readonly renewed: string | null;
}

/**
 * The data folder's own authority: `ca-key.pem`, made once and never shown, and `ca.crt`, which browsers and phones are to
 * trust. It is made anew, for the same key, when its end is near or the machine's names are not those it may vouch for.
 * Throws `BAD_CONFIG` for files that belong to nothing, `STORE_FAILED`.
 */
export async function openAuthority(
  folder: string,
  names: CertifiedNames,
  now: number,
): Promise<OwnAuthority> {
  const keyFile = join(folder, 'ca-key.pem');
  const certFile = join(folder, 'ca.crt');
  const at = <T>(file: string, work: () => T): T => {
    try {
      return work();
    } catch (error) {
      throw explainStoreError(error, file);
    }
  };
  const key = at(keyFile, () => readOrMake(keyFile, makeKey));
  checkKey(key, keyFile);
  const make = (wanted: CertifiedNames) => makeAuthority({ key, names: wanted, machine: hostname(), now });
  const kept = at(certFile, () => readOrNull(certFile));
  if (kept === null) {
    const made = await make(names);
    return { key, cert: at(certFile, () => readOrMake(certFile, () => made)), certFile, renewed: null };
  }
  const reason = reasonToRenew({ key, cert: kept }, certFile, names, now);
  if (reason === null) return { key, cert: kept, certFile, renewed: null };
  // Names it had stay: a laptop has one at home and another at work, and would ask for trust at each.
  const known = permittedDomains(kept);
  const cert = await make({ ...names, dns: [...new Set([...known, ...names.dns])] });
  at(certFile, () => replaceFile(certFile, `${cert}\n`));
  return { key, cert, certFile, renewed: reason };
}

function checkKey(key: string, keyFile: string): void {
  try {
    createPrivateKey(key);
  } catch (cause) {
    throw new MeetError(
      'BAD_CONFIG',
      `${keyFile} holds no private key; remove it and ca.crt beside it. ${ANEW}`,
      {
        cause,
      },
    );
  }
}

const ANEW = 'A new authority is made then, which browsers must trust anew.';

function reasonToRenew(
  authority: Authority,
  file: string,
  names: CertifiedNames,
  now: number,
): string | null {
  const problem = checkAuthority(authority, now);
  if (problem === 'corrupt')
    throw new MeetError('BAD_CONFIG', `${file} is no certificate; remove it. ${ANEW}`);
  if (problem === 'foreign') {
    throw new MeetError(
      'BAD_CONFIG',
      `${file} is not the authority of ca-key.pem beside it; remove both. ${ANEW}`,
    );
  }
  const end = new X509Certificate(authority.cert).validTo;
  if (problem !== null) return problem === 'expired' ? `it ended on ${end}` : `it ends on ${end}`;
  const permitted = permittedOf(authority.cert, names);
  const missing = [
    ...names.dns.filter(name => !permitted.dns.includes(name)),
    // Public IPv6 addresses of other networks come and go: the certificate does without.
    ...names.ip.filter(address => !address.includes(':') && !permitted.ip.includes(address)),
  ];
  return missing.length === 0 ? null : `it may not vouch for ${missing.join(', ')}`;
}
