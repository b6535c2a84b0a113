import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));
const textOf = (name: string) => readFileSync(join(root, name), 'utf8');

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'meet-deploy-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

describe('the Dockerfile', () => {
  const steps = textOf('deploy/Dockerfile')
    .split('\n')
    .filter(line => line !== '' && !line.startsWith('#'))
    .map(line => ({ word: line.split(' ', 1)[0] ?? '', rest: line.slice(line.indexOf(' ') + 1) }));
  const last = steps.slice(steps.findLastIndex(({ word }) => word === 'FROM'));
  const restsOf = (word: string) => last.filter(step => step.word === word).map(({ rest }) => rest);

  it('runs no scripts of packages, and leaves those for development out', () => {
    const installs = steps.filter(({ word, rest }) => word === 'RUN' && /npm (ci|prune)/.test(rest));
    expect(installs).toHaveLength(2);
    for (const { rest } of installs) expect(rest).toContain('--ignore-scripts');
    expect(installs[1]?.rest).toContain('--omit=dev');
  });

  it('copies what is there or was built, and starts it as an ordinary user', () => {
    const copied = restsOf('COPY').map(rest => /^--from=build \/app\/(\S+) /.exec(rest)?.[1] ?? '');
    expect(copied).toContain('dist');
    for (const path of copied) expect([path, existsSync(join(root, path))]).toEqual([path, true]);
    expect(restsOf('USER')).toEqual(['node']);
    const [, script = ''] = JSON.parse(restsOf('CMD')[0] ?? '[]');
    expect(copied).toContain(script.split('/')[0]);
    expect(restsOf('HEALTHCHECK')[0]).toContain('/readyz');
  });

  it('is not given what is secret', () => {
    const ignored = textOf('.dockerignore').split('\n');
    for (const name of ['.meet', '.env', '.git', 'node_modules', 'cometchat-settings.json'])
      expect(ignored).toContain(name);
  });
});

it.skipIf(process.platform === 'win32')('secrets in files become settings, and a missing one none', () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'secret'), 'of the files\n');
  writeFileSync(join(folder, 'database-url'), '');
  const script = join(root, 'deploy/with-credentials.sh');
  const show =
    'const { MEET_SECRET, MEET_DATABASE_URL } = process.env; console.log(JSON.stringify([MEET_SECRET, MEET_DATABASE_URL]))';
  const said = execFileSync(script, [process.execPath, '-e', show], {
    env: { PATH: process.env.PATH, CREDENTIALS_DIRECTORY: folder },
    encoding: 'utf8',
  });
  expect(JSON.parse(said)).toEqual(['of the files', null]);
});

it.skipIf(process.platform === 'win32')('a folder of secrets that is missing is named', () => {
  const folder = join(temporaryFolder(), 'run');
  const env = { PATH: process.env.PATH, CREDENTIALS_DIRECTORY: folder };
  const script = join(root, 'deploy/with-credentials.sh');
  const { status, stdout, stderr } = spawnSync(script, ['echo', 'started'], { env, encoding: 'utf8' });
  expect([status, stdout]).toEqual([0, 'started\n']);
  expect(stderr).toBe(`with-credentials.sh: there is no folder ${folder}, so no secret is set from it\n`);
});

it('the unit has every secret that the script loads', () => {
  const loaded = [...textOf('deploy/with-credentials.sh').matchAll(/^load (\S+)/gm)].map(([, name]) => name);
  const given = [...textOf('deploy/meet@.service').matchAll(/^LoadCredential=(\S+):\/etc\/meet\/\1$/gm)];
  expect(loaded.length).toBeGreaterThan(5);
  expect(given.map(([, name]) => name).sort()).toEqual(loaded.sort());
});

const verifier = spawnSync('systemd-analyze', ['--version']).status === 0;
if (!verifier) process.stderr.write('skipped, without systemd-analyze: the systemd unit\n');

it.skipIf(!verifier)('systemd finds nothing wrong with the unit', () => {
  const file = join(temporaryFolder(), 'meet@.service');
  // It looks whether the program is there.
  const unit = textOf('deploy/meet@.service').replace('/opt/meet/deploy', join(root, 'deploy'));
  writeFileSync(file, unit);
  const { status, stderr } = spawnSync('systemd-analyze', ['verify', file], { encoding: 'utf8' });
  expect([status, stderr]).toEqual([0, '']);
});
