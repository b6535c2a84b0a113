import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import type { House, VisitOptions } from './house.ts';
import { untilState } from './page-watch.ts';

const FAKE = fileURLToPath(new URL('fake-v5.js', import.meta.url));
const HOUR = 3_600_000;
const iso = (ms: number) => new Date(ms).toISOString();

/** A screen of the join page, and how one gets to see it. */
export interface Screen {
  readonly name: string;
  readonly state: string;
  readonly code?: string;
  /** Of a house of its own, whose settings would spoil the others' visits. */
  readonly env?: Readonly<Record<string, string>>;
  open(house: House, options: VisitOptions): Promise<Page>;
}

const standing = { strategy: 'stable', prefix: 'locked', id: '1', title: 'Weekly planning' };

/** A stand-in for SDK v5 tells what the real one tells only after minutes. */
async function visitWithFake(house: House, options: VisitOptions, ...events: string[]): Promise<Page> {
  const { url } = await house.createMeeting({ title: 'Weekly planning' });
  const page = await house.visit(url, {
    ...options,
    as: 'alice',
    async prepare(page) {
      await page.addInitScript('window.__v5 = {}');
      await page.route('**/sdk/**', route => route.fulfill({ path: FAKE, contentType: 'text/javascript' }));
      await page.route('**/meet/*', async route => {
        const response = await route.fetch();
        const body = (await response.text()).replace('&#34;major&#34;:4', '&#34;major&#34;:5');
        await route.fulfill({ response, body });
      });
    },
  });
  await page.click('#join');
  await untilState(page, 'joined');
  await page.evaluate(`${JSON.stringify(events)}.forEach(name => __v5.emit(name))`);
  return page;
}

async function visitLobby(house: House, options: VisitOptions): Promise<Page> {
  const { url } = await house.createMeeting({ ...standing, startsAt: iso(Date.now() + 60_000) });
  return house.visit(url, options);
}

/** Who has a camera but may not use it, and no microphone. */
async function visitWithoutDevices(house: House, options: VisitOptions): Promise<Page> {
  const { url } = await house.createMeeting({ title: 'Weekly planning' });
  const refuse = `navigator.mediaDevices.getUserMedia = async ({ video }) => {
    throw new DOMException('', video ? 'NotAllowedError' : 'NotFoundError');
  };`;
  const page = await house.visit(url, { ...options, prepare: tab => tab.addInitScript(refuse) });
  await untilState(page, 'lobby');
  return page;
}

export const SCREENS: readonly Screen[] = [
  {
    name: 'while the meeting is looked up',
    state: 'loading',
    async open(house, options) {
      const { url } = await house.createMeeting(standing);
      return house.visit(url, { ...options, prepare: page => page.route('**/api/meetings/*', () => {}) });
    },
  },
  { name: 'the lobby', state: 'lobby', open: visitLobby },
  { name: 'the lobby of who has no devices', state: 'lobby', open: visitWithoutDevices },
  { name: 'the call', state: 'joined', open: (house, options) => visitWithFake(house, options) },
  {
    name: 'a lost connection',
    state: 'lost',
    open: (house, options) => visitWithFake(house, options, 'onConnectionLost'),
  },
  {
    name: 'after leaving',
    state: 'left',
    open: (house, options) => visitWithFake(house, options, 'onLeaveSessionButtonClicked'),
  },
  {
    name: 'after being alone for too long',
    state: 'left',
    open: (house, options) => visitWithFake(house, options, 'onSessionTimedOut'),
  },
  {
    name: 'after losing the connection',
    state: 'left',
    open: (house, options) => visitWithFake(house, options, 'onConnectionLost', 'onConnectionClosed'),
  },
  {
    name: 'an unknown meeting',
    state: 'denied',
    code: 'MEETING_NOT_FOUND',
    open: (house, options) => house.visit(`${house.url}/meet/nobody`, options),
  },
  {
    name: 'an ended meeting',
    state: 'denied',
    code: 'MEETING_ENDED',
    async open(house, options) {
      const { sessionId, url } = await house.createMeeting();
      await house.manage('POST', `/api/meetings/${sessionId}/end`, {});
      return house.visit(url, options);
    },
  },
  {
    name: 'an expired meeting',
    state: 'denied',
    code: 'MEETING_EXPIRED',
    async open(house, options) {
      const { sessionId, url } = await house.createMeeting({ expiresAt: iso(Date.now() + 400) });
      const ask = () => fetch(`${house.url}/api/meetings/${sessionId}`);
      await expect.poll(async () => (await ask()).status).toBe(410);
      return house.visit(url, options);
    },
  },
  {
    name: 'a server without guests',
    state: 'denied',
    code: 'GUESTS_OFF',
    env: { MEET_GUESTS: 'off' },
    async open(house, options) {
      return house.visit((await house.createMeeting()).url, options);
    },
  },
  {
    name: 'a flood',
    state: 'denied',
    code: 'RATE_LIMITED',
    env: { MEET_RATE_LIMIT: '2' },
    async open(house, options) {
      const { sessionId, url } = await house.createMeeting();
      // From a page, since the server counts by address and the browser chooses between IPv4 and IPv6.
      const flood = await house.visit(house.url);
      await flood.evaluate(
        `Promise.all(Array.from({ length: 6 }, () => fetch('/api/meetings/${sessionId}')))`,
      );
      return house.visit(url, options);
    },
  },
  {
    name: 'a link without its key',
    state: 'denied',
    code: 'NOT_ALLOWED',
    async open(house, options) {
      const { url } = await house.createMeeting(standing);
      return house.visit(url.split('#')[0] ?? '', options);
    },
  },
  {
    name: 'an invite that is not valid',
    state: 'denied',
    code: 'NO_IDENTITY',
    async open(house, options) {
      const { url } = await house.createMeeting();
      return house.visit(`${url}#invite=eyJhbGciOiJIUzI1NiJ9.e30.forged`, options);
    },
  },
  {
    name: 'an early visit',
    state: 'denied',
    code: 'MEETING_NOT_STARTED',
    async open(house, options) {
      const { url } = await house.createMeeting({ startsAt: iso(Date.now() + 3 * HOUR) });
      return house.visit(url, options);
    },
  },
  {
    name: 'a server that cannot be reached',
    state: 'failed',
    code: 'UNREACHABLE',
    async open(house, options) {
      const { url } = await house.createMeeting();
      return house.visit(url, {
        ...options,
        prepare: page => page.route('**/api/meetings/*', route => route.abort()),
      });
    },
  },
];
