import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import { type House, openHouse } from './house.ts';
import { untilSeen, untilState } from './page-watch.ts';
import { startExample } from './vite-example.ts';

/** Stands for a browser that trusts the certificate; that its names are right is for test/server/tls.test.ts. */
const TRUSTING = { ignoreHTTPSErrors: true };
const NO_SCRIPT = 'data:text/javascript,';

let house: House;

beforeAll(async () => {
  house = await openHouse({}, true);
});
afterAll(() => house.close());

it('lets SDK v4 in an app of its own dial wss by itself, without the shim', async () => {
  const example = await startExample('dev', { ...house.ownApp, shim: NO_SCRIPT });
  onTestFinished(() => example.stop());
  const dialled: string[] = [];
  const join = async (as: number): Promise<Page> => {
    const note = async (page: Page) => page.on('websocket', socket => dialled.push(socket.url()));
    const page = await house.visit(`${example.url}?as=${as}`, { ...TRUSTING, prepare: note });
    await untilState(page, 'joined');
    return page;
  };
  const pages = [await join(1), await join(2)];
  await Promise.all(pages.map(page => untilSeen(page)));
  const signalling = dialled.filter(url => url.includes('/xmpp-websocket'));
  const { port } = new URL(house.url);
  expect(signalling.length).toBeGreaterThanOrEqual(2);
  for (const url of signalling) expect(url).toMatch(`wss://xmpp.localhost:${port}/xmpp-websocket`);
});

it('serves the join page by https too', async () => {
  const { url } = await house.createMeeting();
  const join = async (as: string): Promise<Page> => {
    const page = await house.visit(url.replace('http:', 'https:'), { ...TRUSTING, as });
    await page.click('#join');
    await untilState(page, 'joined');
    return page;
  };
  const pages = [await join('alice'), await join('bob')];
  await Promise.all(pages.map(page => untilSeen(page)));
  expect(await pages[0]?.evaluate('location.protocol')).toBe('https:');
});
