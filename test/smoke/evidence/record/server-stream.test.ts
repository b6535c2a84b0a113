import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { followSession } from '../../../../src/smoke/evidence/record/server-stream.ts';

const line = (seq: number) => `${JSON.stringify({ seq, at: '2026-01-01T00:00:00Z', kind: 'rest' })}\n`;

/** A server whose two answers, the stream and the last question, are as given. */
async function startServer(follow: (answer: ServerResponse) => void, last: (answer: ServerResponse) => void) {
  const server = createServer(({ url = '' }, answer) => {
    (url.endsWith('?follow=false') ? last : follow)(
      answer.writeHead(url.includes('/team/events') ? 200 : 404),
    );
  });
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, adminKey: 'key' };
}

it('tells each event once, in the order in which they happened', async () => {
  let listening = () => {};
  const heard = new Promise<void>(resolve => {
    listening = resolve;
  });
  const server = await startServer(
    answer => answer.write(line(2) + line(1), () => listening()),
    answer => answer.end(line(1) + line(2) + line(3)),
  );
  const stream = followSession(server, 'team');
  await heard;
  expect((await stream.end()).map(({ seq }) => seq)).toEqual([1, 2, 3]);
});

it('keeps what a server told before it hung', async () => {
  let told = () => {};
  const heard = new Promise<void>(resolve => {
    told = resolve;
  });
  const server = await startServer(
    answer => answer.write(line(1), () => told()),
    () => {},
  );
  const stream = followSession(server, 'team', 300);
  await heard;
  expect((await stream.end()).map(({ seq }) => seq)).toEqual([1]);
});

it('is empty where nobody answers', async () => {
  const stream = followSession({ url: 'http://127.0.0.1:1', adminKey: 'key' }, 'team');
  expect(await stream.end()).toEqual([]);
});
