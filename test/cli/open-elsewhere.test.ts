import { chmod, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { runMeet, startServe, temporaryProject } from './server-process.ts';

// Whole processes, beside whatever else the machine is busy with.
vi.setConfig({ testTimeout: 60_000 });

/** A project whose folder is first on the PATH, with a meeting in it. */
async function project() {
  const { folder } = await temporaryProject();
  await runMeet(folder, ['create', '--strategy', 'team', '--id', 'core']);
  /** Writes every call down, an argument a line, and then does as `script` says. */
  const tool = async (name: string, script = '') => {
    const file = join(folder, name);
    await writeFile(file, `#!/bin/sh\nprintf '%s\\n' "$@" >> "$(dirname "$0")/${name}-calls"\n${script}\n`);
    await chmod(file, 0o755);
    return file;
  };
  const calls = (name: string) =>
    readFile(join(folder, `${name}-calls`), 'utf8').then(
      text => text.trim().split('\n'),
      () => null,
    );
  return { folder, tool, calls };
}

describe('meet open --browser', () => {
  it('opens the link in the browser at a path, or in the first that a name means', async () => {
    const { folder, tool, calls } = await project();
    const { url } = await startServe(folder);
    const path = await tool('my-browser');
    await tool('chromium');
    for (const [which, program] of [
      [path, 'my-browser'],
      ['chrome', 'chromium'],
    ] as const) {
      const env = which === 'chrome' ? { PATH: `${folder}:/bin` } : {};
      const { code, stdout } = await runMeet(folder, ['open', 'team-core', '--browser', which], env);
      expect([code, stdout]).toEqual([0, expect.stringContaining(`${url}/meet/team-core#key=`)]);
      await expect.poll(() => calls(program)).toEqual([stdout]);
    }
  });

  it.each([
    ['an unknown name', 'netscape', 2, 'chrome, edge, firefox, brave or the path'],
    ['a path with nothing there', '/nowhere/chrome', 10, 'There is no browser at /nowhere/chrome'],
    ['a name that is not installed', 'edge', 10, 'edge was not found'],
  ])('refuses %s before anything is served', async (_, which, code, words) => {
    const { folder } = await project();
    const result = await runMeet(folder, ['open', 'team-core', '--browser', which], { PATH: folder });
    expect([result.code, result.stdout, result.stderr]).toEqual([code, '', expect.stringContaining(words)]);
  });

  it('tells of one that does not start', async () => {
    const { folder, tool } = await project();
    await startServe(folder);
    const path = await tool('broken', 'exit 3');
    const { code, stderr } = await runMeet(folder, ['open', 'team-core', '--browser', path]);
    expect([code, stderr]).toEqual([10, expect.stringContaining('did not open the link')]);
  });
});

describe('meet open --device android', () => {
  const android = ['open', 'team-core', '--as', 'alice', '--device', 'android'];

  it('makes localhost of the phone this machine, and opens the whole link there', async () => {
    const { folder, tool, calls } = await project();
    // The shell on the phone reads what adb joins: so does this one, and writes down what `am` would get.
    await tool('am');
    await tool('adb', 'case $1 in get-state) echo device;; shell) shift; sh -c "$*";; esac');
    const { url, port } = await startServe(folder);
    const { code, stdout, stderr } = await runMeet(folder, android);
    expect(code).toBe(0);
    expect(stdout).toMatch(`${url}/meet/team-core?as=alice#key=`);
    expect(await calls('adb')).toEqual([
      'get-state',
      ...['reverse', `tcp:${port}`, `tcp:${port}`],
      ...['shell', `am start -a android.intent.action.VIEW -d '${stdout}'`],
    ]);
    expect(await calls('am')).toEqual(['start', '-a', 'android.intent.action.VIEW', '-d', stdout]);
    expect(stderr).toContain('no picture or sound of the emulator');
  });

  it('needs no way back to this machine for a server that phones reach', async () => {
    const { folder, tool, calls } = await project();
    await tool('adb', '[ "$1" = get-state ] && echo device; exit 0');
    const env = { MEET_URL: "https://meet.o'example.com" };
    await startServe(folder, [], env);
    const { code, stdout } = await runMeet(folder, android, env);
    expect(code).toBe(0);
    const quoted = stdout.replaceAll("'", "'\\''");
    expect(await calls('adb')).toEqual([
      'get-state',
      'shell',
      `am start -a android.intent.action.VIEW -d '${quoted}'`,
    ]);
  });

  it.each([
    ['no device', 'echo "error: no devices/emulators found" >&2; exit 1', 'plug in a phone'],
    ['one that does not trust us', 'echo "error: device unauthorized." >&2; exit 1', 'Allow USB debugging'],
    ['several', 'echo "error: more than one device/emulator" >&2; exit 1', 'ANDROID_SERIAL'],
    ['one that sleeps', 'echo offline; exit 1', 'offline'],
  ])('says what to do about %s, before anything is served', async (_, script, words) => {
    const { folder, tool } = await project();
    await tool('adb', script);
    const { code, stdout, stderr } = await runMeet(folder, android);
    expect([code, stdout, stderr]).toEqual([1, '', expect.stringContaining(words)]);
    expect(stderr.split('\n')).toHaveLength(1);
  });

  it('tells of a phone that refuses the link, and does not wait for what adb leaves behind', async () => {
    const { folder, tool } = await project();
    await tool(
      'adb',
      'case $1 in get-state) sleep 60 & echo device;; shell) echo "Error: no activity found";; esac',
    );
    await startServe(folder);
    const { code, stderr } = await runMeet(folder, android);
    expect([code, stderr]).toEqual([1, expect.stringContaining('am start failed: Error: no activity found')]);
  });

  it('names what is missing without adb', async () => {
    const { folder } = await project();
    const { code, stderr } = await runMeet(folder, android, { PATH: folder });
    expect([code, stderr]).toEqual([1, expect.stringContaining('adb was not found')]);
  });
});

describe('meet open --device ios', () => {
  const ios = ['open', 'team-core', '--device', 'ios'];

  it('opens the link in the simulator that runs', async () => {
    const { folder, tool, calls } = await project();
    await tool('xcrun', '[ "$2" = list ] && echo "    iPhone 17 (8D0A) (Booted)"; exit 0');
    await startServe(folder);
    const { code, stdout } = await runMeet(folder, ios);
    expect(code).toBe(0);
    expect(await calls('xcrun')).toEqual([
      ...['simctl', 'list', 'devices', 'booted'],
      ...['simctl', 'openurl', 'booted', stdout],
    ]);
  });

  it.each([
    ['xcrun', null, 'needs macOS with Xcode'],
    ['a simulator', 'echo "== Devices =="', 'open -a Simulator'],
  ])('names what is missing without %s', async (_, script, words) => {
    const { folder, tool } = await project();
    if (script) await tool('xcrun', script);
    const { code, stderr } = await runMeet(folder, ios, { PATH: `${folder}:/bin` });
    expect([code, stderr]).toEqual([1, expect.stringContaining(words)]);
  });
});

describe('meet open refuses', () => {
  it.each([
    ['--print', '--pair'],
    ['--pair', '--as', 'alice'],
    ['--pair', '--device', 'ios'],
    ['--pair', '--browser', 'chrome'],
    ['--pair', '--copy'],
    ['--device', 'ios', '--browser', 'chrome'],
    ['--device', 'ios', '--print'],
    ['--device', 'ios', '--mailto'],
    ['--browser', 'chrome', '--mailto'],
  ])('%s %s %s %s', async (...flags) => {
    const { folder } = await project();
    const { code, stdout, stderr } = await runMeet(folder, ['open', 'team-core', ...flags.filter(Boolean)]);
    expect([code, stdout, stderr]).toEqual([2, '', expect.stringContaining('contradict each other')]);
  });

  it('--pair where nobody would see the windows, and for a list of one', async () => {
    const { folder } = await project();
    const unseen = await runMeet(folder, ['open', 'team-core', '--pair']);
    expect([unseen.code, unseen.stderr]).toEqual([10, expect.stringContaining('no display')]);
    await runMeet(folder, ['create', '--strategy', 'team', '--id', 'core', '--allow', 'alice']);
    const alone = await runMeet(folder, ['open', 'team-core', '--pair']);
    expect([alone.code, alone.stderr]).toEqual([1, expect.stringContaining('--as alice')]);
  });
});
