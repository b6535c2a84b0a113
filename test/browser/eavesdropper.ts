import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Response } from 'playwright-core';
import type { Watcher } from '../../src/smoke/watcher.ts';

/** Listens on the wire for what lets somebody in; knows where our server, the emulator and the SDK put it. */
export interface Eavesdropper extends Watcher {
  /** Everything that was heard. */
  listen(): Promise<string[]>;
}

export function createEavesdropper(): Eavesdropper {
  const heard = new Set<string>();
  const answers: Promise<unknown>[] = [];
  const hear = (secret: string | null | undefined) => {
    if (secret && secret.length >= 16) heard.add(secret.replace(/^Bearer /, ''));
  };
  return {
    onServer: ({ adminKey }) => hear(adminKey),
    onSession: ({ linkFor }) => hear(new URL(linkFor('alice')).hash.replace(/^#key=/, '')),
    onPerson({ page }) {
      page.on('request', request => {
        const headers = request.headers();
        for (const name of ['authorization', 'authtoken', 'meet-key']) hear(headers[name]);
      });
      page.on('response', response =>
        answers.push(readTokens(response).then(tokens => tokens.forEach(hear))),
      );
      page.on('websocket', socket => {
        const { searchParams } = new URL(socket.url());
        for (const name of ['token', 'pwd']) hear(searchParams.get(name));
        // DTLS and ICE passwords of Jingle.
        const read = ({ payload }: { payload: string | Buffer }) => {
          for (const [, , password] of String(payload).matchAll(/\bpwd=(['"])([^'"]+)\1/g)) hear(password);
        };
        socket.on('framesent', read);
        socket.on('framereceived', read);
      });
    },
    async listen() {
      await Promise.all(answers);
      return [...heard];
    },
  };
}

async function readTokens(response: Response): Promise<string[]> {
  if (!/\/(token|identity|call_tokens)$/.test(new URL(response.url()).pathname)) return [];
  const text = await response.text().catch(() => '');
  return [...text.matchAll(/"(?:token|authToken|callToken|jwt)":"([^"]+)"/g)].map(([, token = '']) => token);
}

/** What a server of ours keeps to itself. */
export async function readServerKeys(dataDir: string): Promise<string[]> {
  const [adminKey = '', secret = '', emulator = '{}'] = await Promise.all(
    ['admin-key', 'secret', 'emulator-keys.json'].map(name => readFile(join(dataDir, name), 'utf8')),
  );
  const { apiKey, authKey, secret: signing } = JSON.parse(emulator);
  return [adminKey.trim(), secret.trim(), apiKey, authKey, signing];
}

/** A secret in every shape in which a page or a protocol may write it down. */
export function shapesOf(secret: string): string[] {
  const parts = secret.startsWith('eyJ') ? secret.split('.').slice(1) : [];
  const bytes = ['', 'u:', 'u'].map(before => Buffer.from(`${before}${secret}`));
  return [
    ...[secret, secret.slice(-16), encodeURIComponent(secret), ...parts],
    // Beside the first and the last group, which hold something of the neighbours.
    ...bytes.flatMap(all => [all.toString('base64').slice(4, -4), all.toString('base64url').slice(4, -4)]),
  ];
}
