import { randomInt } from 'node:crypto';
import type { Stanza } from '../../src/emulator/xmpp/stanza.ts';
import { type Caller, check, createCaller } from '../emulator/bridge/caller.ts';
import { audioContent, jingleIq, transportContent, videoContent } from '../emulator/focus/offers.ts';
import { getTicket, type Meeting } from './doors.ts';
import { type Player, play } from './player.ts';
import type { Recording } from './recording.ts';
import { connectXmpp, type XmppClient } from './xmpp-client.ts';

/** Somebody in a meeting without a browser: real REST, signalling, ICE, DTLS and SRTP, and a recording for a camera. */
export interface LonePerson {
  readonly uid: string;
  /** Packets received so far, by SSRC. */
  readonly received: ReadonlyMap<number, number>;
  leave(): Promise<void>;
}

export interface LonePersonOptions {
  readonly server: string;
  readonly meeting: Meeting;
  readonly uid: string;
  /** Silent and unseen without one. */
  readonly recording?: Recording;
  /** Told of every plain RTP packet, as it is sent and as it arrives. */
  readonly watch?: (direction: 'sent' | 'received', packet: Buffer) => void;
}

/** Enters and resolves when media can flow. */
export async function enterAlone(options: LonePersonOptions): Promise<LonePerson> {
  const { server, meeting, uid, recording, watch } = options;
  const { callToken, domain } = await getTicket(server, meeting, uid);
  const xmpp = await connectXmpp(`ws://${domain}/xmpp-websocket?token=${callToken}`, domain);
  answerRequests(xmpp);
  const nick = xmpp.jid.slice(0, 8);
  const room = `${meeting.sessionId}@conference.${domain}`;
  const offer = await enterRoom(xmpp, { room, nick, domain });
  const sources = { audio: randomInt(1, 2 ** 32), video: randomInt(1, 2 ** 32) };
  const received = new Map<number, number>();
  let player: Player | undefined;
  const target = targetOf(offer);
  const caller = await createCaller(target, {
    onRtp(packet) {
      const ssrc = packet.readUInt32BE(8);
      received.set(ssrc, (received.get(ssrc) ?? 0) + 1);
      watch?.('received', packet);
    },
    onRtcp(compound) {
      if (isKeyFrameRequest(compound, sources.video)) player?.sendKeyFrame();
    },
  });
  xmpp.send(answerOf(offer, caller, { room, nick, ...sources }));
  await caller.connect();
  // Consent to receive ends without checks (RFC 7675); browsers send one every few seconds.
  const checks = setInterval(() => caller.sendRaw(check(target)), 5_000);
  const send = (packet: Buffer) => {
    watch?.('sent', packet);
    caller.sendPacket(packet);
  };
  if (recording) player = play({ recording, ...sources, send });
  return {
    uid,
    received,
    async leave() {
      player?.stop();
      clearInterval(checks);
      caller.close();
      xmpp.send(`<presence xmlns="jabber:client" to="${room}/${nick}" type="unavailable"/>`);
      await xmpp.next(isLeaving);
      await xmpp.close();
    },
  };
}

async function enterRoom(
  xmpp: XmppClient,
  place: { room: string; nick: string; domain: string },
): Promise<Stanza> {
  const { room, nick, domain } = place;
  xmpp.send(
    `<iq xmlns="jabber:client" type="set" id="focus" to="focus.${domain}"><conference xmlns="http://jitsi.org/protocol/focus" room="${room}"/></iq>`,
  );
  await xmpp.next(stanza => stanza.attrs.id === 'focus');
  xmpp.send(
    `<presence xmlns="jabber:client" to="${room}/${nick}"><x xmlns="http://jabber.org/protocol/muc"/></presence>`,
  );
  const offer = await xmpp.next(stanza => stanza.getChild('jingle')?.attrs.action === 'session-initiate');
  return offer.getChild('jingle') as Stanza;
}

function targetOf(jingle: Stanza) {
  const transport = jingle.getChild('content')?.getChild('transport');
  const { ufrag, pwd } = transport?.attrs ?? {};
  const { ip, port } = transport?.getChild('candidate')?.attrs ?? {};
  return { ufrag, pwd, address: ip, port: Number(port) };
}

function answerOf(
  jingle: Stanza,
  { fingerprint }: Caller,
  { room, nick, audio, video }: { room: string; nick: string; audio: number; video: number },
): string {
  const camera = { layers: [video], retransmissions: [randomInt(1, 2 ** 32)], name: `${nick}-v0` };
  const contents =
    audioContent(audio, transportContent(fingerprint.value), `${nick}-a0`) + videoContent(camera);
  return jingleIq(room, 'session-accept', jingle.attrs.sid, contents);
}

// Whoever is asked must answer, or the other side takes the request for lost (RFC 6120, 8.2.3).
function answerRequests(xmpp: XmppClient): void {
  xmpp.listen(({ name, attrs }) => {
    if (name !== 'iq' || (attrs.type !== 'set' && attrs.type !== 'get')) return;
    xmpp.send(`<iq xmlns="jabber:client" type="result" id="${attrs.id}" to="${attrs.from}"/>`);
  });
}

function isLeaving({ name, attrs }: Stanza): boolean {
  return name === 'presence' && attrs.type === 'unavailable';
}

/** PLI (RFC 4585, 6.3.1) or FIR (RFC 5104, 4.3.1) for our picture, wherever in the compound. */
function isKeyFrameRequest(compound: Buffer, video: number): boolean {
  for (let at = 0; at + 12 <= compound.length; at += (compound.readUInt16BE(at + 2) + 1) * 4) {
    const format = compound.readUInt8(at) & 0x1f;
    if (compound.readUInt8(at + 1) !== 206 || (format !== 1 && format !== 4)) continue;
    const target = compound.readUInt32BE(format === 1 ? at + 8 : at + 12);
    if (target === video) return true;
  }
  return false;
}
