import { expect, it } from 'vitest';
// @ts-expect-error: plain JavaScript, which the bench runs as it is.
import { ordinaryProject } from '../../bench/check/ordinary-project.mjs';
import { checkProject } from '../../src/check/check-project.ts';
import { ALL_RULES } from '../../src/check/rules/all.ts';
import { projectOf } from './in-memory.ts';

it('the project that the bench checks has nothing wrong, so that it ends well there', () => {
  const { findings, summary } = checkProject(projectOf(ordinaryProject(300)), { rules: ALL_RULES });
  expect([findings, summary.files]).toEqual([[], 301]);
});
