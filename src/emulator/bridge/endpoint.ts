import { randomBytes } from 'node:crypto';
import { type Links, OPEN_LINK } from '../faults/link.ts';
import type { Certificate, Fingerprint } from './certificate.ts';
import { type DtlsHandshake, startDtls } from './dtls.ts';
import { createAddresses } from './endpoint-addresses.ts';
import { answerCheck, type IceCredentials, type RemoteAddress } from './ice-lite.ts';
import { isDtls, isRtcp, isRtpOrRtcp, rtpSsrc } from './rtp.ts';
import { PROFILE_NAME } from './srtp-keys.ts';
import type { MediaCiphers } from './srtp-session.ts';
import type { UdpPort } from './udp-port.ts';
import { type TransportWatch, UNWATCHED } from './watch.ts';

/**
 * `silent`: no valid check for 30 seconds. Nothing is sent any more; the next check brings it back, with the keys it
 * had. `failed`, for good: no DTLS, or another certificate than signalling promised.
 */
export type TransportState = 'checking' | 'connecting' | 'up' | 'silent' | 'failed' | 'closed';

export interface EndpointHandlers {
  /**
   * A decrypted RTP packet, header and payload, authenticated and not a replay. The Buffer is fresh for each
   * datagram: it may be kept.
   */
  onMedia(packet: Buffer): void;
  /** A decrypted RTCP compound, authenticated and not a replay. */
  onRtcp(compound: Buffer): void;
  onState(state: TransportState): void;
  readonly watch?: TransportWatch;
}

/** The bridge's end of one participant's transport: ICE-lite, then DTLS, then SRTP. */
export interface Endpoint {
  readonly credentials: IceCredentials;
  readonly state: TransportState;
  /** Milliseconds since the participant's last valid check or packet; null before the first. */
  readonly silenceMs: number | null;
  /** Whether a packet of this source is wanted; others are dropped before they cost a decryption. */
  wants: (ssrc: number, datagram: Buffer) => boolean;
  /** Tells which certificate the participant's signalling promised; media flows only behind that one. */
  expect(fingerprint: Fingerprint): void;
  /**
   * Encrypts a plain RTP packet and sends it before it returns, so that the caller may use the Buffer again. The same
   * SSRC and sequence number are sent once, and `again` only with the same bytes. Does nothing unless the transport is up.
   */
  sendMedia(packet: Buffer, again?: boolean): void;
  /** The same for an RTCP compound. */
  sendRtcp(compound: Buffer): void;
  close(): void;
}

/** How long a participant may take, in milliseconds. */
export interface EndpointDeadlines {
  /** From the first valid check to the media's keys: half a dozen retransmissions of the first flight. */
  readonly dtlsMs: number;
  /** Between valid checks: consent to receive ends after 30 seconds (RFC 7675, 5.1); browsers check every 2 to 3. */
  readonly consentMs: number;
}

const DEADLINES: EndpointDeadlines = { dtlsMs: 20_000, consentMs: 30_000 };
const OPEN_LINKS: Links = { up: OPEN_LINK, down: OPEN_LINK };

/** ICE wants at least 24 bits in the ufrag and 128 in the password (RFC 8445, 5.3). */
function newCredentials(): IceCredentials {
  return { ufrag: randomBytes(6).toString('hex'), pwd: randomBytes(18).toString('base64url') };
}

/** Opens an endpoint on the bridge's port; it waits for the participant's first connectivity check. */
export function createEndpoint(
  port: UdpPort,
  certificate: Certificate,
  handlers: EndpointHandlers,
  links: Links = OPEN_LINKS,
  { dtlsMs, consentMs }: EndpointDeadlines = DEADLINES,
): Endpoint {
  const credentials = newCredentials();
  const { watch = UNWATCHED } = handlers;
  let expect: (fingerprint: Fingerprint) => void = () => {};
  const promised = new Promise<Fingerprint>(resolve => {
    expect = resolve;
  });
  let state: TransportState = 'checking';
  let dtls: DtlsHandshake | null = null;
  let ciphers: MediaCiphers | null = null;
  let heardAt: number | null = null;

  const isOver = () => state === 'closed' || state === 'failed';
  const become = (next: TransportState) => {
    if (state === 'closed' || state === next) return;
    state = next;
    handlers.onState(next);
  };
  const transmit = (datagram: Buffer) => {
    if (addresses.current && !isOver()) port.send(datagram, addresses.current);
  };
  const send = (datagram: Buffer | null) => {
    if (datagram) links.down.pass(datagram, transmit);
  };
  const connect = (): DtlsHandshake => {
    const started = startDtls({ certificate, send, promised, deadlineMs: dtlsMs });
    started.ciphers.then(
      keys => {
        if (isOver()) return;
        ciphers = keys;
        watch.onDtls({ profile: PROFILE_NAME[keys.profile] });
        if (state === 'connecting') become('up');
      },
      (error: unknown) => {
        if (!isOver()) watch.onDtls({ reason: error instanceof Error ? error.message : 'unknown' });
        become('failed');
      },
    );
    return started;
  };
  const answer = (check: Buffer, from: RemoteAddress) => {
    if (isOver()) return;
    const answered = answerCheck(check, from, credentials);
    if (!answered) return;
    links.down.pass(answered.response, response => {
      if (!isOver()) port.send(response, from);
    });
    if (!answered.valid) return;
    consent.refresh();
    heardAt = performance.now();
    const before = addresses.current;
    addresses.prove(from, answered.nominates);
    const { current } = addresses;
    if (current && !isSame(current, before)) watch.onAddress(current);
    become(ciphers ? 'up' : 'connecting');
    dtls ??= connect();
  };
  const take = (datagram: Buffer) => {
    if (isOver()) return;
    heardAt = performance.now();
    if (isDtls(datagram)) dtls?.receive(datagram);
    else if (ciphers && isRtpOrRtcp(datagram)) read(ciphers, datagram);
  };
  const read = ({ srtp, srtcp }: MediaCiphers, datagram: Buffer) => {
    if (isRtcp(datagram)) {
      const compound = srtcp.open(datagram);
      if (compound) handlers.onRtcp(compound);
      return;
    }
    const ssrc = rtpSsrc(datagram);
    if (ssrc === null) return;
    if (!endpoint.wants(ssrc, datagram)) return srtp.follow(datagram);
    const packet = srtp.open(datagram);
    if (packet) handlers.onMedia(packet);
  };
  const receiver = {
    onCheck: (datagram: Buffer, from: RemoteAddress) => links.up.pass(datagram, check => answer(check, from)),
    onPacket: (datagram: Buffer) => links.up.pass(datagram, take),
  };
  const addresses = createAddresses(port, receiver);
  const unregister = port.register(credentials.ufrag, receiver);
  const consent = setTimeout(() => !isOver() && become('silent'), consentMs).unref();

  const endpoint: Endpoint = {
    credentials,
    get state() {
      return state;
    },
    get silenceMs() {
      return heardAt === null ? null : performance.now() - heardAt;
    },
    wants: () => false,
    expect,
    sendMedia(packet, again) {
      if (state === 'up' && ciphers) send(ciphers.srtp.seal(packet, again));
    },
    sendRtcp(compound) {
      if (state === 'up' && ciphers) send(ciphers.srtcp.seal(compound));
    },
    close() {
      become('closed');
      clearTimeout(consent);
      unregister();
      addresses.clear();
      dtls?.close();
      links.up.close();
      links.down.close();
    },
  };
  return endpoint;
}

function isSame(a: RemoteAddress, b: RemoteAddress | null): boolean {
  return a.port === b?.port && a.address === b.address;
}
