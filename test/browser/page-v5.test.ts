import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type House, openHouse } from './house.ts';
import { readEvents, readOutcome, readScreen, untilState } from './page-watch.ts';

const FAKE = fileURLToPath(new URL('fake-v5.js', import.meta.url));

let house: House;

beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.close());

/** The page with a stand-in for SDK v5; `wish` is what shall go wrong. */
async function visit(wish: Record<string, string> = {}): Promise<Page> {
  const { url } = await house.createMeeting();
  const page = await house.visit(url, {
    as: 'alice',
    async prepare(page) {
      await page.addInitScript(`window.__v5 = ${JSON.stringify(wish)}`);
      await page.route('**/sdk/**', route => route.fulfill({ path: FAKE, contentType: 'text/javascript' }));
      await page.route('**/meet/*', async route => {
        const response = await route.fetch();
        const body = (await response.text())
          .replace('&#34;major&#34;:4', '&#34;major&#34;:5')
          .replace('&#34;backend&#34;', '&#34;joinTimeoutMs&#34;:800,&#34;backend&#34;');
        await route.fulfill({ response, body });
      });
    },
  });
  await page.click('#join');
  return page;
}

async function visitJoined(): Promise<Page> {
  const page = await visit();
  await untilState(page, 'joined');
  return page;
}

const done = (page: Page) => page.evaluate<string[]>('__v5.done');
const tell = (page: Page, ...names: string[]) =>
  page.evaluate(`${JSON.stringify(names)}.forEach(name => __v5.emit(name))`);

describe('with SDK v5 the page', () => {
  it('logs in, asks for a token of its own, and joins with no settings but one', async () => {
    const page = await visitJoined();
    expect(await done(page)).toEqual([
      'init adminHost,appId,clientHost,host,region',
      'loginWithAuthToken',
      expect.stringMatching(/^generateToken [0-9a-f-]{36} with its own auth token$/),
      'joinSession call-token {"hideShareInviteButton":false} 640x480',
    ]);
  });

  it.each([
    [{ init: 'bad' }, 'VALIDATION_ERROR', 'init'],
    [{ loggedIn: 'bob' }, 'OTHER_USER_LOGGED_IN', 'login'],
    [{ join: 'error' }, 'ERROR_NO_LUCK', 'join'],
    [{ join: 'refused' }, 'ERROR_REFUSED', 'join'],
    [{ join: 'silent' }, 'JOIN_TIMEOUT', 'join'],
  ])('fails on %o with %s', async (wish, code, phase) => {
    const page = await visit(wish as Record<string, string>);
    await untilState(page, 'failed');
    expect(await readOutcome(page)).toEqual({ state: 'failed', code, phase });
  });

  it('leaves a call that comes up after it was given up', async () => {
    const page = await visit({ join: 'silent' });
    await untilState(page, 'failed');
    await tell(page, 'onSessionJoined');
    expect((await done(page)).filter(call => call === 'leaveSession')).toHaveLength(2);
    expect((await readOutcome(page)).state).toBe('failed');
  });

  it('takes the three events of one hang-up for one, and listens no longer', async () => {
    const page = await visitJoined();
    await tell(page, 'onLeaveSessionButtonClicked', 'onSessionLeft', 'onConnectionClosed');
    expect((await readOutcome(page)).state).toBe('left');
    expect((await readEvents(page)).filter(name => name === 'left')).toHaveLength(1);
    expect((await done(page)).filter(call => call === 'leaveSession')).toHaveLength(1);
    expect(await page.evaluate('__v5.listening()')).toBe(0);
  });

  it.each([
    ['onConnectionClosed', /You left the meeting/],
    ['onSessionLeft', /You left the meeting/],
    ['onSessionTimedOut', /alone for a while/],
  ])('ends on %s alone', async (name, words) => {
    const page = await visitJoined();
    await tell(page, name);
    expect(await readScreen(page)).toMatch(words);
  });

  it('shows that the connection is lost, and that it is back', async () => {
    const page = await visitJoined();
    await tell(page, 'onConnectionLost');
    expect((await readOutcome(page)).state).toBe('lost');
    expect(await page.textContent('#banner')).toMatch(/Connection lost/);
    await tell(page, 'onConnectionRestored');
    expect((await readOutcome(page)).state).toBe('joined');
    expect(await page.isVisible('#banner')).toBe(false);
    await tell(page, 'onConnectionLost', 'onConnectionClosed');
    expect(await readScreen(page)).toMatch(/connection was lost/);
  });

  it('joins again only after the last session’s end', async () => {
    const page = await visitJoined();
    await tell(page, 'onLeaveSessionButtonClicked');
    await page.click('#rejoin');
    await untilState(page, 'joining');
    const joins = async () => (await done(page)).filter(call => call.startsWith('joinSession')).length;
    expect(await joins()).toBe(1);
    await tell(page, 'onSessionLeft');
    await untilState(page, 'joined');
    expect(await joins()).toBe(2);
  });

  it('leaves when the tab goes away', async () => {
    const page = await visitJoined();
    await page.goto(house.url);
    expect(await page.evaluate("localStorage.getItem('v5-left')")).toBe('yes');
  });

  it('says who comes and goes to people who do not see', async () => {
    const page = await visitJoined();
    await page.evaluate("__v5.emit('onParticipantJoined', { pid: '1', uid: 'bob', name: 'Bob' })");
    expect(await page.textContent('#live')).toBe('Bob is in the call.');
    await page.evaluate("__v5.emit('onParticipantLeft', { pid: '1', uid: 'bob', name: 'Bob' })");
    expect(await page.textContent('#live')).toBe('Bob left.');
  });
});
