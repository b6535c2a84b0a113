import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Duplex } from 'node:stream';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import WebSocket, { WebSocketServer } from 'ws';
import type { FaultSpec } from '../../../src/emulator/faults/fault.ts';
import { createFaults, type Faults } from '../../../src/emulator/faults/faults.ts';

interface Pair {
  /** The participant's end. */
  readonly far: WebSocket;
  /** The emulator's end, behind the faults. */
  readonly near: WebSocket;
  readonly heard: { readonly far: string[]; readonly near: string[] };
}

let faults: Faults;
let url: string;
const accepted: ((socket: WebSocket) => void)[] = [];

beforeEach(async () => {
  faults = createFaults();
  const sockets = new WebSocketServer({ noServer: true });
  const server = createServer();
  server.on('upgrade', (request, socket, head) => {
    const { searchParams } = new URL(request.url ?? '', 'http://localhost');
    const kind = searchParams.get('kind') === 'channel' ? 'channel' : 'signalling';
    const owner = { sessionId: 'daily', uid: searchParams.get('uid') ?? '', kind } as const;
    let near: WebSocket | undefined;
    const line = faults.sockets.open(socket, owner, () => near?.close(1012));
    if (!line) return socket.end('HTTP/1.1 503 Service Unavailable\r\nConnection: close\r\n\r\n');
    sockets.handleUpgrade(request, line, head, opened => {
      near = opened;
      accepted.shift()?.(opened);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  url = `ws://127.0.0.1:${(server.address() as AddressInfo).port}`;
  onTestFinished(async () => {
    faults.close();
    for (const each of sockets.clients) each.terminate();
    server.close();
    await once(server, 'close');
  });
});

it('lets no socket in that is gone already: its end would never be told', () => {
  const gone = new Duplex();
  gone.destroy();
  expect(
    faults.sockets.open(gone, { sessionId: 'daily', uid: 'alice', kind: 'signalling' }, () => {}),
  ).toBeNull();
});

async function connect(uid: string, kind = 'signalling'): Promise<Pair> {
  const far = new WebSocket(`${url}/?uid=${uid}&kind=${kind}`);
  onTestFinished(() => far.terminate());
  const heard = { far: [] as string[], near: [] as string[] };
  const [near] = await Promise.all([
    new Promise<WebSocket>(resolve => {
      accepted.push(resolve);
    }),
    once(far, 'open'),
  ]);
  near.on('message', data => heard.near.push(String(data)));
  far.on('message', data => heard.far.push(String(data)));
  return { far, near, heard };
}

/** After an exchange over an unhurt socket, what another one was to bring has had its time. */
async function exchange({ far, near, heard }: Pair, word: string): Promise<void> {
  near.send(word);
  far.send(word);
  await expect.poll(() => [heard.far.at(-1), heard.near.at(-1)]).toEqual([word, word]);
}

const cut = (changes: Partial<FaultSpec>) =>
  faults.add({
    kind: 'socket',
    how: 'clean',
    which: 'signalling',
    sessionId: 'daily',
    uid: 'alice',
    forMs: null,
    ...changes,
  } as FaultSpec);

it('carries what both ends say, and their farewell', async () => {
  const alice = await connect('alice');
  await exchange(alice, 'x'.repeat(200_000));
  alice.far.close(1000);
  const [code] = await once(alice.near, 'close');
  expect(code).toBe(1000);
});

describe('a clean cut', () => {
  it('closes the one who is meant, once, and lets him come back', async () => {
    const [alice, bob] = [await connect('alice'), await connect('bob')];
    cut({});
    const [code] = await once(alice.far, 'close');
    expect(code).toBe(1012);
    await exchange(await connect('alice'), 'back');
    await exchange(bob, 'still here');
  });

  it('that lasts refuses new ones with 503 until it is over', async () => {
    const alice = await connect('alice');
    const { id } = cut({ forMs: 60_000 });
    await once(alice.far, 'close');
    const again = new WebSocket(`${url}/?uid=alice`);
    const [error] = await once(again, 'error');
    expect(String(error)).toContain('503');
    faults.remove(id);
    await exchange(await connect('alice'), 'back');
  });

  it.each([
    ['channel', [false, true]],
    ['all', [true, true]],
  ] as const)('of %s closes signalling and channel: %j', async (which, expected) => {
    const [signalling, channel] = [await connect('alice'), await connect('alice', 'channel')];
    const closed = [signalling, channel].filter((_, i) => expected[i]).map(({ far }) => once(far, 'close'));
    cut({ which });
    await Promise.all(closed);
    if (!expected[0]) await exchange(signalling, 'still here');
  });
});

describe('a dead socket', () => {
  it('lets nothing in or out and says nothing of it; what waited arrives in order when it lives again', async () => {
    const [alice, bob] = [await connect('alice'), await connect('bob')];
    const { id } = cut({ how: 'dead' });
    for (const word of ['one', 'two', 'three']) {
      alice.near.send(word);
      alice.far.send(word);
    }
    await exchange(bob, 'alive');
    expect(alice.heard).toEqual({ far: [], near: [] });
    expect([alice.far.readyState, alice.near.readyState]).toEqual([WebSocket.OPEN, WebSocket.OPEN]);
    faults.remove(id);
    const words = ['one', 'two', 'three'];
    await expect.poll(() => alice.heard).toEqual({ far: words, near: words });
  });

  it('that the emulator gives up is closed for the participant only when it lives again', async () => {
    const [alice, bob] = [await connect('alice'), await connect('bob')];
    const { id } = cut({ how: 'dead' });
    alice.near.terminate();
    await once(alice.near, 'close');
    await exchange(bob, 'alive');
    expect(alice.far.readyState).toBe(WebSocket.OPEN);
    faults.remove(id);
    const [code] = await once(alice.far, 'close');
    expect(code).toBe(1006);
  });

  it('that the participant gives up is closed here only when it lives again', async () => {
    const [alice, bob] = [await connect('alice'), await connect('bob')];
    const { id } = cut({ how: 'dead' });
    alice.far.terminate();
    await exchange(bob, 'alive');
    expect(alice.near.readyState).toBe(WebSocket.OPEN);
    faults.remove(id);
    const [code] = await once(alice.near, 'close');
    expect(code).toBe(1006);
  });

  it('dialled meanwhile opens when it lives again', async () => {
    const { id } = cut({ how: 'dead' });
    const opening = connect('alice');
    const bob = await connect('bob', 'channel');
    await exchange(bob, 'alive');
    faults.remove(id);
    await exchange(await opening, 'late');
  });

  it('is let go when the emulator closes', async () => {
    const alice = await connect('alice');
    cut({ how: 'dead' });
    faults.close();
    await exchange(alice, 'alive');
  });
});
