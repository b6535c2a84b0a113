import { createSrtcpReceiver, createSrtcpSender, type SrtcpReceiver, type SrtcpSender } from './srtcp.ts';
import { createSrtpReceiver, createSrtpSender, type SrtpReceiver, type SrtpSender } from './srtp.ts';
import { createCm } from './srtp-cm.ts';
import { createGcm } from './srtp-gcm.ts';
import { deriveKeys, type MasterKeys, PROFILE, type Profile } from './srtp-keys.ts';
import type { Transform } from './srtp-packet.ts';

/** Encrypts and decrypts one endpoint's media (RFC 3711, RFC 7714). */
export interface MediaCiphers {
  readonly profile: Profile;
  readonly srtp: SrtpSender & SrtpReceiver;
  readonly srtcp: SrtcpSender & SrtcpReceiver;
}

/** Sets up both directions from what DTLS agreed on. */
export function createMediaCiphers(profile: Profile, local: MasterKeys, remote: MasterKeys): MediaCiphers {
  const transform = (master: MasterKeys, kind: 'rtp' | 'rtcp'): Transform => {
    const keys = deriveKeys(master, kind);
    return profile === PROFILE.aeadAes128Gcm ? createGcm(keys) : createCm(keys);
  };
  return {
    profile,
    srtp: { ...createSrtpSender(transform(local, 'rtp')), ...createSrtpReceiver(transform(remote, 'rtp')) },
    srtcp: {
      ...createSrtcpSender(transform(local, 'rtcp')),
      ...createSrtcpReceiver(transform(remote, 'rtcp')),
    },
  };
}
