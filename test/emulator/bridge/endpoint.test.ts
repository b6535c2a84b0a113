import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Certificate, createCertificate } from '../../../src/emulator/bridge/certificate.ts';
import {
  createEndpoint,
  type Endpoint,
  type EndpointDeadlines,
  type TransportState,
} from '../../../src/emulator/bridge/endpoint.ts';
import { encodePli } from '../../../src/emulator/bridge/rtcp-writer.ts';
import { PROFILE, type Profile } from '../../../src/emulator/bridge/srtp-keys.ts';
import { parseStun } from '../../../src/emulator/bridge/stun.ts';
import { openUdpPort, type UdpPort } from '../../../src/emulator/bridge/udp-port.ts';
import type { Link, Links } from '../../../src/emulator/faults/link.ts';
import { type Caller, check, createCaller, createQueue } from './caller.ts';
import { rtpPacket } from './packets.ts';

let port: UdpPort;
let certificate: Certificate;
let undo: Array<() => void>;

beforeEach(async () => {
  [port, certificate] = await Promise.all([openUdpPort('127.0.0.1'), createCertificate()]);
  undo = [];
});

afterEach(async () => {
  for (const step of undo) step();
  await port.close();
});

/** A link that hands everything on and writes down what kinds of datagram came by: `stun`, `dtls` or `media`. */
function createWatchedLink(): Link & { readonly kinds: string[]; closed: boolean } {
  const link = {
    kinds: [] as string[],
    closed: false,
    pass(datagram: Buffer, deliver: (datagram: Buffer) => void) {
      const first = datagram[0] ?? 0;
      link.kinds.push(first < 4 ? 'stun' : first < 64 ? 'dtls' : 'media');
      deliver(datagram);
    },
    close() {
      link.closed = true;
    },
  };
  return link;
}

interface Opened {
  readonly endpoint: Endpoint;
  /** Everything it has been, in order. */
  readonly states: TransportState[];
  reaches(state: TransportState, times?: number): Promise<void>;
  nextMedia(): Promise<Buffer>;
  nextRtcp(): Promise<Buffer>;
}

function open(deadlines?: EndpointDeadlines, links?: Links): Opened {
  const [media, rtcp] = [createQueue<Buffer>(), createQueue<Buffer>()];
  const states: TransportState[] = [];
  const waiting: Array<() => void> = [];
  const endpoint = createEndpoint(
    port,
    certificate,
    {
      onMedia: media.push,
      onRtcp: rtcp.push,
      onState(state) {
        states.push(state);
        for (const wake of waiting) wake();
      },
    },
    links,
    deadlines,
  );
  endpoint.wants = () => true;
  undo.push(() => endpoint.close());
  const reaches = (state: TransportState, times = 1) =>
    new Promise<void>(resolve => {
      const look = () => states.filter(one => one === state).length >= times && resolve();
      waiting.push(look);
      look();
    });
  return { endpoint, states, reaches, nextMedia: media.next, nextRtcp: rtcp.next };
}

async function call({ endpoint }: Opened, profile: Profile = PROFILE.aeadAes128Gcm): Promise<Caller> {
  const caller = await createCaller(
    { ...endpoint.credentials, address: port.address, port: port.port },
    { profile },
  );
  undo.push(caller.close);
  return caller;
}

async function connect(deadlines?: EndpointDeadlines, links?: Links, profile?: Profile) {
  const opened = open(deadlines, links);
  const caller = await call(opened, profile);
  opened.endpoint.expect(caller.fingerprint);
  await Promise.all([caller.connect(), opened.reaches('up')]);
  return { ...opened, caller };
}

/** Resolves with the endpoint silent, also when it has been so before. */
async function fallsSilent({ endpoint, states, reaches }: Opened) {
  const before = states.filter(state => state === 'silent').length;
  if (endpoint.state !== 'silent') await reaches('silent', before + 1);
}

const IMPATIENT: EndpointDeadlines = { dtlsMs: 200, consentMs: 30_000 };

