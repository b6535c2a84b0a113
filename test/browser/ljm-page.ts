import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { expect, onTestFinished } from 'vitest';
import type { House } from './house.ts';

/** What the page is made of, by name and type. */
const FILES: Readonly<Record<string, readonly [file: string, type: string]>> = {
  'index.html': [fileURLToPath(new URL('ljm-page/index.html', import.meta.url)), 'text/html'],
  'drive.js': [fileURLToPath(new URL('ljm-page/drive.js', import.meta.url)), 'text/javascript'],
  'sdk.js': [createRequire(import.meta.url).resolve('@cometchat/calls-sdk-javascript'), 'text/javascript'],
};

/** One participant as another one's page has it. */
export interface Seen {
  readonly over: 'bridge' | 'direct' | null;
  /** Decoded on this way. */
  readonly frames: number;
  /** `address:port` that the browser exchanges packets with. */
  readonly peer: string | null;
}

/** Somebody on lib-jitsi-meet, driven as SDK v5 drives it. */
export interface LjmPerson {
  readonly uid: string;
  /** The signalling sockets that the browser opened. */
  readonly sockets: readonly string[];
  see(): Promise<Readonly<Record<string, Seen>>>;
  /** Where the connections other than the direct one lead. */
  bridges(): Promise<(string | null)[]>;
  isDirect(): Promise<boolean>;
  failures(): Promise<string[]>;
  leave(): Promise<void>;
}

/**
 * Serves the page from an origin of its own, like a user's app. Playwright could answer for one, but a page that came from
 * no address at all counts as a public one, which Chromium keeps from sockets to this machine.
 */
export async function servePage(): Promise<string> {
  const server = createServer(async (request, response) => {
    const name = (request.url ?? '').split('/').pop() || 'index.html';
    const [file, type] = FILES[name] ?? [null, 'text/plain'];
    response.writeHead(file ? 200 : 404, { 'content-type': type });
    response.end(file ? await readFile(file) : undefined);
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://localhost:${(server.address() as AddressInfo).port}/`;
}

/** Opens the page with a profile of its own and joins; resolves when lib-jitsi-meet says that it joined. */
export async function joinAsV5(
  house: House,
  pageUrl: string,
  { uid, sessionId }: { readonly uid: string; readonly sessionId: string },
): Promise<LjmPerson> {
  const sockets: string[] = [];
  const page = await house.visit(pageUrl, {
    prepare: async page => page.on('websocket', socket => sockets.push(socket.url())),
  });
  const { appId, authKey } = house.emulatorKeys;
  const person = { base: `${house.url}/cometchat/v3.0`, appId, authKey, uid, sessionId };
  await page.evaluate(`ljm.join(${JSON.stringify(person)})`);
  return {
    uid,
    sockets,
    see: () => page.evaluate<Record<string, Seen>>('ljm.see()'),
    bridges: () => page.evaluate<(string | null)[]>('ljm.bridges()'),
    isDirect: () => page.evaluate<boolean>('ljm.isDirect()'),
    failures: () => page.evaluate<string[]>('ljm.failures'),
    leave: () => leave(page),
  };
}

async function leave(page: Page): Promise<void> {
  await page.evaluate('ljm.leave()');
  await page.close();
}

/** Waits until everybody has decoded five more frames of everybody else, over this way. */
export async function untilAllSeeAll(people: readonly LjmPerson[], over: Seen['over']): Promise<void> {
  await Promise.all(people.map(person => untilSees(person, people, over)));
}

async function untilSees(person: LjmPerson, people: readonly LjmPerson[], over: Seen['over']): Promise<void> {
  const others = people.filter(other => other !== person).map(({ uid }) => uid);
  const before: Record<string, number> = {};
  const view = async () => {
    const seen = await person.see();
    return Object.keys(seen)
      .sort()
      .map(uid => {
        if (seen[uid]?.over === over) before[uid] ??= seen[uid].frames;
        const fresh = (seen[uid]?.frames ?? 0) - (before[uid] ?? 0);
        return `${uid} over ${seen[uid]?.over}: ${fresh >= 5 ? '5 frames or more' : `${fresh} frames`}`;
      });
  };
  const expected = others.sort().map(uid => `${uid} over ${over}: 5 frames or more`);
  await expect.poll(view, { timeout: 20_000, message: `what ${person.uid} sees` }).toEqual(expected);
}
