import { afterAll, describe, expect, it } from 'vitest';
import { SCENARIOS } from '../../src/smoke/scenarios/all.ts';
import { createSandbox } from './run-meet.ts';

const sandbox = createSandbox();
afterAll(() => sandbox.remove());

describe('meet smoke --only', () => {
  it('lists every scenario when it is asked for help', async () => {
    const { code, stdout, stderr } = await sandbox.meet(['smoke', '--only', 'help']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const [head = '', ...lines] = stdout.trimEnd().split('\n');
    expect(head).toMatch(/^name +title$/);
    expect(lines.map(line => line.split(/ {2,}/))).toEqual(SCENARIOS.map(({ name, title }) => [name, title]));
  });

  it('lists them as JSON', async () => {
    expect(await sandbox.json(['smoke', '--only', 'help'])).toEqual(
      SCENARIOS.map(({ name, title }) => ({ name, title })),
    );
  });

  it('names every scenario to who asks for one that is not there', async () => {
    const { code, stdout, stderr } = await sandbox.meet(['smoke', '--only', 'rejoin,earthquake']);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    for (const { name } of SCENARIOS) expect(stderr).toContain(name);
  });
});
