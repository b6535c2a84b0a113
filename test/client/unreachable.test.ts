import { expect, it } from 'vitest';
import { unreachable } from '../../src/client/unreachable.ts';

it.each([
  ['ERR_TLS_CERT_ALTNAME_INVALID', 'The certificate at https://meet.example.com is for another name;'],
  [
    'SELF_SIGNED_CERT_IN_CHAIN',
    'is not trusted here (SELF_SIGNED_CERT_IN_CHAIN); name its authority in NODE_EXTRA_CA_CERTS',
  ],
  ['ECONNREFUSED', 'cannot be reached (ECONNREFUSED)'],
])('%s is told with what to do', (code, words) => {
  const error = new TypeError('fetch failed', { cause: Object.assign(new Error('x'), { code }) });
  const { code: told, message, detail } = unreachable('https://meet.example.com', error);
  expect([told, detail?.reason]).toEqual(['NO_SERVER', code]);
  expect(message).toContain(words);
});
