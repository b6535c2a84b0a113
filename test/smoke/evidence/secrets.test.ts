import { describe, expect, it } from 'vitest';
import { createSecrets } from '../../../src/smoke/evidence/secrets.ts';

// All of them words that no pattern takes for a secret: what is found was known from the wire.
const SECRET = 'plain words-of-the-wire'.replaceAll(' ', '-');

describe('secrets seen on the wire', () => {
  it.each([
    ['a header', (s: ReturnType<typeof createSecrets>) => s.noteHeaders({ authToken: SECRET })],
    [
      'a bearer',
      (s: ReturnType<typeof createSecrets>) => s.noteHeaders({ authorization: `Bearer ${SECRET}` }),
    ],
    ['a query', (s: ReturnType<typeof createSecrets>) => s.noteUrl(`ws://h/x?a=b&token=${SECRET}`)],
    ['a fragment', (s: ReturnType<typeof createSecrets>) => s.noteUrl(`http://h/meet/a#key=${SECRET}`)],
    ['a body', (s: ReturnType<typeof createSecrets>) => s.noteBody(`{"data":[{"callToken":"${SECRET}"}]}`)],
    ['a form', (s: ReturnType<typeof createSecrets>) => s.noteBody(`user=alice&password=${SECRET}&x=`)],
  ])('are struck out after %s', (_, note) => {
    const secrets = createSecrets();
    expect(secrets.cleanText(`it is ${SECRET}`)).toBe(`it is ${SECRET}`);
    note(secrets);
    expect(secrets.cleanText(`it is ${SECRET}`)).toBe('it is [redacted]');
    expect(secrets.cleanTrace(`"${SECRET}"`)).toBe('"[redacted]"');
    expect(secrets.cleanUrl(`http://h/${SECRET}`)).toBe('http://h/[redacted]');
    expect(secrets.clean({ a: [{ b: SECRET, c: 1, d: null }] })).toEqual({
      a: [{ b: '[redacted]', c: 1, d: null }],
    });
  });

  it('are struck out as a whole where one begins another', () => {
    const secrets = createSecrets();
    secrets.note(SECRET);
    secrets.note(`${SECRET}-and-more`);
    expect(secrets.cleanText(`${SECRET}-and-more`)).toBe('[redacted]');
  });

  it('leave words alone that are too short to be one', () => {
    const secrets = createSecrets();
    secrets.noteBody('{"key":"identity","token":"alice"}');
    expect(secrets.cleanText('the identity of alice')).toBe('the identity of alice');
  });
});
