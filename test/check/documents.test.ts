import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { checkProject } from '../../src/check/check-project.ts';
import { createProject, type Project, readProject } from '../../src/check/project/project.ts';
import { ALL_RULES } from '../../src/check/rules/all.ts';
import { parseDart } from './dart/dart-run.ts';
import { expectations } from './fixtures.ts';

const home = fileURLToPath(new URL('../fixtures/documents', import.meta.url));
const known = new Set(ALL_RULES.map(({ id }) => id));
// A mark may name a rule of the reference's table that is not built yet; it counts from the day that the rule is there.
const isKnown = (id: string) => known.has(id);
const unique = (ids: readonly string[]) => [...new Set(ids)].sort();

function idsIn(project: Project): string[] {
  const { findings } = checkProject(project, { rules: ALL_RULES, parseDart });
  return unique(findings.map(({ ruleId }) => ruleId));
}

/** The completed app with the files of one folder in place of its own. */
function laidOver(platform: string, name: string): Project {
  const over = readProject(join(home, platform, name));
  const own = [...readProject(join(home, platform, 'complete')).files.values()];
  const kept = own.filter(({ path }) => !over.files.has(path));
  return createProject(over.root, [...kept, ...over.files.values()], []);
}

describe.each(['web', 'flutter'])('what the %s document shows', platform => {
  const faults = readdirSync(join(home, platform)).filter(name => name !== 'complete');

  it('is without a finding of any rule once it is completed', () => {
    expect(idsIn(readProject(join(home, platform, 'complete')))).toEqual([]);
  });

  it('has a fault for each anti-pattern', () => {
    expect(faults.filter(name => name.startsWith('anti-'))).toHaveLength(platform === 'web' ? 11 : 9);
  });

  it.each(faults)('is found wrong where it is wrong, and nowhere else: %s', name => {
    const project = laidOver(platform, name);
    const marked = unique(expectations(project).map(line => line.split(' ').at(-1) ?? ''));
    expect(marked).not.toEqual([]);
    expect(idsIn(project)).toEqual(marked.filter(isKnown));
  });
});
