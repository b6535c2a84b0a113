import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import { type House, openHouse } from './house.ts';

let house: House;

beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.close());

/** What a socket to `url` really dials, seen from a meeting's page. */
async function dial(url: string): Promise<string> {
  const page = await house.visit((await house.createMeeting()).url);
  return page.evaluate(`new WebSocket('${url}', 'xmpp').url`);
}

it.each([
  'wss://xmpp.localhost:4680/xmpp-websocket?token=x',
  'wss://xmpp.rtc-us.example/xmpp-websocket?token=x',
])('leads %s to the page’s own origin', async url => {
  expect(await dial(url)).toBe(`${house.url.replace('http', 'ws')}/xmpp-websocket?token=x`);
});

it('leads a page of another origin to the server that the script came from', async () => {
  // Nothing of ours is in this page but the script's tag.
  const app = createServer((_request, response) =>
    response.end(`<!doctype html><script src="${house.url}/meet-shim.js"></script>`),
  );
  await new Promise<void>(resolve => app.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void app.close());
  const { port } = app.address() as AddressInfo;
  const page = await house.visit(`http://127.0.0.1:${port}/`);
  const dialled = "new WebSocket('wss://xmpp.localhost:1/xmpp-websocket?token=x', 'xmpp').url";
  expect(await page.evaluate(dialled)).toBe(`${house.url.replace('http', 'ws')}/xmpp-websocket?token=x`);
});

it.each(['ws://localhost:1/elsewhere', 'wss://xmpp.example/elsewhere', 'wss://example/xmpp-websocket'])(
  'leaves %s alone',
  async url => {
    expect(await dial(url)).toBe(url);
  },
);

it('keeps what belongs to a WebSocket', async () => {
  const page = await house.visit((await house.createMeeting()).url);
  expect(
    await page.evaluate("[WebSocket.OPEN, new WebSocket('ws://localhost:1/') instanceof WebSocket]"),
  ).toEqual([1, true]);
});

it('answers SDK v4’s knocking over https itself, which else writes a token to the console', async () => {
  const page = await house.visit((await house.createMeeting()).url);
  const said: string[] = [];
  page.on('console', message => said.push(message.text()));
  const knock = "fetch('https://xmpp.localhost:4680/xmpp-websocket?token=secret').then(({ ok }) => ok)";
  expect(await page.evaluate(knock)).toBe(true);
  expect(await page.evaluate("fetch('/healthz').then(response => response.status)")).toBe(200);
  expect(said.filter(text => text.includes('secret'))).toEqual([]);
});
