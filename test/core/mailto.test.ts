import { expect, it } from 'vitest';
import { mailtoLink } from '../../src/core/mailto.ts';

/** As RFC 6068 has it (section 2): header fields as `name=value`, a plus sign being one. */
function readMail(link: string): Record<string, string> {
  expect(link).toMatch(/^mailto:\?[\w.~!$'()*,;:@%&=-]+$/);
  const fields = link.slice('mailto:?'.length).split('&');
  return Object.fromEntries(fields.map(field => field.split('=').map(decodeURIComponent)));
}

it.each([
  ['plain words', 'Review', ['a', 'b']],
  [
    'what has a meaning in links',
    'A & B = C? #1 100% + 2',
    ['https://m.example/meet/r?as=a&x#key=k_-1', 'done'],
  ],
  ['letters of any kind', 'Besprechung „Zürich“ 東京 🎉', ['”quoted”', "it's (so)"]],
  ['lines that end', 'one\nsubject', ['', 'after an empty line', '']],
])('carries %s to the mail program unharmed', (_, subject, body) => {
  expect(readMail(mailtoLink({ subject, body }))).toEqual({ subject, body: body.join('\r\n') });
});

it('has spaces that no program takes for a plus sign', () => {
  expect(mailtoLink({ subject: 'a b', body: ['c d'] })).toBe('mailto:?subject=a%20b&body=c%20d');
});

it('takes a title that no encoding has', () => {
  expect(mailtoLink({ subject: 'a\ud800b', body: [] })).toBe('mailto:?subject=a%EF%BF%BDb&body=');
});
