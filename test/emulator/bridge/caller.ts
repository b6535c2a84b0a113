import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { DtlsServer, RtpHeader, RtpPacket, SrtcpSession, SrtpSession } from 'werift';
import type { Certificate, Fingerprint } from '../../../src/emulator/bridge/certificate.ts';
import { createCertificate } from '../../../src/emulator/bridge/certificate.ts';
import { exportKeys } from '../../../src/emulator/bridge/dtls.ts';
import type { IceCredentials } from '../../../src/emulator/bridge/ice-lite.ts';
import { PROFILE, type Profile } from '../../../src/emulator/bridge/srtp-keys.ts';
import { ATTRIBUTE, encodeStun, isStun, MESSAGE } from '../../../src/emulator/bridge/stun.ts';
import { rtpPacket } from './packets.ts';

/**
 * The browser's end of a transport, without a browser: real UDP, ICE, DTLS and SRTP. Its SRTP is werift's, so that the
 * bridge's own is never only right with itself.
 */
export interface Caller {
  readonly fingerprint: Fingerprint;
  /** Checks the connection and resolves when DTLS is done. */
  connect(): Promise<void>;
  /** Goes on from another port, without a word to the bridge. */
  move(): Promise<void>;
  sendRtp(ssrc: number, sequenceNumber: number, payload: string): void;
  /** A whole plain RTP packet. */
  sendPacket(packet: Buffer): void;
  /** The datagram that `sendPacket` would send, to be sent by hand. */
  seal(packet: Buffer): Buffer;
  sendRtcp(packet: Buffer): void;
  sendRaw(datagram: Buffer): void;
  /** The payload of the next RTP packet, or the next RTCP compound. */
  nextRtp(): Promise<{ ssrc: number; payload: string }>;
  nextRtcp(): Promise<Buffer>;
  /** The next answer to a connectivity check. */
  nextAnswer(): Promise<Buffer>;
  close(): void;
}

interface CallerOptions {
  /** The SRTP profile it agrees to. */
  readonly profile?: Profile;
  /** Takes every RTP packet, decrypted, instead of the queue behind `nextRtp`. */
  readonly onRtp?: (packet: Buffer) => void;
  /** The same for `nextRtcp`. */
  readonly onRtcp?: (compound: Buffer) => void;
}

interface Target extends IceCredentials {
  readonly address: string;
  readonly port: number;
}

export async function createCaller(
  target: Target,
  { profile = PROFILE.aeadAes128Gcm, onRtp, onRtcp }: CallerOptions = {},
): Promise<Caller> {
  const certificate = await createCertificate();
  let socket: Socket;
  const send = (datagram: Buffer) => socket.send(datagram, target.port, target.address);
  const { server, transport } = createDtls(certificate, profile, send);
  const rtp = createQueue<{ ssrc: number; payload: string }>();
  const rtcp = createQueue<Buffer>();
  const answers = createQueue<Buffer>();
  let media: ReturnType<typeof stockCiphers> | null = null;

  const take = (datagram: Buffer) => {
    if (isStun(datagram)) return answers.push(datagram);
    if ((datagram[0] ?? 0) < 64) return transport.onData(datagram);
    if ((datagram[1] ?? 0) >= 192 && (datagram[1] ?? 0) <= 223)
      return (onRtcp ?? rtcp.push)(media?.srtcp.decrypt(datagram) ?? datagram);
    const plain = media?.srtp.decrypt(datagram) ?? datagram;
    if (onRtp) return onRtp(plain);
    const packet = RtpPacket.deSerialize(plain);
    rtp.push({ ssrc: packet.header.ssrc, payload: packet.payload.toString() });
  };
  const open = async () => {
    socket = createSocket('udp4', take);
    socket.bind(0, '127.0.0.1');
    await once(socket, 'listening');
  };
  await open();
  const seal = (packet: Buffer) => {
    if (!media) throw new Error('not connected');
    const header = RtpHeader.deSerialize(packet);
    return media.srtp.encrypt(packet.subarray(header.payloadOffset), header);
  };

  return {
    fingerprint: certificate.fingerprint,
    async connect() {
      const connected = new Promise<void>(resolve => server.onConnect.once(() => resolve()));
      send(check(target));
      await connected;
      media = stockCiphers(server);
    },
    async move() {
      socket.close();
      await open();
    },
    sendRtp: (ssrc, sequenceNumber, payload) => send(seal(rtpPacket(ssrc, sequenceNumber, payload))),
    sendPacket: packet => send(seal(packet)),
    seal,
    sendRtcp(packet) {
      if (media) send(media.srtcp.encrypt(packet));
    },
    sendRaw: send,
    nextRtp: rtp.next,
    nextRtcp: rtcp.next,
    nextAnswer: answers.next,
    close: () => socket.close(),
  };
}

/** A binding request as the controlling agent sends it, here without what we do not read: priority and role. */
export function check({ ufrag, pwd }: IceCredentials, id = 0, nominates = false): Buffer {
  const username = [ATTRIBUTE.username, Buffer.from(`${ufrag}:caller`)] as const;
  const nomination = [ATTRIBUTE.useCandidate, Buffer.alloc(0)] as const;
  const attributes = nominates ? [username, nomination] : [username];
  return encodeStun(MESSAGE.bindingRequest, Buffer.alloc(12, id), attributes, pwd);
}

function stockCiphers(server: DtlsServer) {
  const { profile, local, remote } = exportKeys(server);
  const keys = {
    localMasterKey: local.key,
    localMasterSalt: local.salt,
    remoteMasterKey: remote.key,
    remoteMasterSalt: remote.salt,
  };
  return { srtp: new SrtpSession({ keys, profile }), srtcp: new SrtcpSession({ keys, profile }) };
}

function createDtls(certificate: Certificate, profile: Profile, send: (datagram: Buffer) => void) {
  const transport = {
    type: 'udp',
    address: { address: '', port: 0, family: 'IPv4' },
    closed: false,
    onData: (_datagram: Buffer) => {},
    send: async (datagram: Buffer) => send(datagram),
    close: async () => {},
  };
  const { certPem: cert, keyPem: key, signatureHash } = certificate;
  const server = new DtlsServer({
    cert,
    key,
    signatureHash,
    transport,
    srtpProfiles: [profile],
    certificateRequest: true,
    extendedMasterSecret: true,
  });
  return { server, transport };
}

/** What came in, for whoever asks, in order. */
export function createQueue<T>() {
  const items: T[] = [];
  const waiting: Array<(item: T) => void> = [];
  return {
    push(item: T) {
      const resolve = waiting.shift();
      if (resolve) resolve(item);
      else items.push(item);
    },
    next: () =>
      new Promise<T>(resolve => {
        const item = items.shift();
        if (item === undefined) waiting.push(resolve);
        else resolve(item);
      }),
  };
}
