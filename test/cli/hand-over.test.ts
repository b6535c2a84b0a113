import { chmod, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { stripVTControlCharacters } from 'node:util';
import readQr from 'jsqr';
import { describe, expect, it, vi } from 'vitest';
import { copyToClipboard } from '../../src/cli/clipboard.ts';
import type { Context } from '../../src/cli/context.ts';
import { createOutput } from '../../src/cli/output.ts';
import { drawQr } from '../../src/cli/qr.ts';
import { runMeet, temporaryProject } from './server-process.ts';

// Whole processes, beside whatever else the machine is busy with.
vi.setConfig({ testTimeout: 60_000 });

const ROOM = ['create', '--strategy', 'stable', '--prefix', 'room', '--id', '42', '--title', 'Plan & review'];
const LINK = /^http:\/\/localhost:4680\/meet\/room-42#key=[\w-]{21}$/;
const MODULE_PX = 4;

/** A tool in the project's folder, which is first on the PATH: it stands for one that this machine has not. */
async function tool(folder: string, name: string, script: string): Promise<void> {
  await writeFile(join(folder, name), `#!/bin/sh\n${script}\n`);
  await chmod(join(folder, name), 0o755);
}

/** What a phone's camera would see of half blocks on a screen; `ink`: the colour of the letters, 0 (black) to 255. */
function scan(lines: readonly string[], ink: number): string | undefined {
  const rows = lines.flatMap(line => {
    const cells = [...line];
    return ['▀█', '▄█'].map(inked => cells.map(cell => inked.includes(cell)));
  });
  const width = (rows[0]?.length ?? 0) * MODULE_PX;
  const height = rows.length * MODULE_PX;
  const pixels = new Uint8ClampedArray(width * height * 4).fill(255);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const inked = rows[Math.floor(y / MODULE_PX)]?.[Math.floor(x / MODULE_PX)];
      pixels.fill(inked ? ink : 255 - ink, (y * width + x) * 4, (y * width + x) * 4 + 3);
    }
  }
  return readQr.default(pixels, width, height)?.data;
}

describe('--copy', () => {
  it.each([
    ['create', ROOM],
    ['show', ['show', 'room-42']],
    ['open --print', ['open', 'room-42', '--print']],
    ['invite', ['invite', 'room-42', '--as', 'alice']],
  ])('of %s copies what is printed, with the built program', async (_, args) => {
    const { folder } = await temporaryProject();
    await tool(folder, 'xsel', 'cat > "$(dirname "$0")/copied"');
    await runMeet(folder, ROOM);
    const { code, stdout, stderr } = await runMeet(folder, [...args, '--copy']);
    expect(code).toBe(0);
    expect(stderr).toContain('Copied the link.');
    expect(stdout.split('\n')).toContain(await readFile(join(folder, 'copied'), 'utf8'));
  });

  it.each([
    ['where there is no display', 'echo "xsel: Can\'t open display" >&2; exit 1', /no display/],
    ['where the tool hangs', 'exec sleep 600', /does not answer/],
  ])('%s says so, and prints the link all the same', async (_, script, words) => {
    const { folder } = await temporaryProject();
    await tool(folder, 'xsel', script);
    const { code, stdout, stderr } = await runMeet(folder, [...ROOM, '--copy']);
    expect([code, stdout]).toEqual([0, expect.stringMatching(LINK)]);
    expect(stderr).toMatch(words);
  });

  it('over SSH hands the link to the terminal, and starts no program of the far machine', async () => {
    let written = '';
    const stderr = Object.assign(
      new Writable({
        write(chunk, _, done) {
          written += chunk;
          done();
        },
      }),
      { isTTY: true },
    );
    const env = { SSH_TTY: '/dev/pts/1', TERM: 'dumb' };
    const context = {
      io: { stderr },
      notes: createOutput(stderr, env),
      settings: { env },
    } as unknown as Context;
    await copyToClipboard(context, 'https://m.example/meet/r#key=ü');
    const text = Buffer.from('https://m.example/meet/r#key=ü').toString('base64');
    expect(written).toContain(`\u001b]52;c;${text}\u0007Sent to the clipboard`);
  });
});

