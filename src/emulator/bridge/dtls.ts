import { DtlsClient, type DtlsServer } from 'werift';
import { type Certificate, type Fingerprint, matchesFingerprint } from './certificate.ts';
import { createServerProof } from './dtls-proof.ts';
import { keySizes, type MasterKeys, PROFILE, type Profile } from './srtp-keys.ts';
import { createMediaCiphers, type MediaCiphers } from './srtp-session.ts';

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
  /** Milliseconds until a handshake without end, or without a fingerprint to compare, has failed. */
  readonly deadlineMs: number;
}

/** SRTP protection profiles in our order of preference. */
const PROFILES = [PROFILE.aeadAes128Gcm, PROFILE.aes128CmSha1] as const;

/** A handshake takes a dozen datagrams, some more where they get lost; fragments are kept, so they are counted. */
const MAX_DATAGRAMS = 256;
const MAX_DATAGRAM_BYTES = 2048;

/**
 * Begins a DTLS-SRTP handshake (RFC 5764) as the DTLS client. Client, since the client retransmits until it has
 * an answer to each flight, and since a browser keeps our first flight until it is ready for it.
 */
export function startDtls({ certificate, send, promised, deadlineMs }: DtlsOptions): DtlsHandshake {
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
  const deadline = createDeadline(deadlineMs);
  let datagrams = 0;
  // Once it has ended nothing is read any more: with media up, DTLS has no further work in a bridge.
  let ended = false;
  const end = () => {
    ended = true;
    deadline.cancel();
  };
  const close = () => {
    end();
    // werift's retransmission timers ask for the flight only: the last one ends them.
    client.dtls.flight = Number.MAX_SAFE_INTEGER;
    client.close();
  };
  const ciphers = Promise.race([handshake(client, promised), deadline.expired]);
  ciphers.then(end, close);
  return {
    receive(datagram) {
      if (ended || datagram.length > MAX_DATAGRAM_BYTES || ++datagrams > MAX_DATAGRAMS) return;
      try {
        transport.onData(datagram);
      } catch {
        // werift reads lengths before it checks that they are there.
      }
    },
    ciphers,
    close,
  };
}

function createDeadline(ms: number): { readonly expired: Promise<never>; cancel(): void } {
  let cancel = () => {};
  const expired = new Promise<never>((_resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`DTLS did not end within ${ms} ms`)), ms);
    cancel = () => clearTimeout(timer);
  });
  return { expired, cancel: () => cancel() };
}

async function handshake(client: DtlsClient, promised: Promise<Fingerprint>): Promise<MediaCiphers> {
  const admits = createServerProof(client);
  const proceed = client.onHandleHandshakes;
  client.onHandleHandshakes = async messages => {
    for (const message of messages) if (admits(message)) await proceed([message]);
  };
  await new Promise<void>((resolve, reject) => {
    client.onConnect.once(() => resolve());
    client.onError.once(reject);
    client.onClose.once(() => reject(new Error('the peer closed DTLS')));
    client.connect().catch(reject);
  });
  if (!matchesFingerprint(client.remoteCertificate, await promised)) {
    throw new Error('the DTLS certificate does not match the fingerprint in the signalling');
  }
  const { profile, local, remote } = exportKeys(client);
  return createMediaCiphers(profile, local, remote);
}

/** What both ends of a DTLS association derive SRTP from. */
export interface ExportedKeys {
  readonly profile: Profile;
  readonly local: MasterKeys;
  readonly remote: MasterKeys;
}

/** Takes the SRTP master keys of either end from the DTLS exporter (RFC 5764, 4.2). Throws when no profile was agreed. */
export function exportKeys(end: DtlsClient | DtlsServer): ExportedKeys {
  const profile = end.srtp.srtpProfile;
  if (!profile) throw new Error('the peer offers no SRTP profile of ours');
  const { key, salt } = keySizes(profile);
  const { localKey, localSalt, remoteKey, remoteSalt } = end.extractSessionKeys(key, salt);
  return {
    profile,
    local: { key: localKey, salt: localSalt },
    remote: { key: remoteKey, salt: remoteSalt },
  };
}
