import { existsSync } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { action, runAction } from './action-run.ts';

describe('the GitHub Action', () => {
  it('is composite, in bash alone, and has no input in a script', () => {
    expect(action.runs.using).toBe('composite');
    for (const { shell, run } of action.runs.steps) {
      expect(shell).toBe('bash');
      expect(run).not.toContain('${{');
    }
  });

  it('uses every input that it takes', () => {
    const used = action.runs.steps.flatMap(({ env = {} }) => Object.values(env));
    expect(used.toSorted()).toEqual(
      Object.keys(action.inputs)
        .map(name => `\${{ inputs.${name} }}`)
        .toSorted(),
    );
  });

  it('takes its outputs from a step that writes them', () => {
    const [{ run = '' } = {}] = action.runs.steps.filter(({ id }) => id === 'smoke');
    for (const [name, { value }] of Object.entries(action.outputs)) {
      expect(value).toBe(`\${{ steps.smoke.outputs.${name} }}`);
      expect(run).toMatch(new RegExp(`${name}(=|<<)`));
    }
  });

  it('lets two people meet on our own page', async () => {
    const run = await runAction(
      { junit: 'out/smoke.xml', 'working-directory': 'a project', deadline: '60s' },
      folder => mkdir(join(folder, 'a project')),
    );
    expect({ exitCode: run.exitCode, log: run.log }).toEqual({ exitCode: 0, log: expect.any(String) });
    expect(run.outputs).toEqual({
      'exit-code': '0',
      report: '',
      summary: expect.stringMatching(/^ *passed in .*two people met/),
    });
    expect(run.summary).toMatch(/^## ✅ meet smoke passed/);
    expect(await readFile(join(run.folder, 'a project/out/smoke.xml'), 'utf8')).toContain('<testsuite ');
  });

  it('fails with the exit code of meet smoke, and says why', async () => {
    const run = await runAction({ args: '--browser\n/no/such browser\n' });
    expect(run.exitCode).toBe(10);
    expect(run.outputs).toMatchObject({
      'exit-code': '10',
      summary: expect.stringContaining('There is no browser at /no/such browser'),
    });
    expect(run.log).toContain('::error title=meet smoke%3A browser (exit code 10)::');
    expect(run.summary).toContain('❌');
  });

  it.each(['junit', 'people', 'only', 'deadline', 'repeat', 'report', 'args', 'url'])(
    'runs nothing that is written into %s',
    async name => {
      const evil = '"; touch owned; $(touch owned) `touch owned` \'\n::error::x\nexit-code=0\n--help=';
      const run = await runAction({ args: '--browser\n/no/such/browser', [name]: evil });
      expect(existsSync(join(run.folder, 'owned'))).toBe(false);
      expect(run.exitCode).not.toBe(0);
      expect(run.outputs['exit-code']).toBe(String(run.exitCode));
    },
  );
});
