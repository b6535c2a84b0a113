import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findViolations } from './axe.ts';
import { type House, openHouse, type VisitOptions } from './house.ts';
import { noteSecrets } from './note-secrets.ts';
import { readOutcome, untilReleased, untilSeen, untilState } from './page-watch.ts';

/** The SDK's own button. */
const LEAVE = '.cc-end-call-icon-container';
const TABS = ['overview', 'timeline', 'tokens', 'network', 'report'];

let house: House;

beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.close());

async function join(url: string, options: VisitOptions): Promise<Page> {
  const page = await house.visit(url, options);
  await page.click('#join');
  await untilState(page, 'joined');
  return page;
}

async function look(page: Page, tab: string): Promise<void> {
  if (!(await page.locator('#panel').isVisible())) await page.click('#handle');
  await page.click(`#tab-${tab}`);
}

async function readReport(page: Page): Promise<Record<string, never>> {
  await look(page, 'report');
  await page.click('#renew');
  return JSON.parse(await page.inputValue('#report-text'));
}

/** What the browser itself has counted: of all that arrives, and of the way it takes. */
async function count(page: Page): Promise<{ t: number; bytes: number; frames: number; ends: string[] }> {
  const ways: { to: string; toPort: number }[] = await page.evaluate('__watch.ways()');
  const arrived: Record<string, number>[] = await page.evaluate('__watch.inbound()');
  const sum = (key: string) => arrived.reduce((total, stat) => total + (stat[key] ?? 0), 0);
  return {
    t: Date.now(),
    bytes: sum('bytesReceived') + sum('headerBytesReceived'),
    frames: sum('framesDecoded'),
    ends: ways.map(({ to, toPort }) => `${to}:${toPort}`),
  };
}

/** ISO times sort as texts; what is of one moment stays as it is. */
function byTime(a: string, b: string): number {
  return a.slice(0, 24).localeCompare(b.slice(0, 24));
}

/** What axe finds wrong with the page, with every tab open in turn. */
async function findInTabs(page: Page): Promise<string[]> {
  const found: string[] = [];
  for (const tab of TABS) {
    await look(page, tab);
    found.push(...(await findViolations(page)).map(violation => `${tab}: ${violation}`));
  }
  return found;
}

