import { expect, it } from 'vitest';
import { describeRecord } from '../../src/cli/audit-words.ts';
import { createAuditIds, toRecord } from '../../src/core/audit.ts';

const whoOf = (person: { uid: string; name: string; role?: string }) => {
  const entry = { action: 'token', outcome: 'ok', proof: 'claimed', ...person } as const;
  const record = toRecord(entry, createAuditIds('abcdefgh')(0), 0);
  return describeRecord(record, (_style, text) => text).WHO?.text;
};

it.each([
  ['long in both', 'x'.repeat(100), 'Doctor '.repeat(20), `(${'x'.repeat(100)}?, host)`],
  ['long in name', 'mallory', 'Doctor '.repeat(20), '(mallory?, host)'],
  ['the same in both', 'y'.repeat(100), 'y'.repeat(100), `${'y'.repeat(100)}? (host)`],
])('a person %s keeps all of the uid, and the mark that nobody proved who they are', (_, uid, name, end) => {
  expect(whoOf({ uid, name, role: 'host' })?.endsWith(end)).toBe(true);
});
