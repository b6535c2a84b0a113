import { afterAll, describe, expect, it } from 'vitest';
import { checkProject } from '../../src/check/check-project.ts';
import { exampleFiles } from '../../src/check/example-files.ts';
import type { Project } from '../../src/check/project/project.ts';
import type { Example, Rule } from '../../src/check/rule.ts';
import { ALL_RULES } from '../../src/check/rules/all.ts';
import { expectations, type Fixture, listFixtures, openFixture } from './fixtures.ts';
import { projectOf } from './in-memory.ts';
import { formatRuleTable } from './rule-table.ts';

// Flutter's rules have their cases in flutter-rules.test.ts: most are about what an app lacks, and small ones lack a lot.
const RULES = ALL_RULES.filter(({ platform }) => platform !== 'flutter');
const fixtures = listFixtures();
const outcomes = new Map<string, boolean>();

afterAll(() => {
  process.stdout.write(`\n${formatRuleTable(RULES, fixtures, outcomes)}\n\n`);
});

const exampleProject = (rule: Rule, example: Example): Project => projectOf(exampleFiles(rule, example));

const found = (project: Project) =>
  checkProject(project, { rules: ALL_RULES }).findings.map(
    ({ file, line, ruleId }) => `${file}:${line} ${ruleId}`,
  );

const keep = (fixture: Pick<Fixture, 'ruleId' | 'name'>, right: boolean) =>
  outcomes.set(`${fixture.ruleId} ${fixture.name}`, right);

describe.each(RULES.map(rule => [rule.id, rule] as const))('%s', (id, rule) => {
  it('finds itself in its bad example', () => {
    expect(found(exampleProject(rule, rule.bad)).map(line => line.split(' ')[1])).toContain(id);
  });

  // Of itself: an example shows one thing, and leaves out what other rules ask for. Whole apps keep them all (apps.test.ts).
  it('is silent about its good example', () => {
    expect(found(exampleProject(rule, rule.good)).filter(line => line.endsWith(` ${id}`))).toEqual([]);
  });

  it('has at least three bad and three good fixtures', () => {
    const own = fixtures.filter(({ ruleId }) => ruleId === id);
    const count = (bad: boolean) => own.filter(each => each.bad === bad).length;
    expect({ bad: count(true) >= 3, good: count(false) >= 3 }).toEqual({ bad: true, good: true });
  });

  it.each(fixtures.filter(({ ruleId }) => ruleId === id).map(fixture => [fixture.name, fixture] as const))(
    'judges %s right',
    (_, fixture) => {
      keep(fixture, false);
      const project = openFixture(fixture);
      const lines = found(project);
      const judged = lines.filter(line => line.endsWith(` ${id}`));
      const expected = expectations(project);
      const right = fixture.bad ? expected.filter(line => line.endsWith(` ${id}`)) : [];
      if (fixture.bad) expect(right, 'a bad fixture marks its lines').not.toEqual([]);
      expect(judged.sort()).toEqual(right.sort());
      keep(fixture, true);
    },
  );
});

it('has a rule for every folder of fixtures', () => {
  const known = new Set(ALL_RULES.map(({ id }) => id));
  expect(fixtures.map(({ ruleId }) => ruleId).filter(id => !known.has(id))).toEqual([]);
});
