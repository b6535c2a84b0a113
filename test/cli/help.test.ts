import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSandbox, type Sandbox } from './run-meet.ts';

let sandbox: Sandbox;

beforeAll(() => {
  sandbox = createSandbox();
});

afterAll(() => sandbox.remove());

describe('help', () => {
  it.each([
    [['--help']],
    [['create', '--help']],
    [['smoke', '--help']],
    [['exec', '--help']],
    [['fault', 'add', '--help']],
    [['init', '--help']],
    [['init', 'web', '--help']],
    [['init', 'flutter', '--help']],
    [['doctor', '--help']],
    [['check', '--help']],
  ])('of meet %j is a page on stdout', async args => {
    const { code, stdout, stderr } = await sandbox.meet(args);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatchSnapshot();
  });

  it.each([
    [[], ['--help']],
    [['help'], ['--help']],
    [['-h'], ['--help']],
    [
      ['help', 'create'],
      ['create', '--help'],
    ],
  ])('by meet %j is that of meet %j', async (args, same) => {
    expect(await sandbox.meet(args)).toEqual(await sandbox.meet(same));
  });

  it('fits into 80 columns', async () => {
    const pages = await Promise.all(
      [
        ...[
          'create',
          'list',
          'show',
          'extend',
          'end',
          'invite',
          'kick',
          'revoke',
          'rotate',
          'open',
          'serve',
          'smoke',
          'exec',
          'fault',
        ],
        ...[
          'fault add',
          'fault list',
          'fault clear',
          'init',
          'init web',
          'init flutter',
          'doctor',
          'completion',
        ],
      ].map(name => sandbox.meet([...name.split(' '), '-h'])),
    );
    const wide = pages.flatMap(page => page.stdout.split('\n')).filter(line => line.length > 80);
    expect(wide).toEqual([]);
  });

  it('has no colours where nobody looks, and headings where FORCE_COLOR asks for them', async () => {
    expect((await sandbox.meet(['-h'])).stdout).not.toContain('\u001b');
    expect((await sandbox.meet(['-h'], { FORCE_COLOR: '1' })).stdout).toContain(
      '\u001b[1mMeetings:\u001b[22m',
    );
    expect((await sandbox.meet(['-h'], { FORCE_COLOR: '1', NO_COLOR: '1' })).stdout).not.toContain('\u001b');
  });
});

describe('the version', () => {
  it('is the one of the package', async () => {
    const { default: manifest } = await import('../../package.json', { with: { type: 'json' } });
    expect(await sandbox.meet(['--version'])).toEqual({
      code: 0,
      stdout: `${manifest.version}\n`,
      stderr: '',
    });
  });
});
