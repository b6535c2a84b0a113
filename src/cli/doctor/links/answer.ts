import { isIP } from 'node:net';
import { bad, type Finding, warn } from '../finding.ts';
import { type Fetched, fetchFile } from './fetch-file.ts';

type Subject = Pick<Finding, 'id' | 'what'>;

/** Apple's systems take no more (https://developer.apple.com/documentation/xcode/supporting-associated-domains); Google's file has no such limit. */
const MOST_BYTES = 128 * 1024;

const TRUST = 'get a certificate that all systems trust, as from Let’s Encrypt, with its whole chain';

/** What Node's TLS says of certificates, in words for people. */
const CERTIFICATES: Readonly<Record<string, string>> = {
  CERT_HAS_EXPIRED: 'the certificate has expired',
  CERT_NOT_YET_VALID: 'the certificate is not valid yet',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'the certificate is self-signed',
  SELF_SIGNED_CERT_IN_CHAIN: 'the certificate is of an authority that nobody knows',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE:
    'the certificate is of an authority that nobody knows, or its chain is not whole',
  UNABLE_TO_GET_ISSUER_CERT: 'the chain of the certificate is not whole',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY:
    'the certificate is of an authority that nobody knows, or its chain is not whole',
  ERR_TLS_CERT_ALTNAME_INVALID: 'the certificate is for another name',
};

/** A file's JSON, as the systems would get it, or why they would not. */
export async function readAnswer(
  subject: Subject,
  url: URL,
  ca: readonly string[] | undefined,
): Promise<{ json: unknown } | { finding: Finding }> {
  try {
    return readJson(subject, await fetchFile(url, MOST_BYTES, ca));
  } catch (error) {
    return { finding: explainFailure(subject, url, error as NodeJS.ErrnoException) };
  }
}

function explainFailure(
  subject: Subject,
  { host }: URL,
  { code = '', message, name }: NodeJS.ErrnoException,
): Finding {
  const certificate = CERTIFICATES[code];
  if (certificate) return bad(subject, certificate, TRUST);
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN')
    return bad(subject, `${host} is not found`, 'check its name, and its entry in DNS');
  if (name === 'AbortError' || name === 'TimeoutError')
    return bad(subject, 'no answer within 15 s', 'check the proxy and the server behind it');
  if (/SSL|TLS|EPROTO/.test(code)) return bad(subject, `${host} does not speak https there`, TRUST);
  return bad(
    subject,
    `no connection to ${host} (${code || message})`,
    'check that it runs, and is reached from outside on port 443',
  );
}

function readJson(
  subject: Subject,
  { status, location, type, text, cut }: Fetched,
): { json: unknown } | { finding: Finding } {
  const finding = (says: string, fix: string) => ({ finding: bad(subject, says, fix) });
  if (status >= 300 && status < 400)
    return finding(
      `answers ${status}, a redirect to ${location ?? 'nowhere'}`,
      'answer it at this very address: the systems follow no redirect',
    );
  if (status === 404)
    return finding(
      'answers 404',
      'name the app in meet.config.json, under apps; let the proxy pass /.well-known/ on',
    );
  if (status !== 200) return finding(`answers ${status}`, 'answer 200, to everybody, without a login');
  if (!/^application\/json\s*(;|$)/i.test(type))
    return finding(`is sent as ${type || 'nothing'}`, 'send content-type: application/json');
  if (cut) return finding('is longer than 128 KB', 'leave out what is not needed; Apple takes no more');
  try {
    return { json: JSON.parse(text) };
  } catch {
    return finding('is not valid JSON', 'mend it; both systems drop the whole file');
  }
}

/** Names that only this machine or network knows: phones may reach them, Apple's servers and Google's do not. */
export function checkReach({ hostname }: URL): Finding[] {
  const local =
    hostname === 'localhost' ||
    /\.(localhost|local|lan|internal|test|home\.arpa)$/.test(hostname) ||
    isIP(hostname.replace(/[[\]]/g, '')) > 0;
  if (!local) return [];
  const says = `${hostname} is no public name, and Apple's systems ask from their own servers`;
  return [
    warn(
      { id: 'host', what: 'Host' },
      says,
      'use a name in public DNS; on iOS a ?mode=developer entitlement helps meanwhile',
    ),
  ];
}
