import { beforeEach, describe, expect, it } from 'vitest';
import { RtpHeader, SrtcpSession, SrtpSession } from 'werift';
import { encodePli, encodeReceiverReport } from '../../../src/emulator/bridge/rtcp-writer.ts';
import { createSrtcpSender } from '../../../src/emulator/bridge/srtcp.ts';
import { createGcm } from '../../../src/emulator/bridge/srtp-gcm.ts';
import { deriveKeys, type MasterKeys, PROFILE } from '../../../src/emulator/bridge/srtp-keys.ts';
import { createMediaCiphers, type MediaCiphers } from '../../../src/emulator/bridge/srtp-session.ts';
import { randomKeys, rtpPacket } from './packets.ts';

/** With contributing sources and a header extension, as Chrome's have. */
const EXTENDED = Buffer.concat([
  Buffer.from([0x91, 0xe4, 0, 7, 0, 0, 0, 9, 0, 0, 0, 10, 0, 0, 0, 11, 0xbe, 0xde, 0, 1, 0x10, 0x85, 0, 0]),
  Buffer.from('voice'),
]);
const REPORT = encodeReceiverReport(10, [
  { source: 20, fractionLost: 7, lost: 7, highest: 7, jitter: 7, lastReport: 7, delay: 7 },
]);

