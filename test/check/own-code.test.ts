import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { checkProject } from '../../src/check/check-project.ts';
import { readProject } from '../../src/check/project/project.ts';
import { ALL_RULES } from '../../src/check/rules/all.ts';

it.each(['web', 'examples/vite'])('our own %s has no finding', folder => {
  const project = readProject(fileURLToPath(new URL(`../../${folder}`, import.meta.url)));
  const { findings, notes, summary } = checkProject(project, { rules: ALL_RULES });
  expect([findings, notes]).toEqual([[], []]);
  expect(summary.files).toBeGreaterThan(5);
});