describe('the drawer of two people in a call', () => {
  it('tells of the call what the browser counts, of its tokens what they say, and no secret', async () => {
    const secrets = new Set<string>();
    const meeting = await house.createMeeting({ strategy: 'stable', id: '7', prefix: 'looked-at' });
    const key = new URLSearchParams(new URL(meeting.url).hash.slice(1)).get('key');
    secrets.add(key ?? 'the link has no key');
    const prepare = (page: Page) => noteSecrets(page, secrets);
    const alice = await join(meeting.url, { as: 'alice', prepare });
    const bob = await join(meeting.url, { as: 'bob', prepare });
    await Promise.all([untilSeen(alice), untilSeen(bob)]);

    await look(alice, 'network');
    const rate = alice.locator('#network figure').first();
    await expect.poll(() => rate.textContent()).toMatch(/↑ [\d,]+ kbit\/s↓ [\d,]+ kbit\/s/);
    const line = () => rate.locator('path').last().getAttribute('d');
    const drawn = (await line()) ?? '';
    const before = await count(alice);
    await expect
      .poll(async () => (await line())?.split('L').length)
      .toBeGreaterThan(drawn.split('L').length + 4);
    const after = await count(alice);
    const seconds = (after.t - before.t) / 1000;
    const report = (await readReport(alice)) as never as {
      statistics: Record<string, { mean: number; min: number; max: number }>;
      connection: Record<string, string>;
      tokens: Record<string, Record<string, unknown>>;
      timeline: string[];
    };

    const own = {
      kbps: ((after.bytes - before.bytes) * 8) / 1000 / seconds,
      fps: (after.frames - before.frames) / seconds,
    };
    const { downKbps, downFps, upKbps, roundTripMs } = report.statistics;
    // Both looked at the same seconds, but not from the same moment on.
    expect(downKbps?.mean).toBeGreaterThan(own.kbps / 2);
    expect(downKbps?.mean).toBeLessThan(own.kbps * 2);
    expect(downFps?.mean).toBeGreaterThan(own.fps / 2);
    expect(downFps?.mean).toBeLessThan(own.fps * 2);
    expect(upKbps?.mean).toBeGreaterThan(1);
    // On one machine browsers also measure 0 ms.
    expect(roundTripMs?.min).toBeGreaterThanOrEqual(0);
    expect(roundTripMs?.max).toBeLessThan(5_000);
    expect(report.connection).toMatchObject({
      protocol: 'udp',
      codecs: expect.stringContaining('audio/opus'),
    });

    await look(alice, 'overview');
    const overview = (await alice.locator('#overview').textContent()) ?? '';
    for (const word of [
      '@cometchat/calls-sdk-javascript 4.2.6',
      'local emulator',
      'looked-at-7',
      'joined',
      'alice',
      'guest',
    ])
      expect(overview).toContain(word);
    expect(after.ends).toHaveLength(1);
    for (const end of after.ends) expect(overview).toContain(`ICE, remote host ${end}`);
    expect(overview).toMatch(/DTLS connected DTLS 1\.\d.*SRTP (SRTP|AEAD)_/);

    await look(alice, 'tokens');
    const tokens = alice.locator('#tokens');
    const left = () => alice.locator('.remaining').first().textContent();
    const first = await left();
    expect(first).toMatch(/^\d+:\d\d:\d\d left$/);
    await expect.poll(left).not.toBe(first);
    expect(await tokens.textContent()).toMatch(/Identity token.*alice.*Auth token.*Call token.*looked-at-7/s);
    expect(Object.keys(report.tokens)).toEqual(['identity', 'auth', 'call']);

    await look(alice, 'timeline');
    await expect.poll(() => alice.locator('#status').textContent()).toBe('Live');
    const rows = await alice.locator('#events li').allTextContents();
    const steps = [
      'authorize',
      'init',
      'generateToken',
      'POST /cometchat/v3.0/call_tokens 200',
      'joinSession',
      'onParticipantJoined',
    ];
    for (const step of steps)
      expect(
        rows.filter(row => row.includes(step)),
        step,
      ).not.toEqual([]);
    expect(report.timeline).toEqual([...report.timeline].sort(byTime));
    expect(rows.find(row => row.includes('authorize'))).toMatch(/authorize \d+ ms$/);

    // All that can be read in the drawer, and what is copied: no secret of this run, and in the report nobody's name either.
    const seen = `${overview}${await tokens.textContent()}${rows.join('')}`;
    const copied = JSON.stringify(report);
    expect(secrets.size).toBeGreaterThan(10);
    for (const secret of secrets) {
      expect(seen).not.toContain(secret);
      expect(copied).not.toContain(secret);
    }
    expect(copied).not.toMatch(/alice|bob|127\.0\.0\.1/i);
    expect(copied).toContain('person-2');
  });
});

