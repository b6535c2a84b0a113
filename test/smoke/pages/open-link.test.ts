import { expect, it } from 'vitest';
import { describeUnopened } from '../../../src/smoke/pages/open-link.ts';

it.each([
  ['page.goto: net::ERR_CONNECTION_REFUSED at http://…', /nothing answers there.*--serve 'npm run dev'/],
  ['page.goto: net::ERR_NAME_NOT_RESOLVED at …', /its host is not known/],
  ['page.goto: net::ERR_CERT_AUTHORITY_INVALID at …', /does not trust its certificate/],
  ['page.goto: net::ERR_EMPTY_RESPONSE at …', /the browser says ERR_EMPTY_RESPONSE/],
  ['page.goto: something else', /ended before it was open/],
])('says why a link did not open: %s', (message, words) => {
  const said = describeUnopened('alice', 'http://localhost:1/meet?key=secret#invite=secret', message);
  expect(said).toMatch(/^alice's page http:\/\/localhost:1\/meet did not open: /);
  expect(said).toMatch(words);
});
