import { randomBytes } from 'node:crypto';
import { RtpHeader } from 'werift';
import type { Certificate, Fingerprint } from './certificate.ts';
import { type DtlsHandshake, type MediaCiphers, startDtls } from './dtls.ts';
import { answerCheck, type IceCredentials, type RemoteAddress } from './ice-lite.ts';
import { isDtls, isRtcp, isRtpOrRtcp, rtpSsrc } from './rtp.ts';
import type { UdpPort } from './udp-port.ts';

/** A decrypted RTP packet, ready to be encrypted for several receivers. */
export interface MediaPacket {
  readonly ssrc: number;
  readonly header: RtpHeader;
  readonly payload: Buffer;
}

export type TransportState = 'checking' | 'connecting' | 'up' | 'failed' | 'closed';

export interface EndpointHandlers {
  onMedia(packet: MediaPacket): void;
  onRtcp(compound: Buffer): void;
  onState(state: TransportState): void;
}

/** The bridge's end of one participant's transport: ICE-lite, then DTLS, then SRTP. */
export interface Endpoint {
  readonly credentials: IceCredentials;
  readonly state: TransportState;
  /** Whether a packet of this source is wanted; others are dropped before they cost a decryption. */
  wants: (ssrc: number) => boolean;
  /** Tells which certificate the participant's signalling promised; media flows only behind that one. */
  expect(fingerprint: Fingerprint): void;
  sendMedia(packet: MediaPacket): void;
  sendRtcp(packet: Buffer): void;
  close(): void;
}

/** ICE wants at least 24 bits in the ufrag and 128 in the password (RFC 8445, 5.3). */
function newCredentials(): IceCredentials {
  return { ufrag: randomBytes(6).toString('hex'), pwd: randomBytes(18).toString('base64url') };
}

/** Opens an endpoint on the bridge's port; it waits for the participant's first connectivity check. */
export function createEndpoint(
  port: UdpPort,
  certificate: Certificate,
  handlers: EndpointHandlers,
): Endpoint {
  const credentials = newCredentials();
  let expect: (fingerprint: Fingerprint) => void = () => {};
  const promised = new Promise<Fingerprint>(resolve => {
    expect = resolve;
  });
  let state: TransportState = 'checking';
  let remote: RemoteAddress | null = null;
  let dtls: DtlsHandshake | null = null;
  let ciphers: MediaCiphers | null = null;

  const become = (next: TransportState) => {
    if (state === 'closed' || state === next) return;
    state = next;
    handlers.onState(next);
  };
  const send = (datagram: Buffer) => {
    if (remote && state !== 'closed') port.send(datagram, remote);
  };
  const connect = () => {
    become('connecting');
    dtls = startDtls({ certificate, send, promised });
    dtls.ciphers.then(
      keys => {
        if (state === 'closed') return;
        ciphers = keys;
        become('up');
      },
      () => become('failed'),
    );
  };
  const receiver = {
    onCheck(datagram: Buffer, from: RemoteAddress) {
      const answer = answerCheck(datagram, from, credentials);
      if (!answer) return;
      port.send(answer.response, from);
      if (!answer.valid) return;
      // The browser nominates by use; whichever address it last proved is the one it listens on.
      if (remote?.port !== from.port || remote.address !== from.address) port.bind(from, receiver);
      remote = { address: from.address, port: from.port };
      if (!dtls) connect();
    },
    onPacket(datagram: Buffer) {
      if (isDtls(datagram)) dtls?.receive(datagram);
      else if (ciphers && isRtpOrRtcp(datagram)) receive(ciphers, datagram);
    },
  };
  const receive = ({ srtp, srtcp }: MediaCiphers, datagram: Buffer) => {
    if (isRtcp(datagram)) {
      const compound = opened(() => srtcp.decrypt(datagram));
      if (compound) handlers.onRtcp(compound);
      return;
    }
    const ssrc = rtpSsrc(datagram);
    if (ssrc === null || !endpoint.wants(ssrc)) return;
    const packet = opened(() => readMedia(srtp.decrypt(datagram)));
    if (packet) handlers.onMedia(packet);
  };
  const unregister = port.register(credentials.ufrag, receiver);

  const endpoint: Endpoint = {
    credentials,
    get state() {
      return state;
    },
    wants: () => false,
    expect,
    sendMedia({ header, payload }) {
      if (ciphers) send(ciphers.srtp.encrypt(payload, header));
    },
    sendRtcp(packet) {
      if (ciphers) send(ciphers.srtcp.encrypt(packet));
    },
    close() {
      become('closed');
      unregister();
      dtls?.close();
    },
  };
  return endpoint;
}

function readMedia(plain: Buffer): MediaPacket {
  const header = RtpHeader.deSerialize(plain);
  return { ssrc: header.ssrc, header, payload: plain.subarray(header.payloadOffset) };
}

/** A packet that fails authentication or makes no sense is dropped (RFC 3711, 3.3): anybody can send one. */
function opened<T>(open: () => T): T | null {
  try {
    return open();
  } catch {
    return null;
  }
}
