import { createHash, createHmac, timingSafeEqual, verify, X509Certificate } from 'node:crypto';
import type { DtlsClient } from 'werift';

/** One whole handshake message, as werift hands it over. */
type HandshakeMessage = Parameters<DtlsClient['onHandleHandshakes']>[0][number];

/** Handshake message types (RFC 6347, 4.3.2; RFC 5246, 7.4). */
const TYPE = {
  serverHello: 2,
  helloVerifyRequest: 3,
  certificate: 11,
  serverKeyExchange: 12,
  certificateRequest: 13,
  serverHelloDone: 14,
  finished: 20,
} as const;

const RANDOM_BYTES = 32;
/** SHA-256 with RSA or ECDSA: what our hello offers (RFC 5246, 7.4.1.4.1). */
const SIGNATURES: readonly number[] = [0x0401, 0x0403];

/**
 * Stands before werift's DTLS client and makes the server prove what werift takes on trust: that it holds the key of
 * the certificate it shows (its signature of the key exchange, RFC 8422, 5.4) and that nobody changed the handshake on
 * its way (Finished, RFC 5246, 7.4.9). Without both, a certificate with the right fingerprint proves nothing: it is
 * public. Answers for each message whether werift may see it; each counts once and in its order, so that what was
 * proven is what is used.
 */
export function createServerProof(client: DtlsClient): (message: HandshakeMessage) => boolean {
  const seen = new Set<number>();
  let serverRandom: Buffer | null = null;
  let certificate: X509Certificate | null = null;

  const once = (type: number, ready: boolean): boolean => {
    if (!ready || seen.has(type)) return false;
    seen.add(type);
    return true;
  };
  const signed = (exchange: Buffer): boolean => {
    if (!serverRandom || !certificate) return false;
    const paramsEnd = 4 + exchange.readUInt8(3);
    const signature = exchange.subarray(paramsEnd + 4);
    if (!SIGNATURES.includes(exchange.readUInt16BE(paramsEnd))) return false;
    if (signature.length !== exchange.readUInt16BE(paramsEnd + 2)) return false;
    const clientRandom = client.cipher.localRandom.serialize();
    const content = Buffer.concat([clientRandom, serverRandom, exchange.subarray(0, paramsEnd)]);
    return verify('sha256', content, certificate.publicKey, signature);
  };
  const finished = (verifyData: Buffer): boolean => {
    const { masterSecret } = client.cipher;
    if (!masterSecret) return false;
    const transcript = Buffer.concat(client.dtls.sortedHandshakeCache.map(message => message.serialize()));
    const expected = serverVerifyData(masterSecret, transcript);
    return verifyData.length === expected.length && timingSafeEqual(verifyData, expected);
  };
  const admits = ({ msg_type: type, fragment }: HandshakeMessage): boolean => {
    switch (type) {
      case TYPE.helloVerifyRequest:
        return once(type, !serverRandom);
      case TYPE.serverHello:
        if (fragment.length < 2 + RANDOM_BYTES || !once(type, true)) return false;
        serverRandom = Buffer.from(fragment.subarray(2, 2 + RANDOM_BYTES));
        return true;
      case TYPE.certificate:
        if (!serverRandom || certificate) return false;
        certificate = new X509Certificate(firstCertificate(fragment));
        return true;
      case TYPE.serverKeyExchange:
        return !seen.has(type) && signed(fragment) && once(type, true);
      case TYPE.certificateRequest:
        return once(type, serverRandom !== null);
      case TYPE.serverHelloDone:
        return seen.has(TYPE.serverKeyExchange);
      case TYPE.finished:
        return !seen.has(type) && finished(fragment) && once(type, true);
      default:
        return false;
    }
  };
  return message => {
    try {
      return admits(message);
    } catch {
      // Malformed: DTLS drops what makes no sense and waits for the genuine message (RFC 6347, 4.1.2.7).
      return false;
    }
  };
}

/** The peer's own certificate: the first of the list, behind two lengths of three bytes (RFC 5246, 7.4.2). */
function firstCertificate(list: Buffer): Buffer {
  return list.subarray(6, 6 + list.readUIntBE(3, 3));
}

/** What the server's Finished says: a keyed hash over all messages before it (RFC 5246, 7.4.9 and 5). */
function serverVerifyData(masterSecret: Buffer, transcript: Buffer): Buffer {
  const seed = Buffer.concat([
    Buffer.from('server finished'),
    createHash('sha256').update(transcript).digest(),
  ]);
  const sign = (data: Buffer) => createHmac('sha256', masterSecret).update(data).digest();
  return sign(Buffer.concat([sign(seed), seed])).subarray(0, 12);
}
