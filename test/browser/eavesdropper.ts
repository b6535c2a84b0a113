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
