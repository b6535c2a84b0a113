import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createEmulation } from '../../src/smoke/browser/emulate.ts';
import { runMeet } from '../cli/server-process.ts';
import { type FixtureApp, serveFixture } from './fixture-app.ts';
import { type House, openHouse } from './house.ts';
import { untilSeen } from './page-watch.ts';

const SHIM = fileURLToPath(new URL('../../dist/web/shim.js', import.meta.url));
/** What the SDK asks for at public addresses, without which it lives. */
const HARMLESS = /^https:\/\/(fonts\.googleapis\.com|cdn\.cometchat\.io)\//;

let house: House;
let app: FixtureApp;

beforeAll(async () => {
  [house, app] = await Promise.all([openHouse(), serveFixture('hard-wired')]);
});
afterAll(() => Promise.all([house.close(), app.close()]));

interface Visit {
  readonly page: Page;
  /** Addresses of the requests that got an answer, and of those that did not. */
  readonly answered: string[];
  readonly failed: string[];
  readonly failures: string[];
}

/** Opens a page on the emulator, whatever hosts it has in it. */
async function visit(url: string): Promise<Visit> {
  const { origin } = new URL(house.ownApp.host);
  const { appId, apiKey } = house.emulatorKeys;
  const emulate = createEmulation(
    () => ({ origin, appId, apiKey }),
    () => readFile(SHIM, 'utf8'),
  );
  const visited = { answered: [] as string[], failed: [] as string[], failures: [] as string[] };
  const page = await house.visit(url, {
    async prepare(page) {
      page.on('response', response => visited.answered.push(response.url()));
      page.on('requestfailed', request => visited.failed.push(request.url()));
      await serveOverTls(page);
      await emulate(page, (words, phase) => visited.failures.push(`${phase}: ${words}`));
    },
  });
  return { page, ...visited };
}

/** The app once more at an https address, without a certificate: Playwright answers for it. */
async function serveOverTls(page: Page): Promise<void> {
  await page.route('https://app.localhost:4443/**', async route => {
    const { pathname } = new URL(route.request().url());
    const response = await fetch(app.url + pathname.slice(1));
    const headers = {
      'content-type': response.headers.get('content-type') ?? '',
      'content-security-policy': "connect-src 'self' https://*.cometchat.io wss://*.cometchat.io",
    };
    await route.fulfill({ headers, body: Buffer.from(await response.arrayBuffer()) });
  });
}

/** Two people join, and each decodes the other's moving picture. */
async function meetAt(url: (uid: string) => string): Promise<Visit[]> {
  const people = await Promise.all(['user-7', 'user-8'].map(uid => visit(url(uid))));
  await Promise.all(people.map(({ page }) => page.click('#join')));
  await Promise.all(people.map(({ page }) => untilSeen(page)));
  return people;
}

it('lets two people meet on a page with hard-wired cloud hosts, and nothing leaves the machine', async () => {
  const people = await meetAt(uid => `${app.url}?session=room&uid=${uid}`);
  for (const { answered, failed, failures } of people) {
    expect(answered.some(url => url.includes('.api-eu.cometchat.io'))).toBe(true);
    expect(answered.some(url => url.includes('.call-eu.cometchat.io'))).toBe(true);
    // The browser itself finds no other host than this machine.
    expect(failed.filter(url => !HARMLESS.test(url))).toEqual([]);
    expect(failures).toEqual([]);
  }
});

it('takes a page on https too, whose policy names the cloud only, and lets it signal to this machine', async () => {
  const people = await meetAt(uid => `https://app.localhost:4443/?session=secure&uid=${uid}`);
  for (const { page } of people) expect(await page.evaluate('isSecureContext')).toBe(true);
});

it("says what to do about a token that the app's server got from the cloud", async () => {
  const { page, failures } = await visit(`${app.url}?session=room&token=user-7_1700000000a1b2c3`);
  await page.click('#join');
  await expect
    .poll(() => failures)
    .toEqual([
      expect.stringMatching(/^token: .*auth token of CometChat's cloud.*--serve.*COMETCHAT_REST_URL/),
    ]);
  expect(failures.join()).not.toContain('a1b2c3');
});

it("does not take the emulator's own token for one of the cloud when it is refused", async () => {
  const { page, failures } = await visit(app.url);
  const statuses = await page.evaluate(async () => {
    const base = 'https://app1.apiclient-us.cometchat.io/v3.0';
    const ask = async (url: string, method: string, headers: Record<string, string>) => {
      const answer = await fetch(url, { method, headers: { appId: 'app1', ...headers } });
      return {
        status: answer.status,
        data: ((await answer.json()) as { data: Record<string, string> }).data,
      };
    };
    const login = await ask('https://app1.api-us.cometchat.io/v3.0/users/dana/auth_tokens', 'POST', {
      apiKey: 'any',
    });
    const { authToken = '' } = login.data;
    const me = await ask(`${base}/me`, 'PUT', { authToken });
    const out = await ask(`${base}/me`, 'DELETE', { authToken });
    const again = await ask(`${base}/me`, 'PUT', { authToken });
    return [login.status, me.status, me.data.uid, out.status, again.status];
  });
  // v5's login, with its preflights for headers of its own.
  expect(statuses).toEqual([200, 200, 'dana', 200, 401]);
  expect(failures).toEqual([]);
});

it.each(['https://app1.call-in.cometchat.io/v3.0/nothing', 'https://APP2.api-eu.cometchat.io/'])(
  'leads all of the cloud there: %s',
  async url => {
    const { page } = await visit(app.url);
    const answer = await page.evaluate(async address => (await fetch(address)).json(), url);
    expect(answer).toMatchObject({ error: { code: 'ERR_API_NOT_FOUND', source: 'emulator' } });
  },
);

it.each(['https://cometchat.io/v3.0/me', 'https://app1.api-us.cometchat.io.example.com/v3.0/me'])(
  'leaves %s alone',
  async url => {
    const { page } = await visit(app.url);
    await expect(page.evaluate(address => fetch(address).then(() => 'answered'), url)).rejects.toThrow(
      'Failed to fetch',
    );
  },
);

describe('meet smoke --url --emulate', () => {
  const smoke = (query: string, ...more: string[]) =>
    runMeet(
      tmpdir(),
      ['smoke', '--url', `${app.url}?session={sessionId}&${query}`, '--emulate', '--json', ...more],
      {
        // A cloud that is set up here is not asked.
        COMETCHAT_APP_ID: 'app1',
        COMETCHAT_REGION: 'eu',
        COMETCHAT_API_KEY: 'key1',
      },
    );

  it('passes with media proof for an app that knows only the cloud', async () => {
    const { code, stdout, stderr } = await smoke('uid={uid}');
    const report = JSON.parse(stdout);
    expect(report.phases.filter(({ ok }: { ok: boolean }) => !ok)).toEqual([]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(report).toMatchObject({
      ok: true,
      backend: 'emulator',
      media: { alice: { sees: ['bob'], hears: ['bob'] }, bob: { sees: ['alice'], hears: ['alice'] } },
    });
  });

  it("fails in its token phase where the app's server asked the cloud for the token", async () => {
    const { code, stdout } = await smoke('token=somebody_1700000000a1b2c3');
    expect(code).toBe(14);
    expect(stdout).not.toContain('a1b2c3');
    const failed = JSON.parse(stdout).phases.find(({ ok }: { ok: boolean }) => !ok);
    expect(failed).toMatchObject({ name: 'token', detail: expect.stringContaining('--serve') });
  });
});
