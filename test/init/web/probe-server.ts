import { type ChildProcess, spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Scaffold } from './scaffold.ts';

const MEET = fileURLToPath(new URL('../../../bin/meet.js', import.meta.url));

/** The least that serves the routes of an app, and says at which port; the rest of the app is no part of it. */
const PROBES = {
  'svelte-express': `
    import express from 'express';
    import { meetings } from './server/meetings/routes.js';
    const app = express();
    app.use(meetings);
    const server = app.listen(0, () => console.log('port', server.address().port));
  `,
  'vanilla-fastify': `
    import Fastify from 'fastify';
    import { meetings } from './meetings/routes.mjs';
    const app = Fastify();
    app.register(meetings);
    await app.listen({ port: 0 });
    console.log('port', app.server.address().port);
  `,
  next: `
    import { createServer } from 'node:http';
    import * as create from './app/api/meetings/route.ts';
    import * as authorize from './app/api/meetings/[id]/authorize/route.ts';
    import * as token from './app/api/meetings/[id]/token/route.ts';
    const server = createServer(async (incoming, outgoing) => {
      const chunks = [];
      for await (const chunk of incoming) chunks.push(chunk);
      const { method, headers, url } = incoming;
      const request = new Request('http://localhost' + url, { method, headers, body: Buffer.concat(chunks) });
      const [, , , id, what] = url.split('/');
      const route = what === 'token' ? token : what === 'authorize' ? authorize : create;
      const answer = await route.POST(request, { params: Promise.resolve({ id }) });
      outgoing.writeHead(answer.status, Object.fromEntries(answer.headers)).end(await answer.text());
    });
    server.listen(0, () => console.log('port', server.address().port));
  `,
} as const;

export type Probed = keyof typeof PROBES;

export interface Probe {
  /** What a POST answers. */
  ask(path: string, as?: string, body?: object): Promise<{ status: number; body: Body; headers: Headers }>;
  stop(): Promise<void>;
}

// biome-ignore lint/suspicious/noExplicitAny: each test looks for its own
type Body = any;

/** Serves the routes that were written into an app; `emulated`: with the emulator behind them, by meet exec. */
export async function startProbe(
  app: Scaffold,
  name: Probed,
  { emulated = false, env = {} }: { emulated?: boolean; env?: Record<string, string> },
): Promise<Probe> {
  const file = join(app.folder, name === 'next' ? 'probe.ts' : 'probe.mjs');
  writeFileSync(file, PROBES[name]);
  const command = [process.execPath, ...(name === 'next' ? ['--import', 'tsx'] : []), file];
  const line = emulated ? [process.execPath, MEET, 'exec', '--', ...command] : command;
  const [program = '', ...args] = line;
  const child = spawn(program, args, {
    cwd: app.folder,
    env: { PATH: process.env.PATH, HOME: app.folder, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = new Promise<void>(resolve => child.once('close', () => resolve()));
  const port = await readPort(child);
  return {
    async ask(path, as, body) {
      const response = await fetch(`http://localhost:${port}${path}`, {
        method: 'POST',
        headers: { ...(as && { 'meet-as': as }), ...(body && { 'content-type': 'application/json' }) },
        ...(body && { body: JSON.stringify(body) }),
      });
      return { status: response.status, body: await response.json(), headers: response.headers };
    },
    stop() {
      child.kill();
      return ended;
    },
  };
}

function readPort(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = '';
    for (const stream of [child.stdout, child.stderr])
      stream?.setEncoding('utf8').on('data', text => {
        said += text;
        const port = /^port (\d+)$/m.exec(said)?.[1];
        if (port) resolve(port);
      });
    child.once('close', () => reject(new Error(`it ended before it listened: ${said}`)));
  });
}
