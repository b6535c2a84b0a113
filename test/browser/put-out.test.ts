import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { dial, introduce, visit } from '../withdrawal/house.ts';
import { type House, openHouse } from './house.ts';
import { readOutcome, readScreen, untilReleased, untilSeen, untilState } from './page-watch.ts';

let house: House;

beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.close());

/** What the page and its SDK were given, as it went over the network. */
interface Heard {
  identity: string;
  authToken: string;
  callToken: string;
}

async function join(url: string, as: string, language = 'en'): Promise<{ page: Page; heard: Heard }> {
  const heard: Heard = { identity: '', authToken: '', callToken: '' };
  const page = await house.visit(url, {
    as,
    locale: language,
    prepare: async page => {
      page.on('request', request => {
        const { authorization, authtoken, calltoken } = request.headers();
        if (request.url().includes('/authorize')) heard.identity = authorization?.slice(7) ?? '';
        if (authtoken) heard.authToken = authtoken;
        if (calltoken) heard.callToken = calltoken;
      });
    },
  });
  await page.click('#join');
  await untilState(page, 'joined');
  return { page, heard };
}

const statusOf = async (path: string, headers: Record<string, string>, body?: object) => {
  const method = body ? 'POST' : 'GET';
  const type = body ? { 'content-type': 'application/json' } : {};
  const text = body && JSON.stringify(body);
  return (await fetch(house.url + path, { method, headers: { ...headers, ...type }, body: text ?? null }))
    .status;
};

it('who is kicked sees why, lets go of the camera and comes in by nothing old; end puts the other out too', async () => {
  const { url, sessionId } = await house.createMeeting({ strategy: 'team', id: 'put-out' });
  const alice = await join(url, 'alice');
  const bob = await join(url, 'bob', 'de');
  await untilSeen(alice.page);
  await untilSeen(bob.page);

  const { putOut } = await house.manage('POST', `/api/meetings/${sessionId}/kick`, { uid: 'bob' });
  expect(putOut).toBe(1);
  await untilState(bob.page, 'denied');
  expect(await readOutcome(bob.page)).toEqual({ state: 'denied', code: 'REMOVED' });
  expect(await readScreen(bob.page)).toMatch(/aus der Besprechung entfernt/);
  expect(await bob.page.isVisible('#rejoin')).toBe(false);
  await untilReleased(bob.page);
  expect((await readOutcome(alice.page)).state).toBe('joined');
  expect(house.emulator.stats()).toMatchObject({ rooms: 1, occupants: 1, channels: 1 });

  const { identity, authToken, callToken } = bob.heard;
  const key = url.split('#key=')[1];
  const bearer = { authorization: `Bearer ${identity}` };
  const [server, room] = [{ url: house.url } as Parameters<typeof dial>[0], { sessionId, key }];
  expect(await statusOf(`/api/meetings/${sessionId}/authorize`, bearer, { key })).toBe(403);
  expect(await statusOf(`/api/meetings/${sessionId}/token`, bearer, { key })).toBe(403);
  expect(await statusOf('/cometchat/v3.0/call_tokens', { authToken }, { sessionId })).toBe(403);
  expect(await statusOf('/cometchat/v3.0/call_tokens', { callToken })).toBe(403);
  expect(await dial(server, callToken)).toBe(401);
  // The same person in a tab that says anew who it is.
  const anew = await introduce(server, { uid: 'bob' });
  expect((await visit(server, room, 'authorize', anew)).status).toBe(200);

  await house.manage('POST', `/api/meetings/${sessionId}/end`);
  await untilState(alice.page, 'denied');
  expect(await readOutcome(alice.page)).toEqual({ state: 'denied', code: 'MEETING_ENDED' });
  await untilReleased(alice.page);
  await expect.poll(house.emulator.stats).toEqual({ rooms: 0, occupants: 0, sockets: 0, channels: 0 });
});
