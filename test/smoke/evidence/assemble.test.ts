import { expect, it } from 'vitest';
import { assemble } from '../../../src/smoke/evidence/assemble.ts';
import type { PersonRecord } from '../../../src/smoke/evidence/record/person-record.ts';
import { createSecrets } from '../../../src/smoke/evidence/secrets.ts';
import { signalAt } from '../../../src/smoke/people/cast.ts';
import { createChronicle } from '../../../src/smoke/people/chronicle.ts';
import { evidenceWith, reportWith } from './evidences.ts';

function recordOf(name: string, place: number): PersonRecord {
  const person = { name, role: 'full', signal: signalAt(place), chronicle: createChronicle() };
  return {
    person: person as unknown as PersonRecord['person'],
    ...{ samples: [], photographer: null },
    log: {
      lines: [{ t: 1700, level: 'log', text: `${'x'.repeat(1990)}plain-words-of-the-wire`, place: '' }],
      requests: () => [],
    },
  };
}

it('puts people in the order of the cast, on the run’s clock, and cuts lines when they are clean', async () => {
  const secrets = createSecrets();
  secrets.note('plain-words-of-the-wire');
  const { startedAt, totalMs, versions } = { ...evidenceWith({}), startedAt: 1000 };
  const { people } = await assemble({
    ...{ report: reportWith({}), startedAt, totalMs, versions, secrets },
    // Tabs are ready in any order.
    records: [recordOf('bob', 1), recordOf('carol', 2), recordOf('alice', 0), recordOf('bob', 1)],
    ...{ acts: [], server: [], pictures: [], traces: [] },
  });
  expect(people.map(({ name, lines }) => [name, lines.length])).toEqual([
    ['alice', 1],
    ['bob', 2],
    ['carol', 1],
  ]);
  expect(people[0]?.lines).toEqual([
    { t: 700, level: 'log', text: `${'x'.repeat(1990)}[redacted]`, place: '' },
  ]);
});
