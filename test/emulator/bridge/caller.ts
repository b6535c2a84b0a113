import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { DtlsServer, RtpHeader, RtpPacket } from 'werift';
import type { Certificate, Fingerprint } from '../../../src/emulator/bridge/certificate.ts';
import { createCertificate } from '../../../src/emulator/bridge/certificate.ts';
import { extractCiphers, type MediaCiphers } from '../../../src/emulator/bridge/dtls.ts';
import type { IceCredentials } from '../../../src/emulator/bridge/ice-lite.ts';
import { ATTRIBUTE, encodeStun, isStun, MESSAGE } from '../../../src/emulator/bridge/stun.ts';

/** The browser's end of a transport, without a browser: real UDP, ICE, DTLS and SRTP. */
export interface Caller {
  readonly fingerprint: Fingerprint;
  /** Checks the connection and resolves when DTLS is done. */
  connect(): Promise<void>;
  sendRtp(ssrc: number, sequenceNumber: number, payload: string): void;
  sendRtcp(packet: Buffer): void;
  sendRaw(datagram: Buffer): void;
  /** The payload of the next RTP packet, or the next RTCP compound. */
  nextRtp(): Promise<{ ssrc: number; payload: string }>;
  nextRtcp(): Promise<Buffer>;
  /** The next answer to a connectivity check. */
  nextAnswer(): Promise<Buffer>;
  close(): void;
}

interface Target extends IceCredentials {
  readonly address: string;
  readonly port: number;
}

export async function createCaller(target: Target): Promise<Caller> {
  const certificate = await createCertificate();
  const socket = createSocket('udp4');
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  const send = (datagram: Buffer) => socket.send(datagram, target.port, target.address);
  const { server, transport } = createDtls(certificate, send);
  const rtp = createQueue<{ ssrc: number; payload: string }>();
  const rtcp = createQueue<Buffer>();
  let media: MediaCiphers | null = null;
  const answers = createQueue<Buffer>();

  socket.on('message', datagram => {
    if (isStun(datagram)) return answers.push(datagram);
    if ((datagram[0] ?? 0) < 64) return transport.onData(datagram);
    if ((datagram[1] ?? 0) >= 192 && (datagram[1] ?? 0) <= 223)
      return rtcp.push(media?.srtcp.decrypt(datagram) ?? datagram);
    const packet = RtpPacket.deSerialize(media?.srtp.decrypt(datagram) ?? datagram);
    rtp.push({ ssrc: packet.header.ssrc, payload: packet.payload.toString() });
  });

  return {
    fingerprint: certificate.fingerprint,
    async connect() {
      const connected = new Promise<void>(resolve => server.onConnect.once(() => resolve()));
      send(check(target));
      await connected;
      media = extractCiphers(server);
    },
    sendRtp(ssrc, sequenceNumber, payload) {
      const header = new RtpHeader({ ssrc, sequenceNumber, payloadType: 100, timestamp: 1 });
      if (media) send(media.srtp.encrypt(Buffer.from(payload), header));
    },
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

/** A binding request as the controlling agent sends it. */
export function check({ ufrag, pwd }: IceCredentials, id = 0): Buffer {
  const username = Buffer.from(`${ufrag}:caller`);
  return encodeStun(MESSAGE.bindingRequest, Buffer.alloc(12, id), [[ATTRIBUTE.username, username]], pwd);
}

function createDtls(certificate: Certificate, send: (datagram: Buffer) => void) {
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
    srtpProfiles: [7],
    certificateRequest: true,
    extendedMasterSecret: true,
  });
  return { server, transport };
}

function createQueue<T>() {
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
