import { expect, it } from 'vitest';
import { redactRequests } from '../../../src/smoke/evidence/redact-requests.ts';

const SESSION = 's%3Aplain-words.of-a-session';

it("takes cookies and values under telling names out of a trace's requests", () => {
  const entry = {
    type: 'resource-snapshot',
    snapshot: {
      request: {
        cookies: [{ name: 'sid', value: SESSION }],
        headers: [
          { name: 'Cookie', value: `sid=${SESSION}` },
          { name: 'X-Api-Key', value: SESSION },
          { name: 'accept', value: 'text/html' },
        ],
        postData: { params: [{ name: 'password', value: SESSION }] },
      },
      response: {
        headers: [{ name: 'Set-Cookie', value: `sid=${SESSION}; HttpOnly` }],
        cookies: [{ name: 'sid', value: SESSION, httpOnly: true }],
        _sha1: '6b1f.html',
      },
    },
  };
  const text = `${JSON.stringify(entry)}\n{"type":"other"}\n`;
  const clean = redactRequests(text);
  expect(clean).not.toContain(SESSION);
  const [first = '', ...rest] = clean.split('\n');
  expect(rest).toEqual(['{"type":"other"}', '']);
  const { request, response } = JSON.parse(first).snapshot;
  expect(request.headers).toContainEqual({ name: 'accept', value: 'text/html' });
  expect(response.cookies).toEqual([{ name: 'sid', value: '[redacted]', httpOnly: true }]);
  expect(response._sha1).toBe('6b1f.html');
});

it('leaves lines alone that are no JSON', () => {
  expect(redactRequests('cut of{')).toBe('cut of{');
});
