import { MeetError } from '../core/errors.ts';

/** What Node says when nobody vouches for a certificate (nodejs.org/api/tls.html, X509 certificate error codes). */
const UNTRUSTED = /CERT|SELF_SIGNED|UNABLE_TO_(GET|VERIFY)/;

/** The error of a server that gave no answer. */
export function unreachable(origin: string, error: unknown): MeetError {
  const code = codeOf(error);
  return new MeetError('NO_SERVER', `${describe(origin, error, code)}.`, {
    detail: { origin, reason: code },
  });
}

function describe(origin: string, error: unknown, code: string): string {
  if (isNamed(error, 'TimeoutError')) return `The server at ${origin} does not answer; look at its output`;
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID')
    return `The certificate at ${origin} is for another name; give the server's own name, or mend its certificate`;
  if (UNTRUSTED.test(code)) {
    return `The certificate of ${origin} is not trusted here (${code}); name its authority in NODE_EXTRA_CA_CERTS`;
  }
  if (/^ERR_SSL|^HPE_|WRONG_VERSION/.test(code)) {
    return `What listens at ${origin} does not speak ${new URL(origin).protocol.slice(0, -1)} (${code}); check the address`;
  }
  return `The server at ${origin} cannot be reached (${code}); check the address, the network, and that it runs`;
}

/** fetch hides the system's error (ENOTFOUND, ECONNREFUSED) in the cause of a TypeError. */
function codeOf(error: unknown): string {
  if (isNamed(error, 'TimeoutError')) return 'TIMEOUT';
  const cause = error instanceof Error ? error.cause : undefined;
  const code = typeof cause === 'object' && cause !== null && 'code' in cause ? cause.code : undefined;
  return typeof code === 'string' ? code : 'NETWORK';
}

function isNamed(error: unknown, name: string): boolean {
  return error instanceof Error && error.name === name;
}
