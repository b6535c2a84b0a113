import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { addSmokeFlags } from '../../src/cli/smoke-flags.ts';
import {
  DEADLINE_EXIT_CODE,
  INTERRUPTED_EXIT_CODE,
  PHASES,
  SCENARIO_EXIT_CODE,
} from '../../src/smoke/phase.ts';

const docs = (name: string) => fileURLToPath(new URL(`../../docs/${name}`, import.meta.url));
const page = readFileSync(docs('smoke.md'), 'utf8');

/** The cells of the table whose first column is called so. */
function rowsOf(title: string): string[][] {
  const [, table = ''] = page.split(`| ${title} |`);
  const [, ...lines] = (table.split('\n\n')[0] ?? '').trim().split('\n').slice(1);
  return lines.map(line =>
    line
      .split('|')
      .map(cell => cell.trim())
      .slice(1, -1),
  );
}

describe('docs/smoke.md', () => {
  it('has every phase with its exit code, in words that are ours', () => {
    const told = rowsOf('phase').flatMap(([names = '', , code]) =>
      names.split(', ').map(name => [name, Number(code)] as const),
    );
    expect(Object.fromEntries(told.filter(([name]) => !name.startsWith('any')))).toEqual(PHASES);
    expect(told.filter(([name]) => name.startsWith('any'))).toEqual([
      ['any scenario', SCENARIO_EXIT_CODE],
      ['any', DEADLINE_EXIT_CODE],
      ['any', INTERRUPTED_EXIT_CODE],
    ]);
  });

  it('has every flag', () => {
    const told = rowsOf('flags').flatMap(([flags = '']) =>
      [...flags.matchAll(/--[\w-]+/g)].map(([flag]) => flag),
    );
    const ours = addSmokeFlags(new Command()).options.map(({ long }) => long);
    expect(told.toSorted()).toEqual(ours.toSorted());
  });

  it('links pages that are there', () => {
    const linked = [...page.matchAll(/\]\(([\w-]+\.md)/g)].map(([, name = '']) => name);
    expect(linked.filter(name => !existsSync(docs(name)))).toEqual([]);
  });
});
