import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findBrowser } from '../../src/smoke/browser/find-browser.ts';
import { browserArguments } from '../../src/smoke/browser/launch.ts';
import { type House, openHouse } from './house.ts';
import { readScreen, untilState } from './page-watch.ts';

let house: House;
/** With two cameras and three of each other device. */
let rich: Browser;

beforeAll(async () => {
  house = await openHouse();
  const fake = '--use-fake-device-for-media-stream';
  const args = browserArguments({ loopbackOnly: true, root: process.getuid?.() === 0 });
  rich = await chromium.launch({
    executablePath: findBrowser({ env: process.env })?.path ?? '',
    args: args.map(argument => (argument === fake ? `${fake}=device-count=2` : argument)),
  });
});
afterAll(async () => {
  await rich.close();
  await house.close();
});

const shown = "document.getElementById('preview').videoWidth > 0";
const label = "document.getElementById('preview').srcObject?.getTracks()[0].label";

describe('the devices of the lobby', () => {
  it('that were picked, and are off, are so in the call of SDK v4', async () => {
    const { url } = await house.createMeeting();
    const page = await house.visit(url, { browser: rich });
    await page.waitForFunction(shown);
    expect(await page.evaluate(label)).toBe('fake_device_0');
    await page.click('#devices-title');
    await page.selectOption('#camera-menu', { label: 'fake_device_1' });
    await page.selectOption('#microphone-menu', { label: 'Fake Audio Input 2' });
    await page.selectOption('#speaker-menu', { label: 'Fake Audio Output 2' });
    await page.waitForFunction(`${label} === 'fake_device_1' && ${shown}`);
    const speaker = await page.inputValue('#speaker-menu');
    // The tone goes to the speaker that was chosen.
    await page.evaluate(`{
      const choose = HTMLMediaElement.prototype.setSinkId;
      window.sinks = [];
      HTMLMediaElement.prototype.setSinkId = function (id) { sinks.push(id); return choose.call(this, id); };
    }`);
    await page.click('#speaker-test');
    await page.waitForFunction("!document.getElementById('speaker-test').disabled");
    expect(await page.evaluate('sinks')).toEqual([speaker]);

    await page.click('#camera-switch');
    expect(await page.evaluate('Boolean(document.getElementById("preview").srcObject)')).toBe(false);
    await page.click('#microphone-switch');
    expect(await page.getAttribute('#microphone-switch', 'aria-checked')).toBe('false');
    await page.waitForFunction(
      "document.getElementById('preview-note').textContent === 'Camera and microphone are off.'",
    );
    await page.fill('#name', 'Ada');
    await page.click('#join');
    await untilState(page, 'joined');
    const tracks = () =>
      page.evaluate(
        "allTracks.map(track => [track.getType(), track.getTrack().label, track.isMuted()].join(', ')).sort()",
      );
    await expect.poll(tracks).toEqual(['audio, Fake Audio Input 2, true', 'video, fake_device_1, true']);
    const used = () => page.evaluate('JitsiMeetJS.mediaDevices.getAudioOutputDevice()');
    await expect.poll(used).toBe(speaker);
  });

  it('move a meter with the microphone, which falls silent when it is off', async () => {
    const { url } = await house.createMeeting();
    const page = await house.visit(url);
    // Chromium's microphone beeps once a second.
    await page.waitForFunction("Number(document.getElementById('meter').ariaValueNow) > 20");
    const meter = page.getByRole('meter', { name: 'Microphone level' });
    expect(await meter.isVisible()).toBe(true);
    await page.getByRole('switch', { name: 'Microphone' }).press('Space');
    expect(await meter.isVisible()).toBe(false);
    expect(await page.getAttribute('#meter', 'aria-valuenow')).toBe('0');
  });
});

it('the lobby tells who is in the call already, and no longer once one is in it', async () => {
  const { url, sessionId } = await house.createMeeting({ strategy: 'stable', prefix: 'here', id: '1' });
  const asked: number[] = [];
  const page = await house.visit(url, {
    as: 'bob',
    prepare: async tab =>
      void tab.on('request', request => {
        if (request.url().endsWith(`${sessionId}/people`)) asked.push(Date.now());
      }),
  });
  await page.waitForFunction("document.getElementById('here').textContent === 'Nobody else is here yet.'");
  const alice = await house.visit(url, { as: 'alice' });
  await alice.click('#join');
  await untilState(alice, 'joined');
  await page.waitForFunction("document.getElementById('here').textContent === 'alice is here.'");
  expect(await page.getAttribute('#here', 'role')).toBe('status');
  expect(asked.length).toBeGreaterThan(1);
  await page.click('#join');
  await untilState(page, 'joined');
  expect(await page.isVisible('#here')).toBe(false);
});

it('the SDK waits while a name is typed, and runs in the pause after it', async () => {
  const { url } = await house.createMeeting();
  let send = () => {};
  const held = new Promise<void>(resolve => {
    send = resolve;
  });
  let tell = (_: Page) => {};
  const opened = new Promise<Page>(resolve => {
    tell = resolve;
  });
  // A page that waits for the SDK has not loaded yet: it is used before that.
  const visiting = house.visit(url, {
    async prepare(tab) {
      tell(tab);
      await tab.addInitScript(`{
        let calls;
        window.ranAt = 0;
        Object.defineProperty(window, 'CometChatCalls', {
          get: () => calls,
          set: value => { calls = value; window.ranAt ||= performance.now(); },
        });
        addEventListener('keydown', ({ timeStamp }) => { window.typedAt = timeStamp; });
      }`);
      await tab.route('**/sdk/**', async route => {
        await held;
        await route.continue();
      });
    },
  });
  const page = await opened;
  await untilState(page, 'lobby');
  await page.focus('#name');
  await page.keyboard.type('Ad');
  send();
  await page.keyboard.type('a, Countess of Lovelace', { delay: 80 });
  await page.waitForFunction("document.getElementById('name').value.endsWith('Lovelace')");
  await page.waitForFunction('ranAt > 0');
  await visiting;
  expect(await page.evaluate('ranAt > typedAt + 900')).toBe(true);
});

describe('who may not use a camera', () => {
  it('is told where to click, and is let in by the browser without a reload', async () => {
    const { url } = await house.createMeeting();
    const page = await house.visit(url, {
      prepare: tab =>
        tab.addInitScript(`{
          const ask = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
          window.refuse = true;
          navigator.mediaDevices.getUserMedia = async wanted => {
            if (window.refuse) throw new DOMException('Permission denied', 'NotAllowedError');
            return ask(wanted);
          };
        }`),
    });
    await page.waitForFunction("document.getElementById('preview-note').textContent.includes('blocked')");
    expect(await readScreen(page)).toMatch(/Click the icon left of the address.*Without both/s);
    await page.evaluate('window.refuse = false');
    await page.getByRole('button', { name: 'Ask again' }).click();
    await page.waitForFunction(shown);
    expect(await page.isVisible('#ask-again')).toBe(false);
  });
});

it('the lobby is used by keyboard alone, in the order that is seen', async () => {
  const { url } = await house.createMeeting();
  const page = await house.visit(url, { viewport: { width: 1280, height: 800 } });
  await page.waitForFunction("!document.getElementById('devices').hidden");
  await page.focus('#microphone-switch');
  const order = [];
  for (let step = 0; step < 5; step++) {
    order.push(await page.evaluate('document.activeElement.id'));
    await page.keyboard.press('Tab');
  }
  expect(order).toEqual(['microphone-switch', 'camera-switch', 'devices-title', 'name', 'join']);
});
