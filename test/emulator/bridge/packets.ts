import { randomBytes } from 'node:crypto';
import type { MasterKeys, Profile } from '../../../src/emulator/bridge/srtp-keys.ts';
import { keySizes } from '../../../src/emulator/bridge/srtp-keys.ts';

/** A plain RTP packet of payload type 100. */
export function rtpPacket(ssrc: number, sequence: number, payload: string | Buffer = 'payload'): Buffer {
  const header = Buffer.alloc(12);
  header.writeUInt8(0x80);
  header.writeUInt8(100, 1);
  header.writeUInt16BE(sequence, 2);
  header.writeUInt32BE(1, 4);
  header.writeUInt32BE(ssrc, 8);
  return Buffer.concat([header, Buffer.from(payload)]);
}

export function randomKeys(profile: Profile): MasterKeys {
  const { key, salt } = keySizes(profile);
  return { key: randomBytes(key), salt: randomBytes(salt) };
}
