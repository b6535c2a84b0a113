import { afterEach, beforeEach, expect, it } from 'vitest';
import { type Bridge, openBridge } from '../../../src/emulator/bridge/bridge.ts';
import { createCertificate, type Fingerprint } from '../../../src/emulator/bridge/certificate.ts';
import type { BridgeConference } from '../../../src/emulator/bridge/conference.ts';
import { encodeNack, encodePli } from '../../../src/emulator/bridge/rtcp-writer.ts';
import { traceMedia } from '../../../src/emulator/trace/media.ts';
import { createTrace, type TraceEvent } from '../../../src/emulator/trace/trace.ts';
import { createRoom } from '../../../src/emulator/xmpp/room.ts';
import { type Caller, check, createCaller } from '../bridge/caller.ts';
import { rtpPacket } from '../bridge/packets.ts';
import { createClient, ROOM, xml } from '../xmpp/support.ts';

const room = createRoom(ROOM, 0);
const events: TraceEvent[] = [];
let bridge: Bridge;
let conference: BridgeConference;
let callers: Caller[];

beforeEach(async () => {
  bridge = await openBridge('127.0.0.1');
  const trace = createTrace({ now: Date.now });
  events.length = 0;
  trace.subscribe('stand-up', event => events.push(event));
  conference = traceMedia(bridge, trace, Date.now)(room);
  callers = [];
});
afterEach(async () => {
  for (const caller of callers) caller.close();
  await bridge.close();
});

/** `kind` and details, of one participant. */
const toldOf = (id: string) =>
  events
    .filter(({ endpoint }) => endpoint === id)
    .map(({ seq, at, session, who, endpoint, kind, ...detail }) =>
      [kind, ...Object.values(detail)].join(' '),
    );

async function join(id: string, promised?: Fingerprint) {
  const seat = conference.join({ id, onState() {} });
  const caller = await createCaller({ ...seat.credentials, address: bridge.address, port: bridge.port });
  callers.push(caller);
  seat.expect(promised ?? caller.fingerprint);
  await caller.connect();
  return { seat, caller };
}

const camera = { ssrc: 10, media: 'video', announced: 10, layer: 0, repeats: null, name: 'a-v0' } as const;
/** RFC 7741, 4.2 and RFC 6386, 9.1: a key frame of 320 by 180 begins. */
const KEY_FRAME = Buffer.from([0x10, 0x10, 0, 0, 0x9d, 0x01, 0x2a, 0x40, 0x01, 0xb4, 0x00, 0, 0]);
const keyFrame = (sequence: number) => rtpPacket(10, sequence, KEY_FRAME);

it('a transport is told: its address, what protects it, its states up to its end', async () => {
  room.enter(createClient('alice'), 'a', xml('<presence/>'));
  const { seat, caller } = await join('a');
  await expect.poll(() => toldOf('a')).toContain('transport up');
  await caller.move();
  caller.sendRaw(check(seat.credentials, 1, true));
  await expect.poll(() => toldOf('a').filter(text => text.startsWith('ice'))).toHaveLength(2);
  room.leave('a');
  seat.close();
  expect(toldOf('a').map(text => text.replace(/:\d+$/, ''))).toEqual([
    'ice 127.0.0.1',
    'transport connecting',
    'dtls AEAD_AES_128_GCM',
    'transport up',
    'ice 127.0.0.1',
    'transport closed',
  ]);
  expect(events.every(({ who }) => who === 'alice')).toBe(true);
});

it('a failed handshake is told with its reason', async () => {
  await join('a', (await createCertificate()).fingerprint);
  await expect.poll(() => toldOf('a')).toContain('transport failed');
  expect(toldOf('a')).toContain('dtls the DTLS certificate does not match the fingerprint in the signalling');
});

it('layers and key frames are told: what is chosen, asked for, sent, and wanted again', async () => {
  const [alice, bob] = [await join('a'), await join('b')];
  await expect.poll(() => toldOf('b')).toContain('transport up');
  alice.seat.addSources([camera]);
  await expect.poll(() => toldOf('b')).toContain('layer chosen a-v0 0 180');
  await expect.poll(() => toldOf('a')).toContain('key-frame asked a-v0 0');
  alice.caller.sendPacket(keyFrame(1));
  await bob.caller.nextRtp();
  expect(toldOf('a')).toContain('key-frame sent a-v0 0');
  expect(toldOf('b')).toContain('layer sent a-v0 0 180');
  for (let i = 0; i < 5; i++) bob.caller.sendRtcp(encodePli(1, 10));
  await expect.poll(() => toldOf('b')).toContain('key-frame wanted a-v0 0');
  alice.seat.removeSources([10]);
});

it('losses are counted, and told with the bit rates', async () => {
  const [alice, bob] = [await join('a'), await join('b')];
  await expect.poll(() => toldOf('b')).toContain('transport up');
  alice.seat.addSources([camera]);
  alice.caller.sendPacket(keyFrame(1));
  await bob.caller.nextRtp();
  bob.caller.sendRtcp(encodeNack(1, 10, [3, 4, 9]));
  const bitrateOfBob = () =>
    events.find(({ kind, endpoint, downLost }) => kind === 'bitrate' && endpoint === 'b' && downLost);
  await expect.poll(bitrateOfBob, { timeout: 5_000 }).toMatchObject({ downLost: 3 });
}, 10_000);
