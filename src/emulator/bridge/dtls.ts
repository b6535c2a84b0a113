import { DtlsClient, type DtlsServer, keyLength, SrtcpSession, SrtpSession, saltLength } from 'werift';
import { type Certificate, type Fingerprint, matchesFingerprint } from './certificate.ts';

/** Encrypts and decrypts one endpoint's media (RFC 3711, RFC 7714). */
export interface MediaCiphers {
  readonly srtp: SrtpSession;
  readonly srtcp: SrtcpSession;
}

export interface DtlsHandshake {
  receive(datagram: Buffer): void;
  /** Resolves with the media's keys when the peer has proven to be who its signalling said; rejects otherwise. */
  readonly ciphers: Promise<MediaCiphers>;
  close(): void;
}

export interface DtlsOptions {
  readonly certificate: Certificate;
  readonly send: (datagram: Buffer) => void;
  /** The peer's fingerprint; it may become known after the handshake has begun. */
  readonly promised: Promise<Fingerprint>;
}

/** SRTP protection profiles in our order of preference: AEAD_AES_128_GCM (RFC 7714) is twice as fast as AES-CM. */
const PROFILES = [0x0007, 0x0001] as const;

/**
 * Begins a DTLS-SRTP handshake (RFC 5764) as the DTLS client. Client, since the client retransmits until it has
 * an answer to each flight, and since a browser keeps our first flight until it is ready for it.
 */
export function startDtls({ certificate, send, promised }: DtlsOptions): DtlsHandshake {
  const transport = {
    type: 'udp',
    address: { address: '', port: 0, family: 'IPv4' },
    closed: false,
    onData: (_datagram: Buffer) => {},
    send: async (datagram: Buffer) => {
      if (!transport.closed) send(datagram);
    },
    close: async () => {
      transport.closed = true;
    },
  };
  const client = new DtlsClient({
    cert: certificate.certPem,
    key: certificate.keyPem,
    signatureHash: certificate.signatureHash,
    transport,
    srtpProfiles: [...PROFILES],
    extendedMasterSecret: true,
  });
  return {
    receive: datagram => transport.onData(datagram),
    ciphers: handshake(client, promised),
    close() {
      // werift's retransmission timers ask for the flight only: the last one ends them.
      client.dtls.flight = Number.MAX_SAFE_INTEGER;
      client.close();
    },
  };
}

async function handshake(client: DtlsClient, promised: Promise<Fingerprint>): Promise<MediaCiphers> {
  await new Promise<void>((resolve, reject) => {
    client.onConnect.once(() => resolve());
    client.onError.once(reject);
    client.onClose.once(() => reject(new Error('the peer closed DTLS')));
    client.connect().catch(reject);
  });
  if (!matchesFingerprint(client.remoteCertificate, await promised)) {
    throw new Error('the DTLS certificate does not match the fingerprint in the signalling');
  }
  return extractCiphers(client);
}

/** Derives the SRTP master keys of either end by the DTLS exporter (RFC 5764, 4.2). Throws when no profile was agreed. */
export function extractCiphers(end: DtlsClient | DtlsServer): MediaCiphers {
  const profile = end.srtp.srtpProfile;
  if (!profile) throw new Error('the peer offers no SRTP profile of ours');
  const { localKey, localSalt, remoteKey, remoteSalt } = end.extractSessionKeys(
    keyLength(profile),
    saltLength(profile),
  );
  const keys = {
    localMasterKey: localKey,
    localMasterSalt: localSalt,
    remoteMasterKey: remoteKey,
    remoteMasterSalt: remoteSalt,
  };
  return { srtp: new SrtpSession({ keys, profile }), srtcp: new SrtcpSession({ keys, profile }) };
}
