import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type House, openHouse } from './house.ts';
import { untilReleased, untilSeen, untilState } from './page-watch.ts';

/** The SDK's own button. */
const LEAVE = '.cc-end-call-icon-container';

interface Told {
  readonly kind: string;
  readonly who?: string;
  readonly [detail: string]: unknown;
}

let house: House;
let secrets: Set<string>;

beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.close());

/** Notes every token that passes by, in bodies, headers and addresses. */
async function noteSecrets(page: Page): Promise<void> {
  const note = (text: unknown) => {
    if (typeof text === 'string' && /^[\w.-]{20,}$/.test(text)) secrets.add(text);
  };
  page.on('request', request => {
    const headers = request.headers();
    for (const name of ['authtoken', 'calltoken', 'meet-key', 'apikey']) note(headers[name]);
    note(headers.authorization?.replace('Bearer ', ''));
  });
  page.on('websocket', socket => {
    const { searchParams } = new URL(socket.url());
    for (const name of ['token', 'pwd']) note(searchParams.get(name));
    const noteWords = ({ payload }: { payload: string | Buffer }) => {
      for (const [, password] of String(payload).matchAll(/pwd=['"]?([\w+/-]+)/g)) note(password);
    };
    socket.on('framesent', noteWords);
    socket.on('framereceived', noteWords);
  });
  page.on('response', async response => {
    if (!/token|identity/.test(response.url())) return;
    const body = await response.json().catch(() => null);
    for (const value of Object.values({ ...body, ...body?.data })) note(value);
  });
}

async function join(url: string, as: string): Promise<Page> {
  const page = await house.visit(url, { as, prepare: noteSecrets });
  await page.click('#join');
  await untilState(page, 'joined');
  return page;
}

/** Everything that is told of a session, as it is told. */
async function follow(sessionId: string): Promise<{ all: Told[]; text: () => string; close(): void }> {
  const over = new AbortController();
  const response = await fetch(`${house.url}/api/sessions/${sessionId}/events`, {
    headers: { authorization: `Bearer ${house.adminKey}`, accept: 'application/x-ndjson' },
    signal: over.signal,
  });
  const all: Told[] = [];
  let text = '';
  const read = async () => {
    const decoder = new TextDecoder();
    let read = 0;
    for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>) {
      text += decoder.decode(chunk, { stream: true });
      const lines = text.slice(read, text.lastIndexOf('\n') + 1);
      read += lines.length;
      for (const line of lines.split('\n')) if (line !== '') all.push(JSON.parse(line) as Told);
    }
  };
  read().catch(() => {});
  return { all, text: () => text, close: () => over.abort() };
}

describe('what happens in a call', () => {
  it('is told: REST, stanzas, transports, tracks, layers, key frames, bit rates, and no secret', async () => {
    secrets = new Set();
    const meeting = await house.createMeeting({ strategy: 'stable', id: '1', prefix: 'traced' });
    secrets.add(new URLSearchParams(new URL(meeting.url).hash.slice(1)).get('key') ?? 'the link has no key');
    const stream = await follow(meeting.sessionId);
    const pages = [await join(meeting.url, 'alice'), await join(meeting.url, 'bob')] as const;
    await Promise.all(pages.map(page => untilSeen(page)));
    const has = (wanted: object) =>
      expect.poll(() => stream.all, { timeout: 15_000 }).toContainEqual(expect.objectContaining(wanted));
    for (const who of ['alice', 'bob']) {
      await has({ kind: 'rest', who, method: 'POST', route: '/cometchat/v3.0/call_tokens', status: 200 });
      await has({ kind: 'rest', who, method: 'GET', route: '/cometchat/v3.0/call_tokens', status: 200 });
      await has({ kind: 'join', who });
      await has({ kind: 'stanza', who, direction: 'out', action: 'session-initiate' });
      await has({ kind: 'stanza', who, direction: 'in', action: 'session-accept' });
      await has({ kind: 'tracks', who, added: [expect.any(String), expect.stringMatching(/camera$/)] });
      await has({ kind: 'ice', who, address: expect.stringMatching(/^127\.0\.0\.1:\d+$/) });
      await has({
        kind: 'dtls',
        who,
        profile: expect.stringMatching(/^(AEAD_AES_128_GCM|AES128_CM_HMAC_SHA1_80)$/),
      });
      await has({ kind: 'transport', who, state: 'up' });
      await has({ kind: 'channel', who, state: 'open' });
      await has({ kind: 'layer', who, state: 'sent', height: expect.any(Number) });
      await has({ kind: 'key-frame', who, state: 'asked' });
      await has({ kind: 'key-frame', who, state: 'sent' });
      await has({ kind: 'bitrate', who, upKbps: expect.any(Number), downKbps: expect.any(Number) });
    }
    await pages[1].click(LEAVE);
    await untilState(pages[1], 'left');
    await has({ kind: 'transport', who: 'bob', state: 'closed' });
    await has({ kind: 'leave', who: 'bob', people: 1 });
    stream.close();
    // Identity, auth and call tokens, ICE and channel passwords of both, and the link's key.
    expect(secrets.size).toBeGreaterThan(10);
    for (const secret of secrets) expect(stream.text()).not.toContain(secret);
  });

  it('is there to be looked at, in a drawer that leaves the call as it is', async () => {
    secrets = new Set();
    const { url } = await house.createMeeting();
    const page = await join(url, 'alice');
    const sizeOf = (selector: string) => page.locator(selector).boundingBox();
    const before = await sizeOf('#call');
    // By the keyboard alone.
    await page.locator('#toggle').focus();
    await page.keyboard.press('Enter');
    await expect.poll(() => page.locator('#status').textContent()).toBe('Live');
    const rows = page.locator('#events li');
    await expect.poll(() => rows.filter({ hasText: 'POST /cometchat/v3.0/call_tokens 200' }).count()).toBe(1);
    await page.fill('#filter', 'people');
    await expect.poll(() => rows.filter({ visible: true }).count()).toBe(1);
    expect(await sizeOf('#call')).toEqual(before);
    await page.keyboard.press('Escape');
    expect(await page.locator('#panel').isVisible()).toBe(false);
    expect(await page.evaluate('document.activeElement.shadowRoot.activeElement.id')).toBe('toggle');
    await page.click(LEAVE);
    await untilState(page, 'left');
    expect(await page.locator('#trace').count()).toBe(0);
    await untilReleased(page);
  });

  it('is no part of a page that is not in a call', async () => {
    const { url } = await house.createMeeting();
    const asked: string[] = [];
    const page = await house.visit(url, {
      as: 'alice',
      prepare: async page => void page.on('request', request => asked.push(request.url())),
    });
    await untilState(page, 'lobby');
    expect(await page.locator('#trace').count()).toBe(0);
    expect(asked.filter(address => address.endsWith('/trace.js'))).toEqual([]);
  });
});
