import { createServer } from 'node:net';
import lighthouse from 'lighthouse';
import { chromium } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { findBrowser } from '../../src/smoke/browser/find-browser.ts';
import { type House, openHouse } from './house.ts';

let house: House;

beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.close());

/** Lighthouse drives a browser of its own, through a port. */
async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise(resolve => server.close(resolve));
  return typeof address === 'object' && address !== null ? address.port : 0;
}

type Scores = Record<'accessibility' | 'best-practices' | 'performance', number>;

interface Judged {
  readonly scores: Scores;
  /** The audits of accessibility and best practices that were not passed. */
  readonly failed: readonly string[];
}

async function judge(url: string): Promise<Judged> {
  const found = findBrowser({ env: process.env });
  const port = await freePort();
  const browser = await chromium.launch({
    executablePath: found?.path ?? '',
    args: [
      `--remote-debugging-port=${port}`,
      '--use-fake-device-for-media-stream',
      '--use-fake-ui-for-media-stream',
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
    ],
  });
  try {
    const result = await lighthouse(url, {
      port,
      output: 'json',
      logLevel: 'silent',
      onlyCategories: ['accessibility', 'best-practices', 'performance'],
    });
    if (!result) throw new Error('Lighthouse gave no result');
    const { categories, audits } = result.lhr;
    const failed = ['accessibility', 'best-practices']
      .flatMap(name => categories[name]?.auditRefs ?? [])
      .filter(({ id, weight }) => weight > 0 && (audits[id]?.score ?? 1) < 1)
      .map(({ id }) => `${id}: ${audits[id]?.title}`);
    const score = (name: string) => Math.round((categories[name]?.score ?? 0) * 100);
    return {
      scores: {
        accessibility: score('accessibility'),
        'best-practices': score('best-practices'),
        performance: score('performance'),
      },
      failed,
    };
  } finally {
    await browser.close();
  }
}

it.each([
  ['the home page', () => house.url],
  ['the lobby', async () => (await house.createMeeting({ title: 'Weekly' })).url],
])('finds %s accessible and well made', async (name, place) => {
  const { scores, failed } = await judge(await place());
  process.stderr.write(`Lighthouse of ${name}: ${JSON.stringify(scores)}\n`);
  expect(failed).toEqual([]);
  expect(scores.accessibility).toBeGreaterThanOrEqual(95);
  expect(scores['best-practices']).toBeGreaterThanOrEqual(95);
});
