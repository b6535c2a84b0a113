import type { ServerResponse } from 'node:http';
import { describe, expect, it, onTestFinished } from 'vitest';
import { addressEvent } from '../../../src/core/webhook.ts';
import { readWebhooks } from '../../../src/server/webhooks/settings.ts';
import { startWebhookWorker, type WorkerOptions } from '../../../src/server/webhooks/worker.ts';
import type { OutboxStore } from '../../../src/store/outbox.ts';
import { NOON, temporaryStore } from '../harness.ts';
import { expectedSignature, startReceiver, WEBHOOK_SECRET } from './receiver.ts';

let serial = 0;

async function startDelivery(urls: string, changes: Partial<WorkerOptions> = {}) {
  const { outbox } = await temporaryStore();
  const settings = readWebhooks(urls, WEBHOOK_SECRET);
  if (!settings) throw new Error('a test without a receiver');
  const clock = { now: NOON };
  const start = () => {
    const worker = startWebhookWorker({
      outbox,
      ...settings,
      now: () => clock.now,
      random: () => 0,
      everyMs: 20,
      ...changes,
    });
    onTestFinished(() => worker.stop());
    return worker;
  };
  const send = (sessionId = 'room-42') => {
    serial += 1;
    const event = { type: 'meeting.created', sessionId } as const;
    return outbox.add(addressEvent(event, String(serial).padStart(6, '0'), settings.receivers, clock.now));
  };
  return { outbox, clock, start, send };
}

const troubled = (outbox: OutboxStore) => outbox.troubled(100);
const everything = (outbox: OutboxStore, receivers: string) =>
  outbox.due(
    (readWebhooks(receivers, WEBHOOK_SECRET)?.receivers ?? []).map(({ id }) => id),
    Number.MAX_SAFE_INTEGER,
    1_000,
  );

