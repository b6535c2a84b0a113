import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type House, openHouse } from './house.ts';
import { noteSecrets } from './note-secrets.ts';
import { untilSeen, untilState } from './page-watch.ts';

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

async function join(url: string, as: string): Promise<Page> {
  const page = await house.visit(url, { as, prepare: page => noteSecrets(page, secrets) });
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
});
