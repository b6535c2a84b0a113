import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type House, openHouse, type VisitOptions } from './house.ts';
import { readOutcome, readScreen, untilSeen, untilState } from './page-watch.ts';

let house: House;

beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.close());

/** Every request for a device is refused, as if the visitor had said no. */
function refusing(kind: 'video' | 'all'): VisitOptions {
  return {
    as: 'alice',
    prepare: page =>
      page.addInitScript(`{
        const ask = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
        navigator.mediaDevices.getUserMedia = async wanted => {
          if (${kind === 'all'} || wanted.video) throw new DOMException('Permission denied', 'NotAllowedError');
          return ask(wanted);
        };
      }`),
  };
}

async function visitLobby(options: VisitOptions): Promise<Page> {
  const { url } = await house.createMeeting();
  const page = await house.visit(url, { as: 'alice', ...options });
  await untilState(page, 'lobby');
  return page;
}

describe('camera and microphone', () => {
  it('may be missing: the lobby says so, and Join stays open', async () => {
    const page = await visitLobby(refusing('video'));
    await page.waitForFunction("document.getElementById('preview-note').textContent.includes('blocked')");
    expect(await readScreen(page)).toMatch(/Your camera is blocked.*join without it/);
    await page.click('#join');
    await untilState(page, 'joined');
  });

  it('are needed by the SDK, one at least: the screen says which to allow', async () => {
    const page = await visitLobby(refusing('all'));
    await page.waitForFunction(
      "document.getElementById('preview-note').textContent.includes('Without both')",
    );
    await page.click('#join');
    await untilState(page, 'failed');
    expect(await readOutcome(page)).toEqual({ state: 'failed', code: 'NO_DEVICES', phase: 'join' });
    expect(await readScreen(page)).toMatch(/needs a microphone or a camera/);
  });

  it('are found again after a reload, which gives them other ids', async () => {
    const { url } = await house.createMeeting();
    const [alice, bob] = [await house.visit(url, { as: 'alice' }), await house.visit(url, { as: 'bob' })];
    for (const page of [alice, bob]) {
      await page.click('#join');
      await untilState(page, 'joined');
    }
    await bob.reload();
    await bob.click('#join');
    await untilState(bob, 'joined');
    await Promise.all([untilSeen(alice), untilSeen(bob)]);
  });

  it('are out of reach on an insecure address, and the lobby says why', async () => {
    const page = await visitLobby({
      prepare: page =>
        page.addInitScript(
          "Object.defineProperty(window, 'isSecureContext', { value: false }); Object.defineProperty(navigator, 'mediaDevices', { value: undefined })",
        ),
    });
    expect(await readScreen(page)).toMatch(/insecure address.*https, or on localhost/s);
    expect(await page.isEnabled('#join')).toBe(true);
  });
});