describe.each([
  ['AEAD_AES_128_GCM', PROFILE.aeadAes128Gcm],
  ['AES_CM_128_HMAC_SHA1_80', PROFILE.aes128CmSha1],
] as const)('%s', (_name, profile) => {
  let [local, remote]: MasterKeys[] = [];
  let sender: MediaCiphers;
  let receiver: MediaCiphers;
  let stock: { srtp: SrtpSession; srtcp: SrtcpSession };

  beforeEach(() => {
    local = randomKeys(profile);
    remote = randomKeys(profile);
    sender = createMediaCiphers(profile, local, remote);
    receiver = createMediaCiphers(profile, remote, local);
    const keys = {
      localMasterKey: remote.key,
      localMasterSalt: remote.salt,
      remoteMasterKey: local.key,
      remoteMasterSalt: local.salt,
    };
    stock = { srtp: new SrtpSession({ keys, profile }), srtcp: new SrtcpSession({ keys, profile }) };
  });

  const sealed = (packet: Buffer) => {
    const datagram = sender.srtp.seal(packet);
    if (!datagram) throw new Error('not sealed');
    return datagram;
  };
  const sealedRtcp = (compound: Buffer) => {
    const datagram = sender.srtcp.seal(compound);
    if (!datagram) throw new Error('not sealed');
    return datagram;
  };
  const arrives = (sequence: number) => receiver.srtp.open(sealed(rtpPacket(10, sequence)));

  it('seals what werift opens, and opens what it seals, across a roll-over of sequence numbers', () => {
    for (const sequence of [1, 30_000, 60_000, 65_535, 0, 1]) {
      const packet = rtpPacket(10, sequence, `packet ${sequence}`);
      expect(stock.srtp.decrypt(sealed(packet))).toEqual(packet);
      const theirs = stock.srtp.encrypt(packet.subarray(12), RtpHeader.deSerialize(packet));
      expect(sender.srtp.open(theirs)).toEqual(packet);
    }
  });

  it('seals and opens RTCP as werift does', () => {
    for (const compound of [REPORT, Buffer.concat([REPORT, encodePli(10, 20)])]) {
      expect(stock.srtcp.decrypt(sealedRtcp(compound))).toEqual(compound);
      expect(sender.srtcp.open(stock.srtcp.encrypt(compound))).toEqual(compound);
    }
  });

  it('leaves header extensions readable and everything as it was', () => {
    const datagram = sealed(EXTENDED);
    expect(datagram.subarray(0, 24)).toEqual(EXTENDED.subarray(0, 24));
    expect(datagram.subarray(24, 29)).not.toEqual(EXTENDED.subarray(24));
    expect(receiver.srtp.open(datagram)).toEqual(EXTENDED);
  });

  it('takes packets and payloads of any length up to the limit', () => {
    for (let bytes = 0; bytes < 1500; bytes += bytes < 70 ? 1 : 61) {
      const packet = rtpPacket(10, bytes, Buffer.alloc(bytes, bytes));
      expect(receiver.srtp.open(sealed(packet))).toEqual(packet);
    }
    const longest = 2048 - (sealed(rtpPacket(10, 2000)).length - rtpPacket(10, 2000).length);
    expect(receiver.srtp.open(sealed(rtpPacket(10, 2001, Buffer.alloc(longest - 12))))).not.toBeNull();
    expect(sender.srtp.seal(rtpPacket(10, 2002, Buffer.alloc(longest - 11)))).toBeNull();
  });

  it('refuses a packet with any one bit changed, and still takes the genuine one', () => {
    const datagram = sealed(EXTENDED);
    for (let bit = 0; bit < datagram.length * 8; bit++) {
      const forged = Buffer.from(datagram);
      forged.writeUInt8(forged.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3);
      expect(receiver.srtp.open(forged)).toBeNull();
    }
    expect(receiver.srtp.open(datagram)).toEqual(EXTENDED);
  });

  it('refuses an RTCP packet with any one bit changed, and still takes the genuine one', () => {
    const datagram = sealedRtcp(REPORT);
    for (let bit = 0; bit < datagram.length * 8; bit++) {
      const forged = Buffer.from(datagram);
      forged.writeUInt8(forged.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3);
      expect(receiver.srtcp.open(forged)).toBeNull();
    }
    expect(receiver.srtcp.open(datagram)).toEqual(REPORT);
  });

  it('leaves a forged packet as it was', () => {
    const forged = sealed(EXTENDED);
    forged.writeUInt8(forged.readUInt8(26) ^ 1, 26);
    const before = Buffer.from(forged);
    receiver.srtp.open(forged);
    expect(forged).toEqual(before);
  });

  it('takes each packet once', () => {
    const datagram = sealed(rtpPacket(10, 1));
    const replayed = Buffer.from(datagram);
    expect(receiver.srtp.open(datagram)).not.toBeNull();
    expect(receiver.srtp.open(replayed)).toBeNull();
    const report = sealedRtcp(REPORT);
    const again = Buffer.from(report);
    expect(receiver.srtcp.open(report)).not.toBeNull();
    expect(receiver.srtcp.open(again)).toBeNull();
  });

  it('takes late packets once, down to 1023 behind the latest', () => {
    const late = [2, 3, 4].map(sequence => sealed(rtpPacket(10, sequence)));
    expect(arrives(1)).not.toBeNull();
    expect(arrives(1026)).not.toBeNull();
    const copies = late.map(datagram => Buffer.from(datagram));
    expect(late.map(datagram => receiver.srtp.open(datagram) !== null)).toEqual([false, true, true]);
    expect(copies.map(datagram => receiver.srtp.open(datagram))).toEqual([null, null, null]);
  });

  it('seals no number twice, unless the caller says that the packet is the same', () => {
    const first = sealed(rtpPacket(10, 1, 'first'));
    sealed(rtpPacket(10, 3, 'third'));
    for (const sequence of [1, 3]) expect(sender.srtp.seal(rtpPacket(10, sequence, 'other'))).toBeNull();
    expect(sender.srtp.seal(rtpPacket(10, 1, 'first'), true)).toEqual(first);
    expect(receiver.srtp.open(sealed(rtpPacket(10, 2, 'second')))).not.toBeNull();
    expect(receiver.srtp.open(sealed(rtpPacket(11, 1, 'of another')))).not.toBeNull();
  });

  it('finds late packets from before a roll-over', () => {
    for (const sequence of [20_000, 40_000, 65_000]) expect(arrives(sequence)).not.toBeNull();
    const late = sealed(rtpPacket(10, 65_535));
    expect(arrives(0)).not.toBeNull();
    expect(arrives(5)).not.toBeNull();
    expect(receiver.srtp.open(late)).toEqual(rtpPacket(10, 65_535));
    expect(receiver.srtp.open(sealed(rtpPacket(10, 65_534)))).toEqual(rtpPacket(10, 65_534));
  });

  it('drops what seems to be from before the stream began', () => {
    expect(arrives(3)).not.toBeNull();
    expect(sender.srtp.seal(rtpPacket(10, 65_535))).toBeNull();
    const other = createMediaCiphers(profile, local as MasterKeys, remote as MasterKeys);
    const early = other.srtp.seal(rtpPacket(10, 65_535));
    expect(early && receiver.srtp.open(early)).toBeNull();
  });

  it('does not mix streams up', () => {
    expect(receiver.srtp.open(sealed(rtpPacket(10, 7)))).not.toBeNull();
    expect(receiver.srtp.open(sealed(rtpPacket(11, 7)))).not.toBeNull();
  });

  it('keeps count of the roll-overs of a source that nobody wants', () => {
    const rounds = 3 * 65_536;
    for (let index = 100; index < rounds; index += 1000) {
      receiver.srtp.follow(sealed(rtpPacket(10, index % 65_536)));
    }
    expect(receiver.srtp.open(sealed(rtpPacket(10, 500)))).toEqual(rtpPacket(10, 500));
  });

  it('loses a source that jumps by more than half a round unseen: nobody can tell its roll-over', () => {
    expect(arrives(1)).not.toBeNull();
    for (const sequence of [30_000, 60_000, 10_000]) sealed(rtpPacket(10, sequence));
    expect(arrives(20_000)).toBeNull();
  });

  it('opens 512 sources for one peer and no more, and none for a forger', () => {
    for (let ssrc = 1; ssrc <= 600; ssrc++) {
      const forged = sealed(rtpPacket(ssrc, 1));
      forged.writeUInt8(forged.readUInt8(13) ^ 1, 13);
      expect(receiver.srtp.open(forged)).toBeNull();
    }
    const opened = (ssrc: number) => receiver.srtp.open(sealed(rtpPacket(ssrc, 2))) !== null;
    for (let ssrc = 1; ssrc <= 512; ssrc++) expect(opened(ssrc)).toBe(true);
    expect(opened(513)).toBe(false);
    const reported = (ssrc: number) => receiver.srtcp.open(sealedRtcp(encodePli(ssrc, 1))) !== null;
    for (let ssrc = 1; ssrc <= 512; ssrc++) expect(reported(ssrc)).toBe(true);
    expect(reported(513)).toBe(false);
  });

  it.each([
    ['nothing', Buffer.alloc(0)],
    ['a header only', rtpPacket(10, 1, '')],
    ['another version', Buffer.concat([Buffer.from([0x40]), rtpPacket(10, 1).subarray(1), Buffer.alloc(40)])],
    [
      'missing contributing sources',
      Buffer.concat([Buffer.from([0x8f]), rtpPacket(10, 1, 'four').subarray(1)]),
    ],
    ['a missing extension', Buffer.concat([Buffer.from([0x90]), rtpPacket(10, 1, '').subarray(1)])],
    [
      'an extension beyond the end',
      Buffer.concat([Buffer.from([0x90]), rtpPacket(10, 1, '\xff\xff\xff\xff').subarray(1)]),
    ],
    ['too many bytes', rtpPacket(10, 1, Buffer.alloc(4000))],
  ])('passes over %s', (_what, bytes) => {
    expect(receiver.srtp.open(Buffer.from(bytes))).toBeNull();
    expect(receiver.srtcp.open(Buffer.from(bytes))).toBeNull();
    receiver.srtp.follow(Buffer.from(bytes));
  });

  it('does not seal what is no packet', () => {
    expect(sender.srtp.seal(Buffer.from('short'))).toBeNull();
    expect(sender.srtcp.seal(Buffer.from('short'))).toBeNull();
    expect(sender.srtcp.seal(Buffer.alloc(2048))).toBeNull();
  });

  it('refuses RTCP in the clear', () => {
    const datagram = sealedRtcp(REPORT);
    const at = datagram.length - (profile === PROFILE.aeadAes128Gcm ? 4 : 14);
    expect(datagram.readUInt32BE(at)).toBe(0x8000_0000);
    datagram.writeUInt32BE(0, at);
    expect(receiver.srtcp.open(datagram)).toBeNull();
  });
});

it('sends no RTCP when its 31 bits of index are used up', () => {
  const transform = createGcm(deriveKeys(randomKeys(PROFILE.aeadAes128Gcm), 'rtcp'));
  const sender = createSrtcpSender(transform, 2 ** 31 - 1);
  expect(sender.seal(REPORT)?.readUInt32BE(REPORT.length + 16)).toBe(0xffff_ffff);
  expect(sender.seal(REPORT)).toBeNull();
});