describe('the drawer', () => {
  it('is worked by the keyboard alone, leaves the call as it is, and stays for its report when the call is over', async () => {
    const { url, sessionId } = await house.createMeeting();
    const page = await join(url, { as: 'alice' });
    const keys = () => page.evaluate('window.keys');
    await page.evaluate("window.keys = []; addEventListener('keydown', ({ key }) => window.keys.push(key))");
    const sizeOf = (selector: string) => page.locator(selector).boundingBox();
    const focused = () => page.evaluate('document.activeElement.shadowRoot?.activeElement?.id');
    const before = await sizeOf('#call');
    await page.locator('#handle').focus();
    await page.keyboard.press('Enter');
    expect(await focused()).toBe('tab-overview');
    await page.keyboard.press('ArrowRight');
    expect(await focused()).toBe('tab-timeline');
    await page.keyboard.press('End');
    expect(await focused()).toBe('tab-report');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowRight');
    await expect.poll(() => page.locator('#status').textContent()).toBe('Live');
    const rows = page.locator('#events li');
    await expect.poll(() => rows.filter({ hasText: 'POST /cometchat/v3.0/call_tokens 200' }).count()).toBe(1);
    await page.fill('#filter', 'people');
    await expect.poll(() => rows.filter({ visible: true }).count()).toBe(1);
    await page.locator('#filter').press('m');
    expect(await sizeOf('#call')).toEqual(before);
    await page.keyboard.press('Escape');
    expect(await page.locator('#panel').isVisible()).toBe(false);
    expect(await focused()).toBe('handle');
    // Enter opened it; whatever else was typed was meant for the drawer.
    expect(await keys()).toEqual(['Enter']);

    // Closed, it does not cover the button that leaves; nor does it when it is open.
    await look(page, 'report');
    const panel = await sizeOf('#panel');
    const leave = await sizeOf(LEAVE);
    expect((panel?.y ?? 0) + (panel?.height ?? 0)).toBeLessThanOrEqual(leave?.y ?? 0);
    await page.click(LEAVE);
    await untilState(page, 'left');
    await untilReleased(page);
    expect(await page.locator('#status').textContent()).toBe('Not in the call');
    // A uuid opens its meeting, so a report has no room for it.
    const report = JSON.stringify(await readReport(page));
    expect(report).toContain('page  left');
    expect(report).not.toContain(sessionId);
    // And again, in the same page.
    await page.keyboard.press('Escape');
    await page.click('#rejoin');
    await untilState(page, 'joined');
    await look(page, 'timeline');
    await expect.poll(() => page.locator('#status').textContent()).toBe('Live');
  });

  it('copies what it shows, or lets it be copied by hand where the browser refuses; axe finds nothing', async () => {
    const { url } = await house.createMeeting();
    const page = await join(url, {
      as: 'alice',
      permissions: ['camera', 'microphone', 'clipboard-read', 'clipboard-write'],
    });
    await look(page, 'report');
    await page.click('#copy');
    await expect.poll(() => page.locator('#copied').textContent()).toBe('Copied.');
    const shown = await page.inputValue('#report-text');
    expect(await page.evaluate('navigator.clipboard.readText()')).toBe(shown);
    await page.evaluate(
      "navigator.clipboard.writeText = () => Promise.reject(new DOMException('', 'NotAllowedError'))",
    );
    await page.click('#copy');
    await expect.poll(() => page.locator('#copied').textContent()).toContain('Ctrl+C');
    const selected =
      '(area => area.value.slice(area.selectionStart, area.selectionEnd))(document.activeElement.shadowRoot.activeElement)';
    expect(await page.evaluate(selected)).toBe(shown);
    expect(await findInTabs(page)).toEqual([]);
  });

  it('is a sheet above the controls of a phone, in German and in the dark', async () => {
    const { url } = await house.createMeeting();
    const page = await join(url, {
      as: 'bob',
      viewport: { width: 320, height: 640 },
      locale: 'de-DE',
      colorScheme: 'dark',
      reducedMotion: 'reduce',
    });
    await look(page, 'network');
    await expect
      .poll(() => page.locator('#network').textContent())
      .toMatch(/Bitrate.*Bildrate.*Verlust.*Umlaufzeit/s);
    const panel = await page.locator('#panel').boundingBox();
    const leave = await page.locator(LEAVE).boundingBox();
    expect(panel).toMatchObject({ x: 0, width: 320 });
    expect((panel?.y ?? 0) + (panel?.height ?? 0)).toBeLessThanOrEqual(leave?.y ?? 0);
    expect(await findInTabs(page)).toEqual([]);
    for (const tab of TABS) {
      await look(page, tab);
      const spare = `(panel => panel.clientWidth - panel.scrollWidth)(document.querySelector('#drawer').shadowRoot.querySelector('#${tab}'))`;
      expect(await page.evaluate(spare), tab).toBe(0);
    }
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(320);
  });
});

