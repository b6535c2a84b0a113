import { describe, expect, it } from 'vitest';
import { createSecrets } from '../../../src/smoke/evidence/secrets.ts';

// No pattern takes them for secrets: what is struck out was known from the wire.
const PLAIN = 'plain-words-of-the-wire';
const ODD = 'a/b+c="d"&plain-words';
const JWT = 'eyJhbGciOiJIUzI1NiJ9.claims-of-alice-in-words.signature-of-alice';

const base64 = (text: string) => Buffer.from(text).toString('base64');
const percentSmall = (text: string) => encodeURIComponent(text).replace(/%../g, code => code.toLowerCase());
const base64url = (text: string) => Buffer.from(text).toString('base64url');

describe('a secret in disguise', () => {
  it.each([
    ['percent-encoded', ODD, encodeURIComponent(ODD), /^<\[redacted\]>$/],
    ['percent-encoded in small letters', ODD, percentSmall(ODD), /^<\[redacted\]>$/],
    ['percent-encoded twice', ODD, encodeURIComponent(encodeURIComponent(ODD)), /^<\[redacted\]>$/],
    ['as JSON', ODD, JSON.stringify(ODD).slice(1, -1), /^<\[redacted\]>$/],
    ['in base64', PLAIN, base64(PLAIN), /^<\[redacted\].?=*>$/],
    ['in base64url', `${ODD}??>>`, base64url(`${ODD}??>>`), /^<\[redacted\].?>$/],
    ['in base64 after a uid', PLAIN, base64(`al:${PLAIN}`), /^<YWw6\[redacted\].?=*>$/],
    [
      'in base64 between others',
      PLAIN,
      base64(`\0alice\0${PLAIN}, more`),
      /^<AGFsaWNl.{2}\[redacted\].{1,9}=*>$/,
    ],
    ['of which only the claims are told', JWT, 'claims-of-alice-in-words', /^<\[redacted\]>$/],
    ['of which only the signature is told', JWT, 'signature-of-alice', /^<\[redacted\]>$/],
  ])('%s is struck out', (_, secret, disguise, cleaned) => {
    const secrets = createSecrets();
    secrets.note(secret);
    expect(secrets.cleanTrace(`<${disguise}>`)).toMatch(cleaned);
  });
});
