import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { createOutput } from '../../../src/cli/output.ts';
import { createProgram } from '../../../src/cli/program.ts';

const page = readFileSync(new URL('../../../docs/init.md', import.meta.url), 'utf8');

it('docs/init.md has every flag of the command', () => {
  const { stdin, stdout, stderr } = process;
  const io = { argv: [], env: {}, stdin, stdout, stderr };
  const program = createProgram('0', io, createOutput(stdout, {}), async () => {});
  const init = program.commands.find(command => command.name() === 'init');
  const web = init?.commands.find(command => command.name() === 'web');
  const told = [...page.matchAll(/^\| `(--[^`]+)` \|/gm)].map(([, flag]) => flag);
  expect(told.toSorted()).toEqual(web?.options.map(({ flags }) => flags).toSorted());
});
