import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, expectTypeOf, it } from 'vitest';
import type { SmokeConfig as Documented } from '../../docs/smoke-config.d.ts';
import { checkConfig, findSmokeConfig, type SmokeConfig } from '../../src/cli/smoke-config.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'meet-config-'));
});
afterEach(() => rm(folder, { recursive: true }));

const write = (name: string, text: string) => writeFile(join(folder, name), text);

const TYPED = `
interface Page { url: string }
export default { url: 'http://localhost:1', fill: { '#name': '{name}' } } satisfies Page & Record<string, unknown>;
`;

describe('the file that describes a page', () => {
  it.each([
    ['meet.smoke.ts', TYPED],
    ['meet.smoke.js', "module.exports = { url: 'http://localhost:1', fill: { '#name': '{name}' } };"],
    ['meet.smoke.mjs', "export default { url: 'http://localhost:1', fill: { '#name': '{name}' } };"],
    ['meet.smoke.json', '{"url": "http://localhost:1", "fill": {"#name": "{name}"}}'],
  ])('may be %s', async (name, text) => {
    await write(name, text);
    const config = { url: 'http://localhost:1', fill: { '#name': '{name}' } };
    expect(await findSmokeConfig(folder, undefined)).toMatchObject({ file: join(folder, name), config });
  });

  it('is read by its name, from anywhere, and keeps its functions', async () => {
    await write('other.ts', 'export default { createSession: async ({ env }) => ({ sessionId: env.ID }) };');
    const found = await findSmokeConfig('/', join(folder, 'other.ts'));
    expect(await found?.config.createSession?.({ env: { ID: 'x' } })).toEqual({ sessionId: 'x' });
  });

  it('need not be there', async () => {
    expect(await findSmokeConfig(folder, undefined)).toBeNull();
  });

  it.each([
    ['is not there', 'gone.ts', undefined, /There is no .*gone\.ts/],
    [
      'does not compile',
      'bad.ts',
      'export default {',
      /bad\.ts cannot be loaded: Unexpected token \(line 1\)/,
    ],
    ['lacks a comma', 'bad.ts', "export default {\n  url: 'x'\n  join: 'y'\n};", /expected "," \(line 3\)/],
    [
      'imports what is not there',
      'bad.ts',
      "import x from 'not-there'; export default x;",
      /cannot be loaded: Cannot find module 'not-there'$/,
    ],
    ['is no JSON', 'bad.json', '{', /bad\.json cannot be loaded/],
    ['throws', 'bad.js', "throw new Error('no database')", /cannot be loaded: no database/],
  ])('is refused when it %s', async (_, name, text, message) => {
    if (text !== undefined) await write(name, text);
    const read = findSmokeConfig(folder, join(folder, name));
    await expect(read).rejects.toMatchObject({ code: 'BAD_CONFIG', message: expect.stringMatching(message) });
  });
});

describe('what stands in it', () => {
  it.each([
    [{ joinn: '#x' }, /unknown field joinn \(did you mean join\?\); it takes url, serve/],
    [{ qwertz: 1 }, /unknown field qwertz; it takes/],
    [{ url: 5 }, /url must be a string/],
    [{ fill: ['a'] }, /fill must be a map of strings/],
    [{ fill: { a: 1 } }, /fill must be a map of strings/],
    [{ uids: 'a' }, /uids must be a list of strings/],
    [{ people: true }, /people must be a number or string/],
    [[], /must export an object by default/],
    [undefined, /must export an object by default/],
  ])('%j is refused', (config, message) => {
    expect(() => checkConfig('meet.smoke.ts', config)).toThrow(message);
  });

  it('is what the documentation says', () => {
    expectTypeOf<Documented>().toEqualTypeOf<SmokeConfig>();
  });
});
