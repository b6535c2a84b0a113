import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ALL_RULES } from '../../src/check/rules/all.ts';
import { createOutput } from '../../src/cli/output.ts';
import { createProgram } from '../../src/cli/program.ts';

const page = readFileSync(new URL('../../docs/check.md', import.meta.url), 'utf8');

const { stdin, stdout, stderr } = process;
const io = { argv: [], env: {}, stdin, stdout, stderr };
const program = createProgram('0', io, createOutput(stdout, {}), async () => {});
const flags = program.commands.find(command => command.name() === 'check')?.options ?? [];

describe('docs/check.md', () => {
  it('has every flag of the command', () => {
    const told = [...page.matchAll(/^\| `(--[^`]+)` \|/gm)].map(([, flag]) => flag);
    expect(told.toSorted()).toEqual(flags.map(({ flags }) => flags).toSorted());
  });

  it.each([...page.matchAll(/^meet (check.*)$/gm)].map(([, line = '']) => line))(
    'is right about: meet %s',
    line => {
      const ran: unknown[] = [];
      const quiet = createProgram('0', io, createOutput(stdout, {}), async (_, given) => {
        ran.push(given);
      });
      quiet.parse(line.split(' '), { from: 'user' });
      expect(ran).toHaveLength(1);
    },
  );

  it('names rules that exist', () => {
    const known = new Set(ALL_RULES.map(({ id }) => id));
    const named = [...page.matchAll(/(?:web|flutter|server)\/[a-z0-9-]+/g)].map(([id]) => id);
    expect(named.length).toBeGreaterThan(8);
    expect(named.filter(id => !known.has(id))).toEqual([]);
  });
});
