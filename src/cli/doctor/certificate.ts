import { X509Certificate } from 'node:crypto';
import { join } from 'node:path';
import { RENEWAL_MS } from '../../server/certificate.ts';
import { readOrNull } from '../once-file.ts';
import { bad, type Finding, ok, type Probe, warn } from './finding.ts';

const DAY = 86_400_000;

const subject = { id: 'certificate', what: 'Certificate' };

/** The certificate of `meet serve --https`, where one was made. Only its public half is read. */
export const certificateProbe: Probe = async ({ folder, now }) => {
  try {
    const pem = readOrNull(join(folder.path, 'tls-cert.pem'));
    return [pem === null ? ok(subject, 'none; meet serve --https makes one') : judge(pem, now())];
  } catch {
    return [bad(subject, 'tls-cert.pem cannot be read', 'remove it; meet serve --https makes a new one')];
  }
};

/** `now`: milliseconds since the epoch. Throws for what is no certificate. */
function judge(pem: string, now: number): Finding {
  const { validTo, subjectAltName = '' } = new X509Certificate(pem);
  const left = Date.parse(validTo) - now;
  const names = subjectAltName.replace(/(DNS|IP Address):/g, '');
  const until = `until ${new Date(validTo).toISOString().slice(0, 10)}`;
  if (left > RENEWAL_MS) return ok(subject, `${until}, for ${names}`);
  const says = left > 0 ? `${until}, in ${Math.ceil(left / DAY)} days` : `ended, it was good ${until}`;
  return warn(subject, says, 'start meet serve --https again, which renews it');
}
