import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { findCandidates } from '../../../src/cli/completion/candidates.ts';
import { createOutput } from '../../../src/cli/output.ts';
import { createProgram } from '../../../src/cli/program.ts';

const stream = new PassThrough();
const io = { argv: [], env: {}, stdin: stream, stdout: stream, stderr: stream };
const program = createProgram('0', io, createOutput(stream, {}), async () => {});
const meetings = async (command: string) => [{ value: `room-for-${command}`, about: 'A room' }];

/** `line` up to the cursor. */
async function complete(line: string): Promise<string[]> {
  const found = await findCandidates(program, line.split(' ').slice(1), meetings);
  return found.map(({ value }) => value);
}

describe('completion', () => {
  it('knows the commands, and no hidden one', async () => {
    const names = await complete('meet ');
    expect(names).toEqual(expect.arrayContaining(['create', 'open', 'fault', 'init', 'completion']));
    expect(names).not.toContain('complete');
    expect(await complete('meet fault ')).toEqual(['add', 'list', 'clear']);
  });

  it('knows the flags of a command, without those that are given', async () => {
    const flags = await complete('meet create --json --strategy team --');
    expect(flags).toContain('--public');
    expect(flags).not.toContain('--json');
    expect(flags).not.toContain('--strategy');
    expect(await complete('meet fault add --uid alice --l')).toContain('--loss');
  });

  it.each([
    ['meet create --strategy ', 'office-hours'],
    ['meet create --json --bucket ', 'week'],
    ['meet create --tz ', 'Europe/Berlin'],
    ['meet fault add team-core --direction ', 'up'],
    ['meet create --strategy=', '--strategy=uuid'],
    // As bash splits it.
    ['meet create --strategy = st', 'stable'],
    ['meet create --strategy =', 'stable'],
    ['meet completion ', 'fish'],
  ])('knows the values of: %s', async (line, value) => {
    expect(await complete(line)).toContain(value);
  });

  it.each(['open', 'show', 'extend', 'end', 'invite', 'kick', 'revoke', 'rotate', 'trace'])(
    'knows the meetings for %s',
    async command => {
      expect(await complete(`meet ${command} `)).toEqual([`room-for-${command}`]);
      expect(await complete(`meet ${command} room-1 `)).toEqual([]);
    },
  );

  it('leaves files to the shell', async () => {
    for (const line of ['meet check ', 'meet check --sarif ', 'meet check --sarif=', 'meet exec -- np'])
      expect(await complete(line)).toEqual([':files']);
  });

  it.each(['meet create --title ', 'meet fault clear ', 'meet no-such ', 'meet create more '])(
    'knows nothing for: %s',
    async line => {
      expect(await complete(line)).toEqual([]);
    },
  );

  it('goes on behind a value that is optional', async () => {
    expect(await complete('meet serve --trace --t')).toContain('--tls');
    expect(await complete('meet serve --trace ')).toEqual([':files']);
  });
});
