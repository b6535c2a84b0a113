import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type House, openHouse } from './house.ts';
import { readEvents, readOutcome, untilEvent, untilReleased, untilSeen, untilState } from './page-watch.ts';

/** The SDK's own button. */
const LEAVE = '.cc-end-call-icon-container';

let house: House;

beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.close());

async function join(url: string, as: string): Promise<Page> {
  const page = await house.visit(url, { as });
  await page.click('#join');
  await untilState(page, 'joined');
  return page;
}

/** One after the other: who is there already is the first to be offered the other's picture. */
async function meet(...names: string[]): Promise<{ url: string; pages: Page[] }> {
  const { url } = await house.createMeeting({ title: 'Design review' });
  const pages: Page[] = [];
  for (const name of names) pages.push(await join(url, name));
  return { url, pages };
}

describe('two people', () => {
  it('see each other, and one leaves by the SDK’s own button', async () => {
    const { pages } = await meet('alice', 'bob');
    const [alice, bob] = pages as [Page, Page];
    await Promise.all([untilSeen(alice), untilSeen(bob)]);
    await bob.click(LEAVE);
    await untilState(bob, 'left');
    expect(await bob.locator('#notice-title').textContent()).toBe('You left the meeting');
    await untilEvent(alice, 'onParticipantLeft');
    await untilReleased(bob);
  });

  it.each([
    ['second', 'first', 1],
    ['first', 'second', 0],
  ])('part: the one who came %s leaves and is back, the one who came %s stays in', async (_, __, index) => {
    const { pages } = await meet('alice', 'bob');
    const [leaver, stayer] = [pages[index], pages[1 - index]] as [Page, Page];
    await Promise.all(pages.map(page => untilSeen(page)));
    await leaver.click(LEAVE);
    await untilEvent(stayer, 'onParticipantLeft');
    await leaver.click('#rejoin');
    await untilState(leaver, 'joined');
    await Promise.all(pages.map(page => untilSeen(page)));
    expect((await readOutcome(stayer)).state).toBe('joined');
    expect(await readEvents(stayer)).not.toContain('left');
  });

  it('tell each other when a tab is closed', async () => {
    const { pages } = await meet('alice', 'bob');
    const [alice, bob] = pages as [Page, Page];
    await untilEvent(alice, 'onParticipantJoined');
    await bob.close();
    await untilEvent(alice, 'onParticipantLeft');
    expect((await readOutcome(alice)).state).toBe('joined');
  });

  it('leave when they go to another page in the same tab', async () => {
    const { pages } = await meet('alice', 'bob');
    const [alice, bob] = pages as [Page, Page];
    await untilEvent(alice, 'onParticipantJoined');
    await bob.goto(house.url);
    await untilEvent(alice, 'onParticipantLeft');
  });
});

it('three people see two others each', async () => {
  const { pages } = await meet('alice', 'bob', 'carol');
  await Promise.all(pages.map(page => untilSeen(page, 2)));
});