describe('--qr', () => {
  it('draws what an independent reader reads, beside the link', async () => {
    const { folder } = await temporaryProject();
    const { code, stdout, stderr } = await runMeet(folder, [...ROOM, '--qr']);
    expect([code, stdout]).toEqual([0, expect.stringMatching(LINK)]);
    expect(
      scan(
        stderr.split('\n').filter(line => /^[ ▀▄█]{20,}$/.test(line)),
        255,
      ),
    ).toBe(stdout);
  });

  it('of an invite, which is longer', async () => {
    const { folder } = await temporaryProject();
    await runMeet(folder, ROOM);
    const { stdout, stderr } = await runMeet(folder, ['invite', 'room-42', '--as', 'alice', '--qr']);
    expect(
      scan(
        stderr.split('\n').filter(line => /^[ ▀▄█]{20,}$/.test(line)),
        255,
      ),
    ).toBe(stdout);
  });

  it('is black on white where there are colours, whatever the terminal’s own', async () => {
    const { folder } = await temporaryProject();
    const { stdout, stderr } = await runMeet(folder, [...ROOM, '--qr', '--json'], { FORCE_COLOR: '1' });
    const { url } = JSON.parse(stdout);
    const painted = stderr.split('\n').filter(line => line.startsWith('\u001b[30;107m'));
    expect(painted).toEqual(drawQr(url, true));
    const bare = painted.map(stripVTControlCharacters);
    expect(scan(bare, 0)).toBe(url);
  });
});

describe('--mailto', () => {
  const bodyOf = (link: string) => decodeURIComponent(link.split('&body=')[1] ?? '').split('\r\n');

  it('prints the link of a mail, which says until when, instead', async () => {
    const { folder } = await temporaryProject();
    const { code, stdout } = await runMeet(folder, [...ROOM, '--expires-in', '2h', '--mailto']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^mailto:\?subject=Plan%20%26%20review&body=/);
    expect(bodyOf(stdout)).toEqual([
      expect.stringMatching(LINK),
      '',
      expect.stringMatching(/^The link works until \d{4}-\d\d-\d\d \d\d:\d\d /),
    ]);
  });

  it('comes beside the link in JSON, on every command, and stdout is nothing else', async () => {
    const { folder } = await temporaryProject();
    const commands = [
      [...ROOM, '--starts-at', '2036-01-01T09:00Z', '--allow', 'alice,bob'],
      ['show', 'room-42'],
      ['open', 'room-42', '--print', '--as', 'alice'],
      ['invite', 'room-42', '--as', 'alice'],
    ];
    for (const command of commands) {
      const { stdout } = await runMeet(folder, [...command, '--mailto', '--qr', '--copy', '--json']);
      const { url, mailto } = JSON.parse(stdout);
      expect(bodyOf(mailto)).toEqual([
        url,
        '',
        expect.stringMatching(/^Starts 2036-01-01/),
        ...[expect.any(String), expect.any(String)],
      ]);
      expect(bodyOf(mailto)[4]).toMatch(
        command[0] === 'invite' ? /^It is for alice alone/ : /^For alice, bob, each with an invite/,
      );
    }
  });

  it.each([
    ['create --open', [...ROOM, '--open']],
    ['open', ['open', 'room-42']],
    ['invite --open', ['invite', 'room-42', '--as', 'alice', '--open']],
  ])('with %s is opened, and nothing is served for it', async (_, args) => {
    const { folder, opened } = await temporaryProject();
    await runMeet(folder, ROOM);
    const { code, stdout } = await runMeet(folder, [...args, '--mailto']);
    expect(code).toBe(0);
    await expect.poll(opened).toBe(stdout);
  });
});

it('opens nothing and serves nothing in CI, where nobody would end it', async () => {
  const { folder, opened } = await temporaryProject();
  await runMeet(folder, ROOM);
  for (const args of [
    [...ROOM, '--open'],
    ['open', 'room-42'],
    ['open', 'room-42', '--mailto'],
    ['open', 'room-42', '--pair'],
  ]) {
    const { code, stderr } = await runMeet(folder, args, { CI: 'true' });
    expect([code, stderr]).toEqual([0, expect.stringContaining('CI is set')]);
  }
  expect(await opened()).toBeNull();
});