describe('an endpoint', () => {
  it.each([
    ['AES-GCM', PROFILE.aeadAes128Gcm],
    ['AES-CM', PROFILE.aes128CmSha1],
  ])('exchanges media and RTCP with a peer that takes %s', async (_name, profile) => {
    const { endpoint, caller, nextMedia, nextRtcp } = await connect(undefined, undefined, profile);
    caller.sendRtp(10, 1, 'up');
    expect((await nextMedia()).subarray(12).toString()).toBe('up');
    caller.sendRtcp(encodePli(1, 2));
    expect(await nextRtcp()).toEqual(encodePli(1, 2));
    endpoint.sendMedia(rtpPacket(20, 1, 'down'));
    expect(await caller.nextRtp()).toEqual({ ssrc: 20, payload: 'down' });
    endpoint.sendRtcp(encodePli(3, 4));
    expect(await caller.nextRtcp()).toEqual(encodePli(3, 4));
  });

  it('has sent a packet when it returns: the Buffer may be used again', async () => {
    const { endpoint, caller } = await connect();
    const scratch = rtpPacket(20, 1, 'first.');
    endpoint.sendMedia(scratch);
    rtpPacket(20, 2, 'second').copy(scratch);
    endpoint.sendMedia(scratch);
    expect((await caller.nextRtp()).payload).toBe('first.');
    expect((await caller.nextRtp()).payload).toBe('second');
  });

  it('hands on a packet that was sent twice once', async () => {
    const { caller, nextMedia } = await connect();
    const replayed = caller.seal(rtpPacket(10, 1, 'once'));
    caller.sendRaw(replayed);
    caller.sendRaw(replayed);
    caller.sendRtp(10, 2, 'next');
    expect((await nextMedia()).subarray(12).toString()).toBe('once');
    expect((await nextMedia()).subarray(12).toString()).toBe('next');
  });

  it('does not hand on what it does not want, but can still read it when it does', async () => {
    const { endpoint, caller, nextMedia } = await connect();
    endpoint.wants = ssrc => ssrc === 11;
    for (const sequence of [1, 20_000, 40_000, 60_000, 65_535, 0]) caller.sendRtp(10, sequence, 'unwanted');
    caller.sendRtp(11, 1, 'sentinel');
    expect((await nextMedia()).subarray(12).toString()).toBe('sentinel');
    endpoint.wants = () => true;
    caller.sendRtp(10, 1, 'wanted');
    expect((await nextMedia()).subarray(12).toString()).toBe('wanted');
  });

  it('passes every datagram through its links, and closes them', async () => {
    const links = { up: createWatchedLink(), down: createWatchedLink() };
    const { endpoint, caller, nextMedia } = await connect(undefined, links);
    caller.sendRtp(10, 1, 'up');
    await nextMedia();
    endpoint.sendMedia(rtpPacket(20, 1));
    await caller.nextRtp();
    for (const link of [links.up, links.down]) {
      expect(link.kinds[0]).toBe('stun');
      expect(link.kinds[1]).toBe('dtls');
      expect(link.kinds.at(-1)).toBe('media');
    }
    endpoint.close();
    expect([links.up.closed, links.down.closed]).toEqual([true, true]);
  });

  it('goes on at another address, proven and nominated, without another handshake', async () => {
    const links = { up: createWatchedLink(), down: createWatchedLink() };
    const { endpoint, caller, nextMedia } = await connect(undefined, links);
    const handshake = links.down.kinds.filter(kind => kind === 'dtls').length;
    await caller.move();
    caller.sendRaw(check(endpoint.credentials, 5, true));
    await caller.nextAnswer();
    caller.sendRtp(10, 1, 'from the new address');
    expect((await nextMedia()).subarray(12).toString()).toBe('from the new address');
    endpoint.sendMedia(rtpPacket(20, 1, 'to the new address'));
    expect((await caller.nextRtp()).payload).toBe('to the new address');
    expect(links.down.kinds.filter(kind => kind === 'dtls')).toHaveLength(handshake);
  });

  it('keeps sending to the nominated address while others are being checked', async () => {
    const { endpoint, caller } = await connect();
    caller.sendRaw(check(endpoint.credentials, 5, true));
    await caller.nextAnswer();
    const other = await openSocket();
    other.socket.send(check(endpoint.credentials, 6), port.port, port.address);
    expect(parseStun(await other.next())?.transactionId).toEqual(Buffer.alloc(12, 6));
    endpoint.sendMedia(rtpPacket(20, 1, 'home'));
    expect((await caller.nextRtp()).payload).toBe('home');
  });

  it('falls silent when checks stay out, sends nothing then, and comes back with the next', async () => {
    const opened = open({ dtlsMs: 20_000, consentMs: 400 });
    const { endpoint, states, reaches } = opened;
    const caller = await call(opened);
    endpoint.expect(caller.fingerprint);
    const checking = setInterval(() => caller.sendRaw(check(endpoint.credentials, 5)), 50);
    await Promise.all([caller.connect(), reaches('up')]);
    clearInterval(checking);
    await fallsSilent(opened);
    endpoint.sendMedia(rtpPacket(20, 1, 'unasked'));
    endpoint.sendRtcp(encodePli(1, 2));
    const ups = states.filter(state => state === 'up').length;
    caller.sendRaw(check(endpoint.credentials, 6));
    await reaches('up', ups + 1);
    endpoint.sendMedia(rtpPacket(20, 2, 'asked'));
    expect((await caller.nextRtp()).payload).toBe('asked');
    await fallsSilent(opened);
  });

  it('knows how long it has heard nothing', async () => {
    expect(open().endpoint.silenceMs).toBeNull();
    const { endpoint, caller, nextMedia } = await connect();
    await expect.poll(() => endpoint.silenceMs).toBeGreaterThan(50);
    const sentAt = performance.now();
    caller.sendRtp(10, 1, 'still here');
    await nextMedia();
    expect(endpoint.silenceMs).toBeLessThanOrEqual(performance.now() - sentAt);
  });

  it('falls silent when nobody ever comes', async () => {
    const { reaches, states } = open({ dtlsMs: 20_000, consentMs: 20 });
    await reaches('silent');
    expect(states).toEqual(['silent']);
  });

  it('gives up a handshake that nobody answers, and then answers nothing itself', async () => {
    const opened = open(IMPATIENT);
    const other = await openSocket();
    other.socket.send(check(opened.endpoint.credentials, 1), port.port, port.address);
    await opened.reaches('failed');
    const second = open();
    other.socket.send(check(opened.endpoint.credentials, 2), port.port, port.address);
    other.socket.send(check(second.endpoint.credentials, 3), port.port, port.address);
    // Loopback keeps the order: the answer to the second check would have come before that to the third.
    let answer = await other.next();
    while ((answer[0] ?? 0) > 3 || parseStun(answer)?.transactionId[0] === 1) answer = await other.next();
    expect(parseStun(answer)?.transactionId).toEqual(Buffer.alloc(12, 3));
  });

  it('gives up when signalling never says whom to expect', async () => {
    const opened = open(IMPATIENT);
    const caller = await call(opened);
    // It resolves only if the handshake is the faster one.
    void caller.connect();
    await opened.reaches('failed');
  });

  it('lives through garbage in DTLS, before and after the handshake', async () => {
    const opened = open();
    const caller = await call(opened);
    opened.endpoint.expect(caller.fingerprint);
    const garbage = [1, 5, 13, 25, 40, 3000].map(bytes => Buffer.alloc(bytes, 22));
    caller.sendRaw(check(opened.endpoint.credentials, 1));
    for (const datagram of garbage) caller.sendRaw(datagram);
    await Promise.all([caller.connect(), opened.reaches('up')]);
    for (const datagram of garbage) caller.sendRaw(datagram);
    caller.sendRtp(10, 1, 'unharmed');
    expect((await opened.nextMedia()).subarray(12).toString()).toBe('unharmed');
  });

  it('leaves nothing behind when it closes', async () => {
    const connected = await connect();
    const waiting = open();
    expect(port.entries).toBe(3);
    connected.endpoint.close();
    waiting.endpoint.close();
    expect(port.entries).toBe(0);
    expect(connected.endpoint.state).toBe('closed');
  });

  it('is replaced by another at the same address, and takes nothing along', async () => {
    const links = { up: createWatchedLink(), down: createWatchedLink() };
    const [old, fresh] = [open(), open(undefined, links)];
    const other = await openSocket();
    const answered = async (id: number, { endpoint }: Opened) => {
      other.socket.send(check(endpoint.credentials, id), port.port, port.address);
      for (;;) if (parseStun(await other.next())?.transactionId[0] === id) return;
    };
    await answered(1, old);
    await answered(2, fresh);
    old.endpoint.close();
    other.socket.send(Buffer.alloc(20, 22), port.port, port.address);
    await answered(3, fresh);
    expect(links.up.kinds).toEqual(['stun', 'dtls', 'stun']);
  });
});

describe('a stranger', () => {
  it('reaches no endpoint, whatever is sent, and opens nothing', async () => {
    const links = { up: createWatchedLink(), down: createWatchedLink() };
    const { endpoint } = open(undefined, links);
    const { entries } = port;
    const stranger = await openSocket();
    for (const first of [0, 3, 20, 22, 63, 128, 144, 191, 255])
      for (const bytes of [1, 20, 1200])
        stranger.socket.send(Buffer.alloc(bytes, first), port.port, port.address);
    stranger.socket.send(
      Buffer.concat([check(endpoint.credentials), Buffer.alloc(1500)]),
      port.port,
      port.address,
    );
    stranger.socket.send(check(endpoint.credentials, 9), port.port, port.address);
    expect(parseStun(await stranger.next())?.transactionId).toEqual(Buffer.alloc(12, 9));
    expect(links.up.kinds).toEqual(['stun']);
    // The one address it has just proven.
    expect(port.entries).toBe(entries + 1);
  });
});

async function openSocket(): Promise<{ readonly socket: Socket; next(): Promise<Buffer> }> {
  const received = createQueue<Buffer>();
  const socket = createSocket('udp4', received.push);
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  undo.push(() => socket.close());
  return { socket, next: received.next };
}
