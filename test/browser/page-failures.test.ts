import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type House, openHouse, type VisitOptions } from './house.ts';
import { readEvents, readOutcome, readScreen, untilReleased, untilState } from './page-watch.ts';

let house: House;

beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.close());

const SIGNALLING = /\/xmpp-websocket/;

/** With 20 s these tests would take minutes. */
async function withShortPatience(page: Page): Promise<void> {
  await page.route('**/meet/*', async route => {
    const response = await route.fetch();
    const body = (await response.text()).replace(
      '&#34;backend&#34;',
      '&#34;joinTimeoutMs&#34;:1500,&#34;backend&#34;',
    );
    await route.fulfill({ response, body });
  });
}

/** The first `times` calls to the signalling server find nobody there. */
async function refuseSignalling(page: Page, times: number): Promise<void> {
  await page.addInitScript(`window.dialled = 0;
    window.WebSocket = new Proxy(window.WebSocket, {
      construct(target, [url, ...rest]) {
        if (!String(url).includes('/xmpp-websocket')) return Reflect.construct(target, [url, ...rest]);
        window.dialled += 1;
        const wrong = String(url).replace('/xmpp-websocket', '/nowhere');
        return Reflect.construct(target, [window.dialled > ${times} ? url : wrong, ...rest]);
      },
    });`);
}

async function visitLobby(options: VisitOptions): Promise<Page> {
  const { url } = await house.createMeeting();
  const page = await house.visit(url, { as: 'alice', ...options });
  await untilState(page, 'lobby');
  return page;
}

describe('a join that fails', () => {
  it('is given up when the SDK never says that it joined, and holds nothing', async () => {
    const page = await visitLobby({
      async prepare(page) {
        await withShortPatience(page);
        await page.routeWebSocket(SIGNALLING, () => {});
      },
    });
    await page.click('#join');
    await untilState(page, 'failed');
    expect(await readOutcome(page)).toEqual({ state: 'failed', code: 'JOIN_TIMEOUT', phase: 'join' });
    await untilReleased(page);
    await page.click('#retry');
    await untilState(page, 'lobby');
  });

  it('is told at once when the SDK only shows it', async () => {
    const page = await visitLobby({ prepare: page => refuseSignalling(page, Number.POSITIVE_INFINITY) });
    await page.click('#join');
    await untilState(page, 'failed');
    expect(await readOutcome(page)).toEqual({ state: 'failed', code: 'CONNECTION_FAILED', phase: 'join' });
    await untilReleased(page);
  });

  it('leaves nobody in the room, though the SDK dials again', async () => {
    const { url } = await house.createMeeting();
    const prepare = (page: Page) => refuseSignalling(page, 1);
    const alice = await house.visit(url, { as: 'alice', prepare });
    await alice.click('#join');
    await untilState(alice, 'failed');
    // v4 does so after five seconds
    await alice.waitForFunction('window.dialled > 1', undefined, { timeout: 15_000 });
    const bob = await house.visit(url, { as: 'bob' });
    await bob.click('#join');
    await untilState(bob, 'joined');
    expect(await readEvents(bob)).not.toContain('onParticipantJoined');
    expect((await readOutcome(alice)).state).toBe('failed');
    await untilReleased(alice);
  });

  it('names the SDK that did not load', async () => {
    const page = await visitLobby({ prepare: page => page.route('**/sdk/**', route => route.abort()) });
    await page.click('#join');
    await untilState(page, 'failed');
    expect(await readOutcome(page)).toEqual({ state: 'failed', code: 'SDK_NOT_LOADED', phase: 'sdk' });
    await page.unroute('**/sdk/**');
    await page.click('#retry');
    await untilState(page, 'lobby');
    await page.click('#join');
    await untilState(page, 'joined');
  });

  it('names the server that does not answer, and goes on when it does again', async () => {
    const { url } = await house.createMeeting();
    const page = await house.visit(url, {
      as: 'alice',
      prepare: page => page.route('**/api/meetings/*', route => route.abort()),
    });
    await untilState(page, 'failed');
    expect(await readOutcome(page)).toEqual({ state: 'failed', code: 'UNREACHABLE', phase: 'facts' });
    await page.unroute('**/api/meetings/*');
    await page.click('#retry');
    await untilState(page, 'lobby');
  });

  it.each([
    ['/authorize', 'authorize', 502, { error: 'no', code: 'COMETCHAT_FAILED' }, /should check its CometChat/],
    [
      '/token',
      'token',
      503,
      { error: 'try again in 15 s.', code: 'COMETCHAT_BUSY', detail: { retryAfterSeconds: 15 } },
      /too much to do.*try again in 15 s/s,
    ],
  ])('names the step when %s fails', async (path, phase, status, json, words) => {
    const page = await visitLobby({
      prepare: page => page.route(`**/api/meetings/*${path}`, route => route.fulfill({ status, json })),
    });
    await page.click('#join');
    await untilState(page, 'failed');
    expect(await readOutcome(page)).toEqual({ state: 'failed', code: json.code, phase });
    expect(await readScreen(page)).toMatch(words);
  });

  it('names the vendor’s own refusal of a token', async () => {
    const page = await visitLobby({
      prepare: page =>
        page.route('**/call_tokens', route =>
          route.fulfill({ status: 403, json: { error: { code: 'AUTH_ERR_NO_ACCESS', message: 'no' } } }),
        ),
    });
    await page.click('#join');
    await untilState(page, 'failed');
    expect(await readOutcome(page)).toEqual({ state: 'failed', code: 'AUTH_ERR_NO_ACCESS', phase: 'token' });
  });

  it('never asks for a token without admission', async () => {
    const asked: string[] = [];
    const page = await visitLobby({
      async prepare(page) {
        page.on('request', request => asked.push(new URL(request.url()).pathname));
        await page.route('**/authorize', route =>
          route.fulfill({ status: 403, json: { error: 'no', code: 'NOT_ALLOWED' } }),
        );
      },
    });
    await page.click('#join');
    await untilState(page, 'denied');
    expect(asked.filter(path => /token/.test(path))).toEqual([]);
  });
});

it('a connection that is gone for good ends the call, and the way back works', async () => {
  let hangUp: () => void = () => {};
  let dialled = 0;
  const page = await visitLobby({
    prepare: page =>
      page.routeWebSocket(SIGNALLING, socket => {
        const server = socket.connectToServer();
        dialled += 1;
        // The SDK dials again to resume its session, of which a server that was started anew knows nothing.
        if (dialled === 2)
          socket.onMessage(message =>
            server.send(String(message).replace(/previd="[^"]*/, 'previd="unknown')),
          );
        hangUp = () => {
          void server.close();
          void socket.close({ code: 1011 });
        };
      }),
  });
  await page.click('#join');
  await untilState(page, 'joined');
  hangUp();
  await untilState(page, 'left');
  expect(await readScreen(page)).toMatch(/connection was lost/);
  expect(await readEvents(page)).toContain('lost');
  await page.click('#rejoin');
  await untilState(page, 'joined');
});
