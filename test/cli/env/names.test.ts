import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { NAMES } from '../../../src/cli/env/names.ts';
import { findUnknownNames } from '../../../src/cli/env/unknown-names.ts';
import { ask, sandbox } from '../doctor/ask.ts';
import { startServe } from '../server-process.ts';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const NAME = /\b(?:MEET|COMETCHAT)_[A-Z0-9_]*[A-Z0-9]\b/g;

/** Of all files below a folder, or of one. */
function textOf(...paths: string[]): string {
  return paths
    .flatMap(path => (statSync(join(ROOT, path)).isFile() ? path : filesIn(path)))
    .map(file => readFileSync(join(ROOT, file), 'utf8'))
    .join('\n');
}
const filesIn = (folder: string) =>
  readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile() && /\.(ts|mjs|md|env|service|conf|yml|sh)$|file$/i.test(entry.name))
    .map(entry => relative(ROOT, join(entry.parentPath, entry.name)))
    .filter(file => file !== join('src', 'cli', 'env', 'names.ts'));
const namesIn = (text: string) => new Set(text.match(NAME));

const source = textOf('src');
const docs = textOf('docs', 'deploy', 'README.md', 'SECURITY.md', 'action.yml');
const tests = textOf('scripts', 'vitest.config.ts', 'test/watchdog', 'test/fuzz');
/** What only looks like a variable: codes of errors, and constants of the code. */
const others = new Set([
  ...namesIn(readFileSync(join(ROOT, 'src/core/errors.ts'), 'utf8')),
  ...[...source.matchAll(/\bconst ((?:MEET|COMETCHAT)_\w+)/g)].map(([, name]) => name),
]);
const read = [...namesIn(source)].filter(name => !others.has(name));

describe('the names of variables', () => {
  it('are known, all that the code has', () => {
    expect(read.length).toBeGreaterThan(40);
    expect(read.filter(name => !NAMES.has(name))).toEqual([]);
  });

  it('are known, all that docs, scripts and tests of this project have', () => {
    const told = [...namesIn(docs), ...namesIn(tests)];
    expect(told.filter(name => !NAMES.has(name) && !others.has(name))).toEqual([]);
  });

  it('are documented, and read by somebody', () => {
    const documented = namesIn(docs);
    const own = namesIn(tests);
    expect([...NAMES].filter(name => !documented.has(name) && !own.has(name))).toEqual([]);
    expect(
      [...NAMES].filter(name => !read.includes(name) && !own.has(name) && !docs.includes(`$${name}`)),
    ).toEqual([]);
  });
});

describe('a name that is not known', () => {
  it.each([
    ['MEET_GUEST', 'did you mean MEET_GUESTS?'],
    ['MEET_DATABASE', 'did you mean MEET_DATABASE_URL?'],
    ['MEET_AUDIT_RETENSION', 'did you mean MEET_AUDIT_RETENTION?'],
    ['COMETCHAT_APPID', 'did you mean COMETCHAT_APP_ID?'],
    ['MEET_LOGS', 'did you mean MEET_LOG?'],
    ['MEET_FOO', 'see docs/settings.md for those that are, or unset it'],
    ['MEET_NONSENSE', 'see docs/settings.md for those that are, or unset it'],
  ])('%s: %s', (name, fix) => {
    expect(findUnknownNames({ [name]: 'x', MEET_GUESTS: 'off', PATH: '/bin' })).toEqual([{ name, fix }]);
  });

  it.each([
    ['MEET_GUEST', ''],
    ['COMETCHAT_WEBHOOK_PASSWORD', 'x'],
    ['OTHER_MEET_GUEST', 'x'],
    ['MEET_SERVICE_HOST', '10.0.0.1'],
    ['MEET_DB_SERVICE_PORT_HTTP', '80'],
    ['MEET_PORT', 'tcp://10.0.0.1:80'],
    ['MEET_PORT_80_TCP_ADDR', '10.0.0.1'],
  ])('is not %s=%s: nobody’s, or somebody else’s', (name, value) => {
    expect(findUnknownNames({ [name]: value })).toEqual([]);
  });

  it('is told by meet serve, once, and by meet doctor, without its value', async () => {
    const env = { MEET_GUEST: 'a-secret-value' };
    const place = sandbox();
    const { ok, of, stdout } = await ask(place, env);
    expect(of.variables).toMatchObject({
      state: 'warn',
      says: 'MEET_GUEST is not known',
      fix: 'did you mean MEET_GUESTS?',
    });
    expect(ok).toBe(true);
    const { stderr } = await startServe(place.path, [], env);
    expect(stderr().match(/MEET_GUEST is not known; did you mean MEET_GUESTS\?\n/g)).toHaveLength(1);
    expect(stdout + stderr()).not.toContain('a-secret-value');
  });
});
