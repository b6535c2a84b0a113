import { isIPv4 } from 'node:net';
import {
  ATTRIBUTE,
  encodeStun,
  findAttribute,
  hasFingerprint,
  hasIntegrity,
  MESSAGE,
  parseStun,
} from './stun.ts';

/** An ICE-lite agent (RFC 8445, 2.5): it has host candidates only, never sends checks, and answers them. */

export interface IceCredentials {
  readonly ufrag: string;
  readonly pwd: string;
}

export interface RemoteAddress {
  readonly address: string;
  readonly port: number;
  /** Our own address that it sent to. Answers leave from there, or ICE would take them for somebody else's. */
  readonly via?: string;
}

export interface CheckAnswer {
  readonly response: Buffer;
  /** The sender proved that it knows our password and may be sent media to. */
  readonly valid: boolean;
  /** It chose the address it sent from for media (RFC 8445, 7.1.2). */
  readonly nominates: boolean;
}

/** The ufrag a connectivity check is addressed to: the part of USERNAME before the colon (RFC 8445, 7.2.2). */
export function checkedUfrag(datagram: Buffer): string | null {
  const message = parseStun(datagram);
  if (message?.type !== MESSAGE.bindingRequest) return null;
  const username = findAttribute(message, ATTRIBUTE.username)?.value.toString('utf8');
  return username?.split(':', 1)[0] ?? null;
}

/**
 * Answers a connectivity check; null when it must be met with silence: anything that is not a binding request
 * signed with our password. Silence rather than an error, so that nobody can use us to send packets elsewhere, and
 * never an answer longer than the check, so that a forged sender address gains nothing.
 */
export function answerCheck(
  datagram: Buffer,
  remote: RemoteAddress,
  credentials: IceCredentials,
): CheckAnswer | null {
  const message = parseStun(datagram);
  if (message?.type !== MESSAGE.bindingRequest) return null;
  if (!hasFingerprint(datagram, message) || !hasIntegrity(datagram, message, credentials.pwd)) return null;
  // The browser answered our offer, so it may think it is controlled; a lite agent cannot nominate. 487 makes it
  // switch roles (RFC 8445, 7.3.1.1).
  const valid = findAttribute(message, ATTRIBUTE.iceControlled) === undefined;
  const { transactionId } = message;
  const response = valid
    ? encodeStun(MESSAGE.bindingSuccess, transactionId, [mapped(remote, transactionId)], credentials.pwd)
    : encodeStun(MESSAGE.bindingError, transactionId, [ROLE_CONFLICT], credentials.pwd);
  if (response.length > datagram.length) return null;
  return { response, valid, nominates: findAttribute(message, ATTRIBUTE.useCandidate) !== undefined };
}

const mapped = (remote: RemoteAddress, transactionId: Buffer) =>
  [ATTRIBUTE.xorMappedAddress, xorAddress(remote, transactionId)] as const;

const ROLE_CONFLICT = [
  ATTRIBUTE.errorCode,
  Buffer.concat([Buffer.from([0, 0, 4, 87]), Buffer.from('Role Conflict')]),
] as const;

/** XOR-MAPPED-ADDRESS (RFC 8489, 14.2): the address xor'ed with the cookie and the transaction id. */
export function xorAddress({ address, port }: RemoteAddress, transactionId: Buffer): Buffer {
  const mask = Buffer.concat([Buffer.from([0x21, 0x12, 0xa4, 0x42]), transactionId]);
  const bytes = isIPv4(address) ? ipv4Bytes(address) : ipv6Bytes(address);
  const value = Buffer.alloc(4 + bytes.length);
  value[1] = bytes.length === 4 ? 1 : 2;
  value.writeUInt16BE(port ^ mask.readUInt16BE(0), 2);
  for (const [i, byte] of bytes.entries()) value.writeUInt8(byte ^ mask.readUInt8(i), 4 + i);
  return value;
}

function ipv4Bytes(address: string): number[] {
  return address.split('.').map(Number);
}

function ipv6Bytes(address: string): number[] {
  // A link-local address ends in its interface (`fe80::1%eth0`), which is not on the wire.
  const [bare = ''] = address.split('%');
  const [head = '', tail = ''] = bare.split('::');
  const left = head === '' ? [] : head.split(':');
  const right = tail === '' ? [] : tail.split(':');
  const groups = [...left, ...Array<string>(8 - left.length - right.length).fill('0'), ...right];
  return groups.map(group => Number.parseInt(group, 16)).flatMap(group => [group >> 8, group & 0xff]);
}
