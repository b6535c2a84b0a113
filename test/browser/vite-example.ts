import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { OwnApp } from '../../src/cli/own-app.ts';

const FOLDER = fileURLToPath(new URL('../../examples/vite', import.meta.url));

export interface RunningExample {
  readonly url: string;
  stop(): Promise<void>;
}

/** Starts the example as its README says, with what `meet serve --keys` printed in its environment. */
export async function startExample(command: 'dev' | 'preview', app: OwnApp): Promise<RunningExample> {
  const vite = `${FOLDER}/node_modules/vite/bin/vite.js`;
  if (!existsSync(vite)) throw new Error('examples/vite is not installed; npm test does that');
  const env = {
    PATH: process.env.PATH,
    VITE_COMETCHAT_APP_ID: app.appId,
    VITE_COMETCHAT_REGION: app.region,
    VITE_COMETCHAT_AUTH_KEY: app.authKey,
    VITE_COMETCHAT_HOST: app.host,
    VITE_SHIM: app.shim,
  };
  const run = (...args: string[]) =>
    spawn(process.execPath, [vite, ...args], { cwd: FOLDER, env, stdio: ['ignore', 'pipe', 'pipe'] });
  if (command === 'preview') await finish(run('build'));
  const child = run(...(command === 'dev' ? [] : ['preview']), '--port', '0');
  const ended = new Promise<void>(resolve => child.on('close', () => resolve()));
  return {
    url: await readUrl(child),
    stop() {
      child.kill();
      return ended;
    },
  };
}

type Child = ReturnType<typeof spawn>;

function gather(child: Child, onText: (all: string) => void): void {
  let all = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', text => {
      all += text;
      onText(all);
    });
  }
}

function readUrl(child: Child): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = '';
    gather(child, all => {
      said = all;
      const url = /Local: +(http:\S+)/.exec(all)?.[1];
      if (url) resolve(url);
    });
    child.on('close', () => reject(new Error(`vite ended before it was ready: ${said}`)));
  });
}

function finish(child: Child): Promise<void> {
  return new Promise((resolve, reject) => {
    let said = '';
    gather(child, all => {
      said = all;
    });
    child.on('close', code => (code === 0 ? resolve() : reject(new Error(`vite build failed: ${said}`))));
  });
}
