import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { type House, openHouse } from './house.ts';
import { readOutcome, untilReleased, untilSeen, untilState } from './page-watch.ts';
import { type RunningExample, startExample } from './vite-example.ts';

/** The SDK's own button. */
const LEAVE = '.cc-end-call-icon-container';

let house: House;

beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.close());

describe.each(['dev', 'preview'] as const)('the example app, by vite %s', command => {
  let example: RunningExample;

  beforeAll(async () => {
    example = await startExample(command, house.ownApp);
  }, 60_000);
  afterAll(() => example?.stop());

  async function join(as: number, session: string): Promise<Page> {
    const page = await house.visit(`${example.url}?as=${as}&session=${session}`);
    await untilState(page, 'joined');
    return page;
  }

  it('lets two people meet, by another origin, and leave each in their own way', async () => {
    const session = `Shop-${command}`;
    const [first, second] = [await join(1, session), await join(2, session)] as const;
    expect(new URL(first.url()).origin).not.toBe(house.url);
    await Promise.all([untilSeen(first), untilSeen(second)]);

    await second.click(LEAVE);
    await untilState(second, 'left');
    await untilReleased(second);
    expect((await readOutcome(first)).state).toBe('joined');

    await second.click('text=Join again');
    await untilState(second, 'joined');
    await Promise.all([untilSeen(first), untilSeen(second)]);

    await first.close();
    await untilAlone(second);
    expect((await readOutcome(second)).state).toBe('joined');
  });
});

it('the example app says why it cannot join', async () => {
  const example = await startExample('dev', { ...house.ownApp, authKey: 'of another server' });
  onTestFinished(() => example.stop());
  const page = await house.visit(`${example.url}?as=1`);
  await untilState(page, 'failed');
  expect(await page.locator('#message').textContent()).toContain('The API key is wrong.');
});

/** Until no picture of anybody else is there. */
async function untilAlone(page: Page): Promise<void> {
  await page.waitForFunction(`!document.querySelector('video[cc-source-name$="-v0"]')`);
}
