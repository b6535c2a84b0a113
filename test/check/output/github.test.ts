import { expect, it } from 'vitest';
import { toGithubAnnotations } from '../../../src/check/output/github.ts';
import { findingOf } from '../finding-of.ts';

it.each([
  [
    findingOf(),
    '',
    '::error file=src/a.ts,line=1,endLine=1,col=5,endColumn=9,title=web/token-logged::the call token is logged',
  ],
  [
    findingOf({ severity: 'info', endLine: 4 }),
    'apps/web/',
    '::notice file=apps/web/src/a.ts,line=1,endLine=4,title=web/token-logged::the call token is logged',
  ],
  [
    findingOf({ severity: 'warning', file: 'a,b:c.ts', message: '100 %\nand more' }),
    '',
    '::warning file=a%2Cb%3Ac.ts,line=1,endLine=1,col=5,endColumn=9,title=web/token-logged::100 %25%0Aand more',
  ],
])('one finding is one command', (finding, base, line) => {
  expect(toGithubAnnotations([finding], base)).toEqual([line]);
});

it('ten of a kind, the errors first', () => {
  const many = Array.from({ length: 12 }, () => findingOf({ severity: 'info' }));
  const lines = toGithubAnnotations([...many, findingOf()]);
  expect([lines.length, lines[0]?.startsWith('::error'), lines[1]?.startsWith('::notice')]).toEqual([
    11,
    true,
    true,
  ]);
});