describe('who is offered no drawer', () => {
  const asked: string[] = [];
  const note = async (page: Page) =>
    void page.on('request', request => asked.push(new URL(request.url()).pathname));
  const native = "RTCPeerConnection.prototype.setLocalDescription.toString().includes('native code')";

  it('has nothing of it: not in the lobby, and with ?debug=off not in the call', async () => {
    const { url } = await house.createMeeting();
    const off = new URL(url);
    off.searchParams.set('debug', 'off');
    const lobby = await house.visit(url, { as: 'alice', prepare: note });
    await untilState(lobby, 'lobby');
    const call = await join(off.href, { as: 'bob', prepare: note });
    await call.evaluate('new Promise(resolve => requestIdleCallback(resolve))');
    for (const page of [lobby, call]) expect(await page.locator('#drawer').count()).toBe(0);
    expect(asked.filter(path => /drawer\.js$|\/events$/.test(path))).toEqual([]);
    expect(await call.evaluate(native)).toBe(true);
  });

  it('is who comes from elsewhere, unless the link says ?debug', async () => {
    const { url } = await house.createMeeting();
    const elsewhere = new URL(url);
    elsewhere.hostname = 'meet.test';
    const visit = async (query: string) => {
      elsewhere.search = query;
      const page = await house.visit(elsewhere.href, {
        prepare: page =>
          page.route('http://meet.test:*/**', async (route, request) => {
            const { origin } = new URL(url);
            const target = request.url().replace(elsewhere.origin, origin);
            const response = await route.fetch({ url: target, headers: { ...request.headers(), origin } });
            await route.fulfill({ response });
          }),
      });
      await page.fill('#name', 'Carol');
      await page.click('#join');
      // On an insecure address a browser gives no camera, so nobody gets further.
      await untilState(page, 'failed');
      return page;
    };
    const wanted = await visit('?debug');
    await wanted.click('#handle');
    await wanted.click('#tab-timeline');
    expect(await wanted.locator('#events').textContent()).toMatch(/errorfailed:/);
    const unwanted = await visit('');
    await unwanted.evaluate('new Promise(resolve => requestIdleCallback(resolve))');
    expect(await unwanted.locator('#drawer').count()).toBe(0);
  });
});

describe('a call', () => {
  it('goes on without a drawer that cannot be loaded, and with the cloud has one of its own events only', async () => {
    const { url } = await house.createMeeting();
    const errors: Error[] = [];
    const broken = await join(url, {
      as: 'alice',
      async prepare(page) {
        page.on('pageerror', error => errors.push(error));
        await page.route('**/drawer.js', route =>
          route.fulfill({ contentType: 'text/javascript', body: 'throw new Error()' }),
        );
      },
    });
    const asked: string[] = [];
    const cloud = await house.visit(url, {
      async prepare(page) {
        page.on('request', request => asked.push(new URL(request.url()).pathname));
        // Before the page's own script reads it.
        await page.addInitScript(`document.addEventListener('readystatechange', () => {
          const config = document.querySelector('meta[name="meet-config"]');
          config.content = config.content.replace('"emulator"', '"cloud"');
        })`);
      },
    });
    await cloud.fill('#name', 'Bob');
    await cloud.click('#join');
    await untilState(cloud, 'joined');
    await Promise.all([untilSeen(broken), untilSeen(cloud)]);
    expect(await broken.locator('#drawer').count()).toBe(0);
    expect((await readOutcome(broken)).state).toBe('joined');
    expect(errors).toEqual([]);

    await look(cloud, 'overview');
    expect(await cloud.locator('#overview').textContent()).toContain('CometChat cloud');
    await look(cloud, 'timeline');
    expect(await cloud.locator('#status').textContent()).toBe('This page only: the cloud tells nothing');
    expect(await cloud.locator('#events').textContent()).toMatch(/joinSession \d+ ms/);
    expect(asked.filter(path => path.endsWith('/events'))).toEqual([]);
  });
});
