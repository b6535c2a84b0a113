import { connect } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { listen, type Patience } from '../../../src/server/listen.ts';
import { listening } from './listening.ts';
import { statusOf } from './raw.ts';

const patience: Patience = { headers: 300, request: 500, stalled: 600, check: 50 };

/** Says one byte after the other, and never comes to an end. */
async function drip(port: number, start: string): Promise<{ answer: string; sent: number }> {
  const socket = connect(port, '127.0.0.1');
  socket.write(start);
  let [answer, sent] = ['', 0];
  const timer = setInterval(() => {
    sent += 1;
    socket.write('a');
  }, 30);
  socket.on('data', chunk => {
    answer += chunk;
  });
  socket.on('error', () => {});
  await new Promise(resolve => socket.on('close', resolve));
  clearInterval(timer);
  return { answer, sent };
}

it.each([
  ['headers', 'GET / HTTP/1.1\r\nHost: localhost\r\nX: '],
  [
    'a body',
    'POST /api/identity HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 9999\r\n\r\n"',
  ],
])('%s that come byte by byte are cut off', async (_, start) => {
  const { port } = await listening({}, patience);
  const { answer, sent } = await drip(port, start);
  expect([0, 408]).toContain(statusOf(answer));
  expect(sent).toBeGreaterThan(3);
});

it('a client that connects and says nothing is cut off', async () => {
  const { port } = await listening({}, patience);
  const socket = connect(port, '127.0.0.1');
  socket.on('error', () => {});
  socket.resume();
  await expect(new Promise(resolve => socket.on('close', () => resolve('cut off')))).resolves.toBe('cut off');
});

it('a client that does not read its answer is cut off, and one that reads slowly is not', async () => {
  const listener = await listen({ port: 0, patience });
  onTestFinished(() => listener.close(0));
  const gone: string[] = [];
  const body = Buffer.alloc(30_000_000);
  listener.serve(
    (request, response) => {
      response.on('close', () => gone.push(request.url ?? ''));
      response.end(body);
    },
    (_request, socket) => socket.destroy(),
  );
  const ask = (path: string) => {
    const socket = connect(listener.port, '127.0.0.1');
    socket.on('error', () => {});
    socket.pause();
    socket.write(`GET ${path} HTTP/1.1\r\nHost: localhost\r\n\r\n`);
    onTestFinished(() => void socket.destroy());
    return socket;
  };
  const hoarder = ask('/hoarder');
  const slow = ask('/slow');
  let bytes = 0;
  slow.on('data', chunk => {
    bytes += chunk.length;
    // A third of the time that a stalled client has, eight times.
    if (Math.floor(bytes / 4e6) === Math.floor((bytes - chunk.length) / 4e6)) return;
    slow.pause();
    setTimeout(() => slow.resume(), patience.stalled / 3);
  });
  slow.resume();
  await expect.poll(() => gone.sort()).toEqual(['/hoarder', '/slow']);
  await expect.poll(() => bytes).toBeGreaterThan(body.length);
  let hoarded = 0;
  hoarder.on('data', chunk => {
    hoarded += chunk.length;
  });
  const ended = new Promise(resolve => hoarder.on('close', resolve));
  hoarder.resume();
  await ended;
  expect(hoarded).toBeLessThan(body.length);
});
