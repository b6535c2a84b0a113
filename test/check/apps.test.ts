import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { checkProject } from '../../src/check/check-project.ts';
import { readProject } from '../../src/check/project/project.ts';
import { ALL_RULES } from '../../src/check/rules/all.ts';
import { parseDart } from './dart/dart-run.ts';
import { expectations } from './fixtures.ts';

const home = fileURLToPath(new URL('../fixtures/apps', import.meta.url));
const apps = readdirSync(home).sort();

function look(app: string) {
  const project = readProject(join(home, app));
  const { findings, notes } = checkProject(project, { rules: ALL_RULES, parseDart });
  const found = findings.map(({ file, line, ruleId }) => `${file}:${line} ${ruleId}`);
  return { found: [...new Set(found)].sort(), expected: [...new Set(expectations(project))].sort(), notes };
}

describe('an app with nothing wrong', () => {
  it.each(apps.filter(app => app.endsWith('-right')))('raises no alarm: %s', app => {
    expect(look(app)).toMatchObject({ found: [], expected: [], notes: [] });
  });
});

describe('the apps together', () => {
  it('plant a fault of every rule for web pages and servers', () => {
    const planted = apps.flatMap(app => expectations(readProject(join(home, app))));
    const rules = ALL_RULES.filter(({ platform }) => platform !== 'flutter').map(({ id }) => id);
    expect(rules.filter(id => !planted.some(mark => mark.endsWith(` ${id}`)))).toEqual([]);
  });
});

describe('an app with planted faults', () => {
  it.each(apps.filter(app => app.endsWith('-wrong')))('shows each of them, and no other: %s', app => {
    const { found, expected } = look(app);
    expect(expected.length).toBeGreaterThan(5);
    expect(found).toEqual(expected);
  });
});