describe('the worker', () => {
  it('delivers an event signed as the specification says, once, and forgets it', async () => {
    const { url, received } = await startReceiver();
    const { start, send, outbox } = await startDelivery(url);
    await send();
    start();
    await expect.poll(() => everything(outbox, url)).toEqual([]);
    expect(received).toHaveLength(1);
    const [first] = received;
    if (!first) return;
    expect(first.headers).toMatchObject({
      'content-type': 'application/json',
      'webhook-id': first.event.id,
      'webhook-timestamp': String(NOON / 1000),
      'webhook-signature': expectedSignature(first),
    });
    expect(first.event).toMatchObject({ type: 'meeting.created', data: { sessionId: 'room-42' } });
  });

  it('tells every receiver, also while another one fails', async () => {
    const [good, bad] = [
      await startReceiver(),
      await startReceiver(response => response.writeHead(500).end()),
    ];
    const { start, send, outbox } = await startDelivery(`${bad.url},${good.url}`);
    await send();
    start();
    await expect.poll(() => troubled(outbox)).toMatchObject([{ reason: 'answered 500', attempts: 1 }]);
    await expect.poll(() => good.received.length).toBe(1);
    expect(good.received[0]?.event.id).toBe(bad.received[0]?.event.id);
  });

  it('comes again with longer and longer pauses, with the same id, until it is taken', async () => {
    const { url, received } = await startReceiver((response, count) =>
      response.writeHead(count < 3 ? 503 : 200).end(),
    );
    const { start, send, outbox, clock } = await startDelivery(url);
    await send();
    start();
    await expect.poll(() => troubled(outbox)).toMatchObject([{ attempts: 1, dueAt: NOON + 2_500 }]);
    clock.now = NOON + 2_500;
    await expect.poll(() => troubled(outbox)).toMatchObject([{ attempts: 2, dueAt: clock.now + 7_500 }]);
    clock.now += 7_499;
    // What is due now is delivered, and the other one is not.
    await send('room-43');
    await expect.poll(() => everything(outbox, url)).toMatchObject([{ sessionId: 'room-42', attempts: 2 }]);
    clock.now += 1;
    await expect.poll(() => everything(outbox, url)).toEqual([]);
    expect(received.map(({ event }) => event.data.sessionId)).toEqual([
      'room-42',
      'room-42',
      'room-43',
      'room-42',
    ]);
    expect(new Set(received.map(({ event }) => event.id)).size).toBe(2);
  });

  it('gives up after a day, keeps why, and takes it up again when told to', async () => {
    let status = 500;
    const { url, received } = await startReceiver(response => response.writeHead(status).end());
    const { start, send, outbox, clock } = await startDelivery(url);
    await send();
    clock.now = NOON + 24 * 3_600_000;
    start();
    await expect.poll(() => troubled(outbox)).toMatchObject([{ dueAt: null, reason: 'answered 500' }]);
    status = 200;
    expect(await outbox.retry(clock.now)).toBe(1);
    await expect.poll(() => troubled(outbox)).toEqual([]);
    expect(received).toHaveLength(2);
  });

  it.each([
    [
      '410, by which a receiver is gone for good',
      (r: ServerResponse) => r.writeHead(410).end(),
      null,
      'answered 410',
    ],
    [
      'a redirect, which is not followed',
      (r: ServerResponse) => r.writeHead(302, { location: '/x' }).end(),
      NOON + 2_500,
      'answered 302',
    ],
    [
      'a connection that breaks',
      (r: ServerResponse) => r.destroy(),
      NOON + 2_500,
      'not reached (UND_ERR_SOCKET)',
    ],
    ['no answer in time', () => {}, NOON + 2_500, 'no answer within 0.2 s'],
  ] as const)('counts as failed: %s', async (_, answer, dueAt, reason) => {
    const { url, received } = await startReceiver(answer);
    const { start, send, outbox } = await startDelivery(url, { patienceMs: 200 });
    await send();
    start();
    await expect.poll(() => troubled(outbox)).toMatchObject([{ dueAt, reason, attempts: 1 }]);
    expect(received.map(({ path }) => path)).toEqual(['/hooks']);
  });

  it('takes an answer whose body never ends', async () => {
    const { url } = await startReceiver(response => response.writeHead(200).write('more to come'));
    const { start, send, outbox } = await startDelivery(url);
    await send();
    start();
    await expect.poll(() => everything(outbox, url)).toEqual([]);
  });

  it('fails where nobody listens, without telling the address', async () => {
    const url = 'http://127.0.0.1:9/secret-path';
    const { start, send, outbox } = await startDelivery(url);
    await send();
    start();
    await expect.poll(() => troubled(outbox)).toMatchObject([{ host: '127.0.0.1:9', attempts: 1 }]);
    expect(JSON.stringify(await troubled(outbox))).not.toContain('secret-path');
  });

  it('delivers many once each, with two workers on one outbox', async () => {
    const { url, received } = await startReceiver();
    const { start, send, outbox } = await startDelivery(url);
    for (let i = 0; i < 100; i += 1) await send(`room-${i}`);
    start();
    start();
    await expect.poll(() => everything(outbox, url)).toEqual([]);
    expect(received).toHaveLength(100);
    expect(new Set(received.map(({ event }) => event.id)).size).toBe(100);
  });

  it('takes what a killed server was about to deliver, once its claim is over', async () => {
    const { url, received } = await startReceiver();
    const { start, send, outbox, clock } = await startDelivery(url);
    await send();
    const [message] = await everything(outbox, url);
    if (!message) throw new Error('nothing to claim');
    expect(await outbox.claim(message, NOON + 30_000)).toBe(true);
    expect(await outbox.claim(message, NOON + 30_000)).toBe(false);
    await send('room-43');
    start();
    await expect.poll(() => everything(outbox, url)).toMatchObject([{ sessionId: 'room-42' }]);
    clock.now = NOON + 30_000;
    await expect.poll(() => everything(outbox, url)).toEqual([]);
    expect(received.map(({ event }) => event.data.sessionId)).toEqual(['room-43', 'room-42']);
  });

  it('puts back what is on its way when it stops, for another one to take at once', async () => {
    const { url, received } = await startReceiver(
      (response, count) => count > 1 && response.writeHead(200).end(),
    );
    const { start, send, outbox } = await startDelivery(url, { graceMs: 50 });
    await send();
    const worker = start();
    await expect.poll(() => received.length).toBe(1);
    await worker.stop();
    expect(await everything(outbox, url)).toMatchObject([{ dueAt: NOON, reason: null }]);
    start();
    await expect.poll(() => everything(outbox, url)).toEqual([]);
    expect(received[1]?.event).toEqual(received[0]?.event);
  });
});
