import { expect, it } from 'vitest';
import { createLedger } from '../../../src/emulator/xmpp/ledger.ts';

it('keeps what is not acknowledged, and no more', () => {
  const ledger = createLedger();
  for (const text of ['a', 'b', 'c']) ledger.keep(text);
  expect([ledger.acknowledge(2), ledger.pending]).toEqual([true, ['c']]);
  expect([ledger.acknowledge(2), ledger.pending]).toEqual([true, ['c']]);
});

it.each([-1, 1.5, Number.NaN, 4, 2 ** 32])('takes %s for no count of three stanzas', h => {
  const ledger = createLedger();
  for (const text of ['a', 'b', 'c']) ledger.keep(text);
  expect([ledger.acknowledge(h), ledger.pending.length]).toEqual([false, 3]);
});

it('refuses to keep megabytes for a client that never answers', () => {
  const ledger = createLedger();
  const results = Array.from({ length: 20 }, () => ledger.keep('x'.repeat(256 * 1024)));
  expect(results.slice(0, 16)).not.toContain('overflow');
  expect(results[16]).toBe('overflow');
});

it('asks how far the client got after twenty stanzas, or after a few long ones', () => {
  const ledger = createLedger();
  const asked = (texts: string[]) => texts.map(text => ledger.keep(text)).indexOf('ask') + 1;
  expect(asked(Array.from({ length: 20 }, () => 'x'))).toBe(20);
  expect(asked(Array.from({ length: 20 }, () => 'x'.repeat(100_000)))).toBe(3);
});

it('counts what was received', () => {
  const ledger = createLedger();
  ledger.receive();
  ledger.receive();
  expect(ledger.handled).toBe(2);
});
