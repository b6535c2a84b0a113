import { describe, expect, it } from 'vitest';
import { majorOf } from '../../../src/check/project/sdk-version.ts';
import { projectOf } from '../in-memory.ts';

const NAME = '@cometchat/calls-sdk-javascript';

describe('the major version of the SDK', () => {
  it.each([
    ['5.0.4', 5],
    ['^4.2.6', 4],
    ['~5', 5],
    ['>=4.0.0 <5', 4],
    ['5.x', 5],
    ['npm:@acme/calls@4.1.0', 4],
    ['latest', null],
    ['file:../calls', null],
    ['14.2.0', null],
  ])('of %s is %s', (range, major) => {
    expect(majorOf(range)).toBe(major);
  });

  const manifest = (range: string) => JSON.stringify({ dependencies: { [NAME]: range } });

  it('is that of the nearest package.json, in a monorepo', () => {
    const project = projectOf({
      'package.json': manifest('4.2.6'),
      'apps/a/package.json': manifest('^5.0.0'),
    });
    expect([project.sdkMajor('apps/a/src/x.ts'), project.sdkMajor('src/x.ts')]).toEqual([5, 4]);
  });

  it.each([
    ['package-lock.json', `{"packages":{"node_modules/${NAME}":{"version":"5.0.7"}}}`, 5],
    ['yarn.lock', `"${NAME}@latest":\n  version "4.2.6"\n`, 4],
    ['pnpm-lock.yaml', `packages:\n  '${NAME}@5.0.1':\n    resolution: {}\n`, 5],
  ])('is that of %s where the manifest tells none', (path, text, major) => {
    expect(projectOf({ 'package.json': manifest('latest'), [path]: text }).sdkMajor('a.ts')).toBe(major);
  });

  it('is unknown where nothing tells', () => {
    expect(projectOf({ 'package.json': 'broken' }).sdkMajor('a.ts')).toBeNull();
  });
});
