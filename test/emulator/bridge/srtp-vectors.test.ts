import { describe, expect, it } from 'vitest';
import { createSrtcpReceiver, createSrtcpSender } from '../../../src/emulator/bridge/srtcp.ts';
import { createSrtpReceiver, createSrtpSender } from '../../../src/emulator/bridge/srtp.ts';
import { createCm } from '../../../src/emulator/bridge/srtp-cm.ts';
import { createGcm } from '../../../src/emulator/bridge/srtp-gcm.ts';
import { deriveKeys } from '../../../src/emulator/bridge/srtp-keys.ts';

const hex = (text: string) => Buffer.from(text.replace(/\s/g, ''), 'hex');

/** RFC 3711, B.3; libsrtp's own packet vectors are made with the same master key. */
const MASTER = { key: hex('e1f97a0d3e018be0d64fa32c06de4139'), salt: hex('0ec675ad498afeebb6960b3aabe6') };

describe('RFC 3711', () => {
  it('B.3: derives the session keys from the master key', () => {
    const keys = deriveKeys(MASTER, 'rtp');
    expect(keys.key).toEqual(hex('c61e7a93744f39ee10734afe3ff7a087'));
    expect(keys.salt).toEqual(hex('30cbbc08863d8c85d49db34a9ae1'));
    expect(keys.auth).toEqual(hex('cebe321f6ff7716b6fd4ab49af256a156d38baa4'));
  });

  it('B.2: makes the key stream of AES in counter mode', () => {
    const key = hex('2b7e151628aed2a6abf7158809cf4f3c');
    const salt = hex('f0f1f2f3f4f5f6f7f8f9fafbfcfd');
    const packet = Buffer.alloc(12 + 48);
    packet.writeUInt8(0x80);
    // SSRC 0 and index 0, as the vector has it, leave the salt as the counter's beginning.
    const sealed = createCm({ key, salt, auth: Buffer.alloc(20) }).sealRtp(packet, 12, 0);
    expect(sealed.subarray(12, 60)).toEqual(
      hex(
        'e03ead0935c95e80e166b16dd92b4eb4 d23513162b02d0f72a43a2fe4a5f97ab 41e95b3bb0a2e8dd477901e4fca894c0',
      ),
    );
  });
});

interface Vector {
  readonly plain: Buffer;
  readonly sealed: Buffer;
}

/** Seals and opens through the real state machines, which start at index 0. */
function expectRtp(transform: ReturnType<typeof createGcm>, { plain, sealed }: Vector) {
  expect(createSrtpSender(transform).seal(plain)).toEqual(sealed);
  expect(createSrtpReceiver(transform).open(Buffer.from(sealed))).toEqual(plain);
}

function expectRtcp(transform: ReturnType<typeof createGcm>, index: number, { plain, sealed }: Vector) {
  expect(createSrtcpSender(transform, index).seal(plain)).toEqual(sealed);
  expect(createSrtcpReceiver(transform).open(Buffer.from(sealed))).toEqual(plain);
}

describe('RFC 7714, AEAD_AES_128_GCM', () => {
  const transform = createGcm({
    key: hex('000102030405060708090a0b0c0d0e0f'),
    salt: hex('517569642070726f2071756f'),
  });

  it('16.1: SRTP', () => {
    expectRtp(transform, {
      plain: hex(`8040f17b 8041f8d3 5501a0b2 47616c6c 69612065 7374206f
        6d6e6973 20646976 69736120 696e2070 61727465 73207472 6573`),
      sealed: hex(`8040f17b 8041f8d3 5501a0b2 f24de3a3 fb34de6c acba861c 9d7e4bca be633bd5 0d294e6f
        42a5f47a 51c7d19b 36de3adf 8833899d 7f27beb1 6a9152cf 765ee439 0cce`),
    });
  });

  it('17.1: SRTCP', () => {
    expectRtcp(transform, 0x5d4, {
      plain: hex(`81c8000d 4d617273 4e545031 4e545032 52545020 0000042a 0000e930
        4c756e61 deadbeef deadbeef deadbeef deadbeef deadbeef`),
      sealed: hex(`81c8000d 4d617273 63e94885 dcdab67c a727d766 2f6b7e99 7ff5c0f7
        6c06f32d c676a5f1 730d6fda 4ce09b46 86303ded 0bb9275b
        c84aa458 96cf4d2f c5abf872 45d9eade 800005d4`),
    });
  });
});

describe("libsrtp's packets, AES_CM_128_HMAC_SHA1_80", () => {
  it('SRTP', () => {
    expectRtp(createCm(deriveKeys(MASTER, 'rtp')), {
      plain: hex('800f1234 decafbad cafebabe abababab abababab abababab abababab'),
      sealed: hex('800f1234 decafbad cafebabe 4e55dc4c e79978d8 8ca4d215 949d2402 b78d6acc 99ea179b 8dbb'),
    });
  });

  it('SRTCP', () => {
    expectRtcp(createCm(deriveKeys(MASTER, 'rtcp')), 1, {
      plain: hex('81c8000b cafebabe abababab abababab abababab abababab'),
      sealed: hex('81c8000b cafebabe 7128035b e487b9bd bef89041 f977a5a8 80000001 993e08cd 54d6c1230798'),
    });
  });
});
