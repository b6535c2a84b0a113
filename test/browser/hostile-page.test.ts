import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import { type House, openHouse } from './house.ts';

let house: House;

beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.close());

/** A page of somebody else's, on this machine and on another port: the same site as ours, but another origin. */
async function foreignPage(): Promise<Page> {
  const server = createServer((_request, response) =>
    response
      .writeHead(200, { 'content-type': 'text/html' })
      .end('<!doctype html><title>foreign</title><body>'),
  );
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const page = await house.browser.newPage();
  onTestFinished(() => page.close());
  await page.goto(`http://localhost:${(server.address() as AddressInfo).port}/`);
  await page.addScriptTag({ path: fileURLToPath(new URL('foreign-page.js', import.meta.url)) });
  return page;
}

it('a page on another port reads nothing, makes nothing, frames nothing and opens no socket', async () => {
  const { sessionId: id } = await house.createMeeting({ title: 'Secret plans' });
  const page = await foreignPage();
  const { url, adminKey } = house;
  const attack = (name: string) =>
    page.evaluate<Record<string, string>>(`attack.${name}(${JSON.stringify({ url, id, adminKey })})`);

  const asked = await attack('ask');
  // Cross-Origin-Resource-Policy keeps even an opaque answer out of the page's process.
  expect(asked).toEqual(Object.fromEntries(Object.keys(asked).map(name => [name, 'blocked'])));
  expect(Object.keys(asked).length).toBe(7);

  const embedded = await attack('embed');
  expect(embedded).toEqual({ framed: 'foreign', image: 'blocked', script: 'blocked', opened: 'blocked' });
  const inFrame = page.frames().find(frame => frame !== page.mainFrame());
  expect(inFrame?.url()).toMatch(/^chrome-error:/);

  // A form is the one thing that a page may send anywhere: what it can write is no JSON to us.
  const [answer] = await Promise.all([
    page.waitForResponse(response => response.url() === `${url}/api/identity`),
    attack('send'),
  ]);
  expect([403, 415]).toContain(answer.status());
});

it('markup in a title and a name is shown as the text it is, on the join page and the home page', async () => {
  const markup = '<img src=x onerror="document.title=1"><script>document.title=1</script>';
  const { url } = await house.createMeeting({ title: markup });
  const { code } = await house.manage('POST', '/api/admin/code', {});
  for (const address of [url, `${house.url}/#admin=${code}`]) {
    const page = await house.visit(address, { as: 'mallory' });
    await page.getByText(markup).first().waitFor();
    expect(await page.locator('img[src="x"], body script:not([src])').count()).toBe(0);
    expect(await page.title()).not.toBe('1');
  }
});
