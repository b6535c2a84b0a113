import { describe, expect, it } from 'vitest';
import { redactText, redactTraceText, redactUrl } from '../../../src/smoke/evidence/redact.ts';
import { renderReport } from '../../../src/smoke/evidence/render/report-page.ts';
import { createSecrets } from '../../../src/smoke/evidence/secrets.ts';
import { evidenceWith, personWith } from './evidences.ts';

const MEGABYTE = 1_000_000;

function timeOf(work: () => unknown): number {
  const start = performance.now();
  work();
  return performance.now() - start;
}

/**
 * Ten times as much may take forty times as long, as other processes want the processor too, and not the hundred times
 * of the next worse kind; below 20 ms clocks say little.
 */
function expectLinear(work: (size: number) => () => unknown, size: number): void {
  // The best of two: the first run is the compiler's.
  const small = Math.min(timeOf(work(size / 10)), timeOf(work(size / 10)));
  expect(timeOf(work(size))).toBeLessThan(40 * Math.max(20, small));
}

// Beginnings of what the patterns look for, over and over, and never an end.
const UNITS = [
  ...[
    'a',
    'token',
    'token ',
    'token = ',
    'token\\"',
    'eyJ',
    'eyJabcdefghij.',
    'bearer ',
    "pwd='",
    'pwd=\\\\',
  ],
  ...['0123456789abcdef', 'aB3-', '&key=', '%7B', '#', '?', '=', '\\', 'a=ice-pwd:'],
];

describe('a line of a megabyte', () => {
  it.each(UNITS)('of %j is cleaned in linear time', unit => {
    for (const redact of [redactText, redactTraceText, redactUrl])
      expectLinear(size => {
        const text = unit.repeat(size / unit.length);
        return () => redact(text);
      }, MEGABYTE);
  });

  it.each(['token', 'bearer', "pwd='"])('of %s and nothing but spaces, too', start => {
    expectLinear(size => () => redactText(start + ' '.repeat(size)), MEGABYTE);
  });
});

describe('five megabytes', () => {
  it('of all of it are cleaned in linear time', () => {
    const secrets = createSecrets();
    secrets.note('plain-words-of-the-wire');
    expectLinear(size => {
      const text = UNITS.map(unit => unit.repeat(size / UNITS.length / unit.length)).join('\n');
      return () => secrets.cleanText(text);
    }, 5 * MEGABYTE);
  });
});

describe('a hundred thousand', () => {
  const many = (length: number) => Array.from({ length }, (_, index) => index);

  it('secrets are struck out of a text in the time that it takes for a few', () => {
    const text = 'GET http://localhost:4680/api/sessions/team/token\n'.repeat(5000);
    const strikeWith = (count: number) => {
      const secrets = createSecrets();
      // Alike in the beginning, as the tokens of one maker are.
      for (const index of many(count)) secrets.note(`eyJhbGciOiJIUzI1NiJ9-number-${index}`);
      return () => secrets.cleanTrace(text);
    };
    expect(timeOf(strikeWith(100_000))).toBeLessThan(40 * Math.max(20, timeOf(strikeWith(100))));
  }, 30_000);

  it('rows and samples make a page in linear time', () => {
    expectLinear(count => {
      const lines = many(count).map(t => ({
        t,
        level: 'error',
        text: `line ${t}`,
        place: 'http://h/a.js:1',
      }));
      const events = many(count).map(t => ({
        t,
        kind: 'stanza',
        text: `event ${t}`,
        tone: 'plain' as const,
      }));
      const rates = many(count).map(t => ({
        ...{ t, upKbps: 1, downKbps: 1, framesOut: 1, framesIn: 1, lossOut: 0, lossIn: 0 },
        ...{ roundTripMs: t, jitterMs: null },
      }));
      const people = [personWith({ lines, events, rates })];
      const evidence = evidenceWith({ totalMs: count, people, server: events });
      return () => renderReport(evidence, { style: '', script: '' });
    }, 100_000);
  }, 60_000);
});