describe('a join', () => {
  it('asks anew for admission and for every token', async () => {
    const { url } = await house.createMeeting();
    const asked: string[] = [];
    const tokens: string[] = [];
    const page = await house.visit(url, {
      as: 'alice',
      prepare: async page => {
        page.on('request', request => asked.push(`${request.method()} ${new URL(request.url()).pathname}`));
        page.on('response', async response => {
          if (response.url().endsWith('/call_tokens') && response.request().method() === 'POST')
            tokens.push((await response.json()).data.token);
        });
      },
    });
    await page.click('#join');
    await untilState(page, 'joined');
    await page.click(LEAVE);
    await untilState(page, 'left');
    await page.click('#rejoin');
    await untilState(page, 'joined');
    for (const step of ['/authorize', '/token', '/call_tokens'])
      expect(asked.filter(request => request.startsWith('POST') && request.endsWith(step))).toHaveLength(2);
    expect(new Set(tokens).size).toBe(2);
  });

  it('is one only, however often Join is pressed', async () => {
    const { url } = await house.createMeeting();
    let authorized = 0;
    const page = await house.visit(url, {
      as: 'alice',
      prepare: async page => {
        page.on('request', request => {
          if (request.url().endsWith('/authorize')) authorized += 1;
        });
      },
    });
    await page.evaluate("for (let i = 0; i < 5; i++) document.getElementById('entry').requestSubmit()");
    await untilState(page, 'joined');
    expect(authorized).toBe(1);
  });

  it('waits for the last one’s end, also when it is asked for in the same moment', async () => {
    const { url } = await house.createMeeting();
    const page = await join(url, 'alice');
    await page.evaluate(
      `document.querySelector('${LEAVE}').click(); document.getElementById('rejoin').click()`,
    );
    await untilState(page, 'joined');
    expect((await readEvents(page)).filter(name => name === 'onSessionJoined')).toHaveLength(2);
  });

  it('gives the SDK a container of the viewport’s size, from the first state to the last', async () => {
    const { url } = await house.createMeeting();
    const page = await house.visit(url, { as: 'alice', viewport: { width: 390, height: 700 } });
    const rect = () => page.locator('#call').boundingBox();
    const whole = { x: 0, y: 0, width: 390, height: 700 };
    expect(await rect()).toEqual(whole);
    await page.click('#join');
    await untilState(page, 'joined');
    expect(await rect()).toEqual(whole);
    await page.click(LEAVE);
    await untilState(page, 'left');
    expect(await rect()).toEqual(whole);
    expect(await page.evaluate("document.getElementById('call').inert")).toBe(true);
  });

  it('leaves tokens in no console, no address and no lasting storage', async () => {
    const { url } = await house.createMeeting({ strategy: 'stable', prefix: 'room', id: '7' });
    const said: string[] = [];
    const secrets: string[] = [];
    const page = await house.visit(url, {
      as: 'alice',
      prepare: async page => {
        page.on('console', message => said.push(message.text()));
        page.on('response', async response => {
          const { pathname } = new URL(response.url());
          if (response.request().method() !== 'POST' || !/identity|token/.test(pathname)) return;
          const { token, authToken, data } = await response.json();
          secrets.push(...[token, authToken, data?.token].filter(Boolean));
        });
      },
    });
    await page.click('#join');
    await untilState(page, 'joined');
    expect(secrets).toHaveLength(3);
    const key = new URL(url).hash.replace('#key=', '');
    const [identity, authToken, callToken] = secrets as [string, string, string];
    const stored = await page.evaluate<string[]>('[...Object.values(localStorage), location.search]');
    const inTab = await page.evaluate<string[]>('Object.values(sessionStorage)');
    const globals = await page.evaluate<string>('JSON.stringify(window.__meet)');
    for (const secret of [identity, authToken, callToken, key]) {
      expect([...said, ...stored, globals].filter(text => text.includes(secret))).toEqual([]);
    }
    for (const secret of [authToken, callToken, key]) {
      expect(inTab.filter(text => text.includes(secret))).toEqual([]);
    }
    expect(new URL(page.url()).hash).toBe(`#key=${key}`);
  });

  it('needs no auth token in the page where the server is strict', async () => {
    const strict = await openHouse({ MEET_STRICT: 'on' });
    try {
      const { url } = await strict.createMeeting();
      const asked: string[] = [];
      const page = await strict.visit(url, {
        as: 'alice',
        prepare: async page => {
          page.on('request', request => asked.push(`${request.method()} ${new URL(request.url()).pathname}`));
        },
      });
      await page.click('#join');
      await untilState(page, 'joined');
      expect(asked.filter(request => request.endsWith('/call_tokens'))).toEqual([
        'GET /cometchat/v3.0/call_tokens',
      ]);
    } finally {
      await strict.close();
    }
  });
});
