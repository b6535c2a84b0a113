import { createCipheriv } from 'node:crypto';

/** The protection profiles we take, by their DTLS number (RFC 5764, 4.1.2; RFC 7714, 14.2). */
export const PROFILE = { aeadAes128Gcm: 0x0007, aes128CmSha1: 0x0001 } as const;

/** Their names there. */
export const PROFILE_NAME = { 7: 'AEAD_AES_128_GCM', 1: 'AES128_CM_HMAC_SHA1_80' } as const;

export type Profile = (typeof PROFILE)[keyof typeof PROFILE];

/** What DTLS hands over for one direction (RFC 5764, 4.2). */
export interface MasterKeys {
  readonly key: Buffer;
  readonly salt: Buffer;
}

/** What protects one kind of packet in one direction. `auth` is for the profile that signs by HMAC. */
export interface SessionKeys {
  readonly key: Buffer;
  readonly salt: Buffer;
  readonly auth: Buffer;
}

/** Bytes of a master key, master salt and session salt. */
export function keySizes(profile: Profile): { readonly key: number; readonly salt: number } {
  return { key: 16, salt: profile === PROFILE.aeadAes128Gcm ? 12 : 14 };
}

const AUTH_KEY_BYTES = 20;
/** The first of three labels each: encryption, authentication, salt (RFC 3711, 4.3.2). */
const FIRST_LABEL = { rtp: 0, rtcp: 3 } as const;

/** Derives session keys from master keys, with a key derivation rate of 0 as DTLS-SRTP has it (RFC 3711, 4.3). */
export function deriveKeys(master: MasterKeys, kind: 'rtp' | 'rtcp'): SessionKeys {
  const first = FIRST_LABEL[kind];
  return {
    key: derive(master, first, master.key.length),
    auth: derive(master, first + 1, AUTH_KEY_BYTES),
    salt: derive(master, first + 2, master.salt.length),
  };
}

/** The label is xor'ed into the eighth byte of the salt; the last two bytes count blocks. A 12-byte salt is padded. */
function derive({ key, salt }: MasterKeys, label: number, bytes: number): Buffer {
  const iv = Buffer.alloc(16);
  salt.copy(iv);
  iv.writeUInt8(iv.readUInt8(7) ^ label, 7);
  return createCipheriv('aes-128-ctr', key, iv).update(Buffer.alloc(bytes));
}
