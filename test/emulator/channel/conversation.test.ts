import { once } from 'node:events';
import Fastify, { type FastifyInstance } from 'fastify';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import WebSocket from 'ws';
import { createEmulator, type Emulator } from '../../../src/emulator/emulator.ts';
import type { Stanza } from '../../../src/emulator/xmpp/stanza.ts';
import { connectXmpp } from '../../people/xmpp-client.ts';
import { type Caller, createCaller } from '../bridge/caller.ts';
import { audioContent, jingleIq, transportContent, videoContent } from '../focus/offers.ts';

// The whole emulator over real sockets: REST, signalling, the channel and media, with no browser.

let emulator: Emulator;
let app: FastifyInstance;
let host: string;
let open: Array<{ close(): unknown }>;

beforeEach(async () => {
  const keys = { secret: 'secret', apiKey: 'api-key', authKey: 'auth-key', appId: 'app', region: 'us' };
  emulator = await createEmulator({ ...keys, graceMs: 300, bindMs: 5_000 });
  app = Fastify();
  await app.register(emulator.routes, { prefix: '/cometchat' });
  app.server.on('upgrade', (request, socket, head) => {
    if (!emulator.handleUpgrade(request, socket, head)) socket.destroy();
  });
  await app.listen({ port: 0, host: '127.0.0.1' });
  const address = app.server.address();
  host = `127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;
  open = [];
});

afterEach(async () => {
  for (const each of open) each.close();
  await emulator.close();
  await app.close();
});

async function post(path: string, headers: Record<string, string>, body: object) {
  const init = { method: 'POST', headers: { 'content-type': 'application/json', ...headers } };
  const response = await fetch(`http://${host}/cometchat${path}`, { ...init, body: JSON.stringify(body) });
  return ((await response.json()) as { data: Record<string, string> }).data;
}

/** Somebody in the room, whose media can flow and whose channel is open. */
async function enter(uid: string, ssrc: number) {
  const { authToken = '' } = await post(`/v3/users/${uid}/auth_tokens`, { apikey: 'api-key' }, {});
  const { token } = await post('/v3.0/call_tokens', { authtoken: authToken }, { sessionId: 'stand-up' });
  const domain = `localhost:${host.split(':')[1]}`;
  const xmpp = await connectXmpp(`ws://${host}/xmpp-websocket?token=${token}`, domain);
  const room = `stand-up@conference.${domain}`;
  const id = xmpp.jid.slice(0, 8);
  xmpp.send(`<presence xmlns="jabber:client" to="${room}/${id}"/>`);
  const isOffer = (stanza: Stanza) => stanza.getChild('jingle')?.attrs.action === 'session-initiate';
  const jingle = (await xmpp.next(isOffer)).getChild('jingle');
  const transport = jingle?.getChild('content')?.getChild('transport');
  const { ip, port } = transport?.getChild('candidate')?.attrs ?? {};
  const caller = await createCaller({ ...credentialsOf(transport), address: ip, port: Number(port) });
  const audio = audioContent(ssrc, transportContent(caller.fingerprint.value));
  const video = videoContent({ layers: [ssrc + 1], retransmissions: [ssrc + 2], name: `${id}-v0` });
  xmpp.send(jingleIq(room, 'session-accept', jingle?.attrs.sid, audio + video));
  await caller.connect();
  const url = String(transport?.getChild('web-socket')?.attrs.url);
  const channel = await openChannel(url);
  open.push(caller, xmpp, channel.socket);
  return { id, ssrc, caller, url, ...channel };
}

function credentialsOf(transport: Stanza | undefined) {
  return { ufrag: String(transport?.attrs.ufrag), pwd: String(transport?.attrs.pwd) };
}

async function openChannel(url: string) {
  const socket = new WebSocket(url);
  const inbox: Record<string, unknown>[] = [];
  socket.on('message', data => inbox.push(JSON.parse(String(data))));
  await once(socket, 'open');
  return { socket, inbox, say: (message: object) => socket.send(JSON.stringify(message)) };
}

/** Sends sound of this level every 20 ms until `isOver`. */
async function speak(caller: Caller, ssrc: number, level: number, isOver: () => boolean): Promise<void> {
  const packet = Buffer.alloc(40);
  packet.writeUInt8(0x90, 0);
  packet.writeUInt8(111, 1);
  packet.writeUInt32BE(ssrc, 8);
  packet.writeUInt32BE(0xbede0001, 12);
  packet.writeUInt16BE(0x1000 | level, 16);
  for (let sequence = 1; !isOver(); sequence += 1) {
    packet.writeUInt16BE(sequence, 2);
    caller.sendPacket(packet);
    await new Promise(resolve => setTimeout(resolve, 20));
  }
}

describe('people in a room', () => {
  it('have a channel where their signalling came to, in which they hear who speaks', async () => {
    const [alice, bob] = [await enter('cometchat-uid-1', 1_000), await enter('cometchat-uid-2', 2_000)];
    expect(alice.url).toMatch(new RegExp(`^ws://${host}/colibri-ws/\\w+/${alice.id}\\?pwd=`));
    expect(emulator.stats()).toMatchObject({ occupants: 2, channels: 2 });
    const dominants = () => bob.inbox.map(message => message.dominantSpeakerEndpoint).filter(Boolean);
    await speak(alice.caller, alice.ssrc, 20, () => dominants().includes(alice.id));
    await speak(bob.caller, bob.ssrc, 20, () => dominants().includes(bob.id));
    expect(dominants()).toEqual([alice.id, bob.id]);
    expect(alice.inbox.at(-1)).toMatchObject({
      dominantSpeakerEndpoint: bob.id,
      previousSpeakers: [alice.id],
    });
  });

  it('tell senders how large they are wanted', async () => {
    const [alice, bob] = [await enter('cometchat-uid-1', 1_000), await enter('cometchat-uid-2', 2_000)];
    const height = () => alice.inbox.findLast(({ sourceName }) => sourceName === `${alice.id}-v0`)?.maxHeight;
    const want = (defaultMaxHeight: number) =>
      bob.say({
        colibriClass: 'ReceiverVideoConstraints',
        defaultConstraints: { maxHeight: defaultMaxHeight },
      });
    // Nothing said yet, and a single camera to see: all of it.
    await expect.poll(height).toBe(-1);
    want(360);
    await expect.poll(height).toBe(360);
    bob.say({ colibriClass: 'LastNChangedEvent', lastN: 0 });
    await expect.poll(height).toBe(0);
  });
});
