import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type House, type Meeting, openHouse } from './house.ts';
import { untilSeen, untilState } from './page-watch.ts';

// What SDK 4.2.6, unchanged, makes of the bridge channel: `room` is the lib-jitsi-meet conference that it leaves behind.

const WATCH = fileURLToPath(new URL('channel-watch.js', import.meta.url));
const PATIENCE = { timeout: 20_000 };

let house: House;

beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.close());

interface Person {
  readonly page: Page;
  /** The endpoint id. */
  readonly id: string;
  speak(isSpeaking: boolean): Promise<void>;
  ask<T>(expression: string): Promise<T>;
  /** Messages of this class that came, or were sent, over the channel. */
  heard(colibriClass: string): Promise<Record<string, unknown>[]>;
  said(colibriClass: string): Promise<Record<string, unknown>[]>;
}

async function join({ url }: Meeting, as: string): Promise<Person> {
  const page = await house.visit(url, { as, prepare: page => page.addInitScript({ path: WATCH }) });
  await page.click('#join');
  await untilState(page, 'joined');
  const ask = <T>(expression: string) => page.evaluate(expression) as Promise<T>;
  const messages = (way: string) => (colibriClass: string) =>
    ask<Record<string, unknown>[]>(
      `__channel.${way}.filter(message => message.colibriClass === '${colibriClass}')`,
    );
  return {
    page,
    id: await ask<string>('room.myUserId()'),
    speak: isSpeaking => ask(`__channel.speak(${isSpeaking})`),
    ask,
    heard: messages('heard'),
    said: messages('said'),
  };
}

async function meet<Names extends readonly string[]>(...names: Names) {
  const meeting = await house.createMeeting({ title: 'Design review' });
  const people: Person[] = [];
  for (const name of names) people.push(await join(meeting, name));
  await Promise.all(people.map(({ page }) => untilSeen(page, people.length - 1)));
  return people as { [Index in keyof Names]: Person };
}

describe('the bridge channel', () => {
  it('opens where the page is, and tells what is to be sent and what comes', async () => {
    const meeting = await house.createMeeting();
    const alice = await join(meeting, 'alice');
    const own = `${alice.id}-v0`;
    await expect.poll(() => alice.ask('room.rtc._channel.isOpen()'), PATIENCE).toBe(true);
    const [url, ...more] = await alice.ask<string[]>('__channel.urls');
    expect(url).toMatch(`${house.url.replace('http', 'ws')}/colibri-ws/`);
    expect(more).toEqual([]);
    // Nobody is there to see her.
    await expect
      .poll(() => alice.heard('SenderSourceConstraints'), PATIENCE)
      .toContainEqual(expect.objectContaining({ sourceName: own, maxHeight: 0 }));

    const bob = await join(meeting, 'bob');
    await Promise.all([untilSeen(alice.page), untilSeen(bob.page)]);
    await expect
      .poll(() => bob.heard('ForwardedSources'), PATIENCE)
      .toContainEqual(expect.objectContaining({ forwardedSources: [own] }));
    // He shows her large, as the SDK does with a single other person.
    await expect
      .poll(() => bob.said('ReceiverVideoConstraints'), PATIENCE)
      .toContainEqual(expect.objectContaining({ constraints: { [own]: { maxHeight: 720 } } }));
    await expect
      .poll(() => alice.heard('SenderSourceConstraints'), PATIENCE)
      .toContainEqual(expect.objectContaining({ sourceName: own, maxHeight: 720 }));
  });

  it('carries what a receiver wants to the sender, whose browser sends no more than that', async () => {
    const [alice, bob] = await meet('alice', 'bob');
    const encodings = () =>
      alice.ask<boolean[]>(
        "[...room.rtc.peerConnections.values()][0].peerconnection.getSenders().find(({ track }) => track?.kind === 'video').getParameters().encodings.map(({ active }) => active)",
      );
    const want = (maxHeight: number) =>
      bob.ask(
        `room.setReceiverConstraints({ lastN: -1, defaultConstraints: { maxHeight: ${maxHeight} }, constraints: {} })`,
      );
    await want(180);
    await expect.poll(encodings, PATIENCE).toEqual([true, false, false]);
    await want(0);
    await expect.poll(encodings, PATIENCE).toEqual([false, false, false]);
    await want(720);
    await expect.poll(encodings, PATIENCE).toEqual([true, true, true]);
    await untilSeen(bob.page);
  });

  it("takes everybody's statistics to the others, in which the SDK shows their connection's quality", async () => {
    const [alice, bob] = await meet('alice', 'bob');
    for (const [one, other] of [
      [alice, bob],
      [bob, alice],
    ] as const) {
      const quality = () => one.ask(`room.connectionQuality._remoteStats['${other.id}']?.connectionQuality`);
      await expect.poll(quality, PATIENCE).toBeGreaterThan(0);
    }
  });

  it('takes a message to the one it is for, and one for all to all others', async () => {
    const [alice, bob, carol] = await meet('alice', 'bob', 'carol');
    for (const { ask } of [alice, bob, carol])
      await ask(
        `window.__got = []; room.on(JitsiMeetJS.events.conference.ENDPOINT_MESSAGE_RECEIVED, (from, text) => __got.push([from.getId(), text])); undefined`,
      );
    await alice.ask(`room.sendEndpointMessage('${bob.id}', { for: 'bob' })`);
    await alice.ask(`room.broadcastEndpointMessage({ for: 'all' })`);
    const got = (person: Person) => () => person.ask('__got');
    await expect.poll(got(carol), PATIENCE).toEqual([[alice.id, { for: 'all' }]]);
    await expect.poll(got(bob), PATIENCE).toEqual([
      [alice.id, { for: 'bob' }],
      [alice.id, { for: 'all' }],
    ]);
    expect(await alice.ask('__got')).toEqual([]);
  });

  it('comes back by itself after it was cut, and then knows what it missed', async () => {
    const [alice, bob] = await meet('alice', 'bob');
    await alice.ask('room.rtc._channel._channel.close()');
    await bob.speak(true);
    await expect.poll(() => alice.ask('__channel.urls.length'), PATIENCE).toBe(2);
    await expect.poll(() => alice.ask('room.lastDominantSpeaker'), PATIENCE).toBe(bob.id);
    await expect.poll(() => alice.ask('room.rtc._channel.isOpen()'), PATIENCE).toBe(true);
  });
});

describe('the dominant speaker', () => {
  it('is who speaks, for everybody, and is shown large', async () => {
    const [alice, bob, carol] = await meet('alice', 'bob', 'carol');
    const large = (person: Person) => () =>
      person.ask("document.querySelector('video[cc-main-video=true]')?.getAttribute('cc-source-name')");
    for (const [speaker, silent] of [
      [bob, carol],
      [carol, bob],
    ] as const) {
      await silent.speak(false);
      await speaker.speak(true);
      for (const { ask } of [alice, bob, carol])
        await expect.poll(() => ask('room.lastDominantSpeaker'), PATIENCE).toBe(speaker.id);
      await expect.poll(large(alice), PATIENCE).toBe(`${speaker.id}-v0`);
    }
    await carol.speak(false);
    const silences = async () =>
      (await alice.heard('DominantSpeakerEndpointChangeEvent')).map(({ silence }) => silence);
    await expect.poll(silences, PATIENCE).toContain(true);
  });
});
