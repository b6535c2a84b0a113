import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeAll, expect, it } from 'vitest';
import { copyApp, provideSdk, type Scaffold } from './scaffold.ts';

const TSC = fileURLToPath(new URL('../../../node_modules/typescript/bin/tsc', import.meta.url));

let app: Scaffold | undefined;

beforeAll(provideSdk);

afterEach(() => app?.remove());

it.each([
  ['react-express', []],
  ['react-express', ['--framework', 'vanilla', '--server', 'fastify']],
  ['next', []],
])(
  'what meet init web writes into %s, with %j, has the right types',
  (name, flags) => {
    app = copyApp(name);
    expect(app.meet('init', 'web', ...flags).code).toBe(0);
    const { status, stdout } = spawnSync(process.execPath, [TSC, '-p', join(app.folder, 'tsconfig.json')], {
      encoding: 'utf8',
    });
    expect({ status, stdout }).toEqual({ status: 0, stdout: '' });
  },
  60_000,
);
