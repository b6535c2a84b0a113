import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type House, openHouse } from './house.ts';
import { readScreen, untilState } from './page-watch.ts';

let house: House;

beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.close());

describe('the lobby', () => {
  it('says what the meeting is, until when, and with which SDK', async () => {
    const { url } = await house.createMeeting({
      title: 'Design review',
      startsAt: new Date(Date.now() + 300_000).toISOString(),
    });
    const page = await house.visit(url, { as: 'alice' });
    await untilState(page, 'lobby');
    const screen = await readScreen(page);
    expect(screen).toContain('Design review');
    expect(screen).toMatch(/Starts t(oday|omorrow) at .*, in [45] minutes/);
    expect(screen).toMatch(/Link open until/);
    expect(screen).toContain('@cometchat/calls-sdk-javascript 4.2.6 · local emulator');
    expect(await page.title()).toBe('Design review · meet');
    expect(await page.inputValue('#name')).toBe('alice');
  });

  it('shows the camera as in a mirror, and lets go of it on joining', async () => {
    const { url } = await house.createMeeting();
    const page = await house.visit(url, { as: 'alice' });
    await page.waitForFunction("document.getElementById('preview').videoWidth > 0");
    expect(await page.evaluate("getComputedStyle(document.getElementById('preview')).scale")).toBe('-1 1');
    const preview = "document.getElementById('preview').srcObject";
    await page.evaluate(`window.shown = ${preview}.getTracks()`);
    await page.focus('#name');
    await page.keyboard.press('Enter');
    await untilState(page, 'joined');
    expect(await page.evaluate("window.shown.every(track => track.readyState === 'ended')")).toBe(true);
    expect(await page.evaluate(preview)).toBeNull();
  });

  it('lets go of a camera that the browser hands over only after Join', async () => {
    const { url } = await house.createMeeting();
    const page = await house.visit(url, {
      as: 'alice',
      prepare: page =>
        page.addInitScript(`{
          const ask = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
          let first = true;
          navigator.mediaDevices.getUserMedia = async wanted => {
            if (!first) return ask(wanted);
            first = false;
            window.late = new Promise(resolve => { window.handOver = async () => resolve(await ask(wanted)); });
            return window.late;
          };
        }`),
    });
    await page.waitForFunction('window.late !== undefined');
    await page.click('#join');
    await untilState(page, 'joined');
    await page.evaluate('handOver()');
    const stopped = "late.then(stream => stream.getTracks().every(track => track.readyState === 'ended'))";
    await expect.poll(() => page.evaluate(stopped)).toBe(true);
  });

  it('needs a name, and says so where the eye and the reader are', async () => {
    const { url } = await house.createMeeting();
    const page = await house.visit(url);
    await untilState(page, 'lobby');
    await page.click('#join');
    expect(await page.getAttribute('#name', 'aria-invalid')).toBe('true');
    expect(await page.textContent('[role=alert]')).toMatch(/enter a name/);
    expect(await page.evaluate('document.activeElement.id')).toBe('name');
    await page.fill('#name', '  Ada   Lovelace ');
    await page.click('#join');
    await untilState(page, 'joined');
    expect(await page.evaluate("JSON.parse(sessionStorage.getItem('meet.identity')).user.name")).toBe(
      'Ada Lovelace',
    );
  });

  it('takes the name of an invite, and joins with it', async () => {
    const { sessionId } = await house.createMeeting({ allow: ['bob'] });
    const invite = await house.manage('POST', `/api/meetings/${sessionId}/invites`, {
      uid: 'bob',
      name: 'Bob B.',
    });
    const page = await house.visit(String(invite.url));
    await untilState(page, 'lobby');
    expect(await page.inputValue('#name')).toBe('Bob B.');
    expect(await page.getAttribute('#name', 'readonly')).not.toBeNull();
    await page.click('#join');
    await untilState(page, 'joined');
  });

  it('removes the switch that would send SDK v4 to another host', async () => {
    const { url } = await house.createMeeting({ strategy: 'stable', prefix: 'switch', id: '1' });
    const page = await house.visit(url.replace('#', '?v=2#'));
    await untilState(page, 'lobby');
    expect(page.url()).toBe(url);
  });
});
