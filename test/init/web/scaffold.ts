import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
/** Host apps as their frameworks' own starters make them, and the packages that they are made of. */
const APPS = join(ROOT, 'test/init-apps');
/** Below those packages, so that Node and the bundlers find them, but not below the apps. Git knows nothing of it. */
const RUN = join(APPS, 'run');
const MEET = join(ROOT, 'bin/meet.js');

export interface Ran {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Scaffold {
  readonly folder: string;
  meet(...args: readonly string[]): Ran;
  remove(): void;
}

/** A fresh copy of a host app, with a blank in its path. */
export function copyApp(name: string): Scaffold {
  if (!existsSync(join(APPS, 'node_modules'))) throw new Error('npm test installs test/init-apps');
  mkdirSync(RUN, { recursive: true });
  const folder = mkdtempSync(join(RUN, `${name} `));
  cpSync(join(APPS, 'apps', name), folder, { recursive: true });
  return {
    folder,
    meet(...args) {
      const { status, stdout, stderr } = spawnSync(process.execPath, [MEET, ...args], {
        cwd: folder,
        encoding: 'utf8',
        env: { PATH: process.env.PATH, HOME: folder },
      });
      return { code: status, stdout, stderr };
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/**
 * Puts in the place of SDK v5, for all apps, the vendor's SDK 4.2.6 behind v5's names: v5 cannot be installed where this is tested. See
 * test/web/sdk/v5-alias.ts.
 */
export async function provideSdk(): Promise<void> {
  const folder = join(RUN, 'node_modules/@cometchat/calls-sdk-javascript');
  await build({
    absWorkingDir: ROOT,
    entryPoints: ['test/web/sdk/v5-alias.ts'],
    outfile: join(folder, 'index.js'),
    bundle: true,
    format: 'esm',
    platform: 'browser',
    target: 'chrome109',
    logLevel: 'warning',
  });
  cpSync(join(APPS, 'calls-sdk-v5.d.ts'), join(folder, 'index.d.ts'));
  writeFileSync(
    join(folder, 'package.json'),
    JSON.stringify({
      name: '@cometchat/calls-sdk-javascript',
      version: '5.0.4-which-is-4.2.6',
      type: 'module',
      exports: { types: './index.d.ts', default: './index.js' },
    }),
  );
}
