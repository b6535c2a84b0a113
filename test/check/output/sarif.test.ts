import { createRequire } from 'node:module';
import { Ajv } from 'ajv';
import { createGenerator } from 'ts-json-schema-generator';
import { beforeAll, describe, expect, it } from 'vitest';
import { toSarif } from '../../../src/check/output/sarif.ts';
import { ALL_RULES } from '../../../src/check/rules/all.ts';
import { findingOf } from '../finding-of.ts';

/**
 * The schema that OASIS publishes is in no package. DefinitelyTyped's types are made from it, word by word, and a schema made
 * from them knows the same members, kinds and required ones.
 */
let isValid: (log: unknown) => string[];

beforeAll(() => {
  const path = createRequire(import.meta.url)
    .resolve('@types/sarif/package.json')
    .replace('package.json', 'index.d.ts');
  const schema = createGenerator({ path, type: 'Log', skipTypeCheck: true }).createSchema('Log');
  const ajv = new Ajv({ strict: false, allErrors: true });
  // The one place where SARIF is open to anything.
  const open = { ...(schema.definitions?.PropertyBag as object), additionalProperties: true };
  const validate = ajv.compile<unknown>({
    ...(schema as object),
    definitions: { ...schema.definitions, PropertyBag: open },
  });
  isValid = log =>
    validate(log) ? [] : (validate.errors ?? []).map(error => `${error.instancePath} ${error.message}`);
}, 60_000);

const findings = [
  findingOf({ ruleId: 'web/unknown-member' }),
  findingOf({ ruleId: 'web/unknown-member', severity: 'info', file: 'src/a b/ü#1.tsx', line: 3, endLine: 7 }),
  findingOf({
    ruleId: 'flutter/unguarded-pop',
    severity: 'warning',
    message: 'a "word" & <more>\nand lines',
  }),
];
const summary = { files: 2, errors: 1, warnings: 1, infos: 1, suppressed: 0 };
const notes = [
  { file: 'logo.ts', message: 'a binary file: not checked' },
  { file: 'a.dart', line: 4, message: 'not all of this is Dart' },
];
const log = toSarif({ findings, notes, summary }, ALL_RULES, '1.2.3');

describe('SARIF', () => {
  it('is valid with findings, notes and every rule', () => {
    expect(isValid(JSON.parse(JSON.stringify(log)))).toEqual([]);
  });

  it('is valid without a finding', () => {
    const empty = { ...summary, errors: 0, warnings: 0, infos: 0 };
    expect(
      isValid(JSON.parse(JSON.stringify(toSarif({ findings: [], notes: [], summary: empty }, [], '1')))),
    ).toEqual([]);
  });

  it.each([
    ['a result without a message', { ...log, runs: [{ ...log.runs[0], results: [{ ruleId: 'a' }] }] }],
    ['an unknown member', { ...log, runs: [{ ...log.runs[0], findings: [] }] }],
    ['another version', { ...log, version: '2.0.0' }],
  ])('would not be with %s', (_, broken) => {
    expect(isValid(JSON.parse(JSON.stringify(broken)))).not.toEqual([]);
  });

  it('has addresses that GitHub takes, levels of its own, and the index of each rule', () => {
    const { results = [], tool } = log.runs[0] ?? { tool: { driver: { name: '' } } };
    const uris = results.map(({ locations }) => locations?.[0]?.physicalLocation?.artifactLocation?.uri);
    expect(uris).toEqual(['src/a.ts', 'src/a%20b/%C3%BC%231.tsx', 'src/a.ts']);
    expect(results.map(({ level }) => level)).toEqual(['error', 'note', 'warning']);
    for (const { ruleId, ruleIndex = -1 } of results) expect(tool.driver.rules?.[ruleIndex]?.id).toBe(ruleId);
  });
});
