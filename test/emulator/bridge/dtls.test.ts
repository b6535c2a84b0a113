import { beforeEach, describe, expect, it } from 'vitest';
import { DtlsServer } from 'werift';
import { type Certificate, createCertificate } from '../../../src/emulator/bridge/certificate.ts';
import { type DtlsHandshake, exportKeys, startDtls } from '../../../src/emulator/bridge/dtls.ts';
import { PROFILE } from '../../../src/emulator/bridge/srtp-keys.ts';
import { rtpPacket } from './packets.ts';

let ours: Certificate;
let theirs: Certificate;

beforeEach(async () => {
  [ours, theirs] = await Promise.all([createCertificate(), createCertificate()]);
});

/** What lies between both ends: answers what arrives in place of a datagram, any number of them. */
type Wire = (datagram: Buffer) => readonly Buffer[];

const WHOLE: Wire = datagram => [datagram];

/** Our client against werift's server, in memory; the server's certificate may differ from its key. */
function shake(shown: Certificate, key: Certificate, toUs: Wire = WHOLE, deadlineMs = 5000) {
  const transport = {
    type: 'udp',
    address: { address: '', port: 0, family: 'IPv4' },
    closed: false,
    onData: (_datagram: Buffer) => {},
    // Later, as over a network: both ends are in the middle of something when they send.
    send: async (datagram: Buffer) => {
      for (const arriving of toUs(datagram)) setImmediate(() => client.receive(arriving));
    },
    close: async () => {},
  };
  const server = new DtlsServer({
    cert: shown.certPem,
    key: key.keyPem,
    signatureHash: key.signatureHash,
    transport,
    srtpProfiles: [PROFILE.aeadAes128Gcm],
    certificateRequest: true,
    extendedMasterSecret: true,
  });
  const client: DtlsHandshake = startDtls({
    certificate: ours,
    send: datagram => setImmediate(() => transport.onData(datagram)),
    promised: Promise.resolve(shown.fingerprint),
    deadlineMs,
  });
  return { client, server };
}

const isHandshake = (datagram: Buffer) => datagram[0] === 22;
const epochOf = (datagram: Buffer) => datagram.readUInt16BE(3);

describe('a handshake', () => {
  it('ends in the same keys on both sides', async () => {
    const { client, server } = shake(theirs, theirs);
    const { srtp } = await client.ciphers;
    const { local, remote } = exportKeys(server);
    expect(local.key).not.toEqual(remote.key);
    expect(srtp.seal(rtpPacket(1, 1))).toHaveLength(rtpPacket(1, 1).length + 16);
  });

  it('fails when the server shows a certificate whose key it does not hold', async () => {
    const { client } = shake(theirs, await createCertificate(), WHOLE, 300);
    await expect(client.ciphers).rejects.toThrow('DTLS did not end within 300 ms');
  });

  it('fails when somebody else says Finished', async () => {
    const forge: Wire = datagram => {
      if (!isHandshake(datagram) || epochOf(datagram) === 0) return [datagram];
      const body = Buffer.concat([Buffer.from([20, 0, 0, 12, 0, 9, 0, 0, 0, 0, 0, 12]), Buffer.alloc(12, 7)]);
      const header = Buffer.from(datagram.subarray(0, 13));
      header.writeUInt16BE(0, 3);
      header.writeUInt16BE(body.length, 11);
      return [Buffer.concat([header, body])];
    };
    await expect(shake(theirs, theirs, forge, 300).client.ciphers).rejects.toThrow('did not end');
  });

  it('takes messages that come twice for one', async () => {
    await shake(theirs, theirs, datagram => [datagram, Buffer.from(datagram)]).client.ciphers;
  });

  it('survives garbage between its messages', async () => {
    const dirty: Wire = datagram => {
      const garbage = [1, 12, 13, 14, 60].map(bytes => Buffer.alloc(bytes, 22));
      const cut = datagram.subarray(0, datagram.length - 5);
      return isHandshake(datagram) && epochOf(datagram) === 0 ? [...garbage, cut, datagram] : [datagram];
    };
    await shake(theirs, theirs, dirty).client.ciphers;
  });

  it('is given up after 256 datagrams', async () => {
    let first = true;
    const flood: Wire = datagram => {
      const datagrams = first ? [...Array<Buffer>(256).fill(Buffer.alloc(1, 22)), datagram] : [datagram];
      first = false;
      return datagrams;
    };
    await expect(shake(theirs, theirs, flood, 300).client.ciphers).rejects.toThrow('did not end');
  });

  it('fails by its deadline when nobody promises a fingerprint', async () => {
    const transportless = startDtls({
      certificate: ours,
      send: () => {},
      promised: new Promise(() => {}),
      deadlineMs: 10,
    });
    await expect(transportless.ciphers).rejects.toThrow('did not end within 10 ms');
  });

  it('fails when the certificate is not the promised one', async () => {
    const { client } = shake({ ...theirs, fingerprint: ours.fingerprint }, theirs);
    await expect(client.ciphers).rejects.toThrow('does not match the fingerprint');
  });
});
