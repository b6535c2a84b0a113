import { describe, expect, it } from 'vitest';
import { answerCheck, checkedUfrag, xorAddress } from '../../../src/emulator/bridge/ice-lite.ts';
import {
  ATTRIBUTE,
  encodeStun,
  findAttribute,
  hasFingerprint,
  hasIntegrity,
  isStun,
  MESSAGE,
  parseStun,
} from '../../../src/emulator/bridge/stun.ts';

const hex = (text: string) => Buffer.from(text.replace(/\s/g, ''), 'hex');

/** RFC 5769, 2: the password of all its short-term vectors. */
const PASSWORD = 'VOkJxbRl1RmTxUk/WvJxBt';

const REQUEST = hex(`
  00010058 2112a442 b7e7a701 bc34d686 fa87dfae
  80220010 5354554e 20746573 7420636c 69656e74
  00240004 6e0001ff
  80290008 932ff9b1 51263b36
  00060009 6576746a 3a683676 59202020
  00080014 9aeaa70c bfd8cb56 781ef2b5 b2d3f249 c1b571a2
  80280004 e57a3bcf`);
const IPV4_RESPONSE = hex(`
  0101003c 2112a442 b7e7a701 bc34d686 fa87dfae
  8022000b 74657374 20766563 746f7220
  00200008 0001a147 e112a643
  00080014 2b91f599 fd9e90c3 8c7489f9 2af9ba53 f06be7d7
  80280004 c07d4c96`);
const IPV6_RESPONSE = hex(`
  01010048 2112a442 b7e7a701 bc34d686 fa87dfae
  8022000b 74657374 20766563 746f7220
  00200014 0002a147 0113a9fa a5d3f179 bc25f4b5 bed2b9d9
  00080014 a382954e 4be67bf1 1784c97c 8292c275 bfe3ed41
  80280004 c8fb0b4c`);

const read = (bytes: Buffer) => {
  const message = parseStun(bytes);
  if (!message) throw new Error('not STUN');
  return message;
};

describe('the vectors of RFC 5769', () => {
  it.each([
    ['2.1 request', REQUEST, MESSAGE.bindingRequest],
    ['2.2 IPv4 response', IPV4_RESPONSE, MESSAGE.bindingSuccess],
    ['2.3 IPv6 response', IPV6_RESPONSE, MESSAGE.bindingSuccess],
  ])('%s has its type, integrity and fingerprint', (_name, bytes, type) => {
    const message = read(bytes);
    expect(message.type).toBe(type);
    expect(message.transactionId.toString('hex')).toBe('b7e7a701bc34d686fa87dfae');
    expect(hasIntegrity(bytes, message, PASSWORD)).toBe(true);
    expect(hasFingerprint(bytes, message)).toBe(true);
  });

  it('names the ufrag that the request is for', () => {
    expect(checkedUfrag(REQUEST)).toBe('evtj');
  });

  it.each([
    ['192.0.2.1', IPV4_RESPONSE],
    ['2001:db8:1234:5678:11:2233:4455:6677', IPV6_RESPONSE],
  ])('writes the mapped address %s as the vector has it', (address, response) => {
    const message = read(response);
    const expected = findAttribute(message, ATTRIBUTE.xorMappedAddress)?.value;
    expect(xorAddress({ address, port: 32853 }, message.transactionId)).toEqual(expected);
  });
});

describe('a STUN message', () => {
  const transactionId = Buffer.alloc(12, 7);

  it('is written so that it reads back, signed', () => {
    const value = Buffer.from('odd length!');
    const bytes = encodeStun(MESSAGE.bindingSuccess, transactionId, [[ATTRIBUTE.username, value]], 'secret');
    const message = read(bytes);
    expect(findAttribute(message, ATTRIBUTE.username)?.value).toEqual(value);
    expect(hasIntegrity(bytes, message, 'secret')).toBe(true);
    expect(hasIntegrity(bytes, message, 'other')).toBe(false);
    expect(hasFingerprint(bytes, message)).toBe(true);
  });

  it.each([...REQUEST.keys()].filter(i => i >= 8))('does not survive a change of byte %i', i => {
    const bytes = Buffer.from(REQUEST);
    bytes.writeUInt8(bytes.readUInt8(i) ^ 1, i);
    const message = parseStun(bytes);
    expect(message !== null && hasIntegrity(bytes, message, PASSWORD) && hasFingerprint(bytes, message)).toBe(
      false,
    );
  });

  it.each([
    ['nothing', Buffer.alloc(0)],
    ['a header cut short', REQUEST.subarray(0, 19)],
    ['a body cut short', REQUEST.subarray(0, 60)],
    [
      'an attribute longer than the message',
      hex('00010008 2112a442 000000000000000000000000 00060100 00000000'),
    ],
    ['another cookie', Buffer.concat([REQUEST.subarray(0, 4), Buffer.alloc(4), REQUEST.subarray(8)])],
    ['an RTP packet', hex('80640001 00000000 00000001 00000000 00000000')],
  ])('is not seen in %s', (_name, bytes) => {
    expect(parseStun(bytes)).toBeNull();
    expect(checkedUfrag(bytes)).toBeNull();
  });

  it('is told from media by its first byte', () => {
    expect([
      isStun(Buffer.from([0])),
      isStun(Buffer.from([3])),
      isStun(Buffer.from([4])),
      isStun(Buffer.alloc(0)),
    ]).toEqual([true, true, false, false]);
  });
});

describe('a connectivity check', () => {
  const credentials = { ufrag: 'local', pwd: 'password' };
  const remote = { address: '127.0.0.1', port: 50_000 };
  const transactionId = Buffer.alloc(12, 9);
  const username: [number, Buffer] = [ATTRIBUTE.username, Buffer.from('local:remote')];
  const check = (pwd: string, ...attributes: Array<[number, Buffer]>) =>
    encodeStun(MESSAGE.bindingRequest, transactionId, [username, ...attributes], pwd);

  it('is answered with the address it came from', () => {
    const answer = answerCheck(check('password'), remote, credentials);
    const response = answer?.response ?? Buffer.alloc(0);
    expect(answer?.valid).toBe(true);
    expect(read(response).type).toBe(MESSAGE.bindingSuccess);
    expect(findAttribute(read(response), ATTRIBUTE.xorMappedAddress)?.value).toEqual(
      xorAddress(remote, transactionId),
    );
    expect(hasIntegrity(response, read(response), 'password')).toBe(true);
  });

  it('says whether it nominates the address it came from', () => {
    const nominating = check('password', [ATTRIBUTE.useCandidate, Buffer.alloc(0)]);
    expect(answerCheck(nominating, remote, credentials)?.nominates).toBe(true);
    expect(answerCheck(check('password'), remote, credentials)?.nominates).toBe(false);
  });

  it.each([
    ['IPv4', remote],
    ['IPv6', { address: 'fe80::1%eth0', port: 50_000 }],
  ])('over %s is never answered with more bytes than it had', (_name, from) => {
    for (let bytes = 0; bytes < 40; bytes++) {
      const name: [number, Buffer] = [ATTRIBUTE.username, Buffer.alloc(bytes)];
      for (const role of [[], [[ATTRIBUTE.iceControlled, Buffer.alloc(8)] as [number, Buffer]]]) {
        const datagram = encodeStun(MESSAGE.bindingRequest, transactionId, [name, ...role], 'password');
        const response = answerCheck(datagram, from, credentials)?.response ?? Buffer.alloc(0);
        expect(response.length).toBeLessThanOrEqual(datagram.length);
      }
    }
    // Chrome's checks have a name, a priority and a role: they are long enough.
    expect(answerCheck(REQUEST, from, { ufrag: 'evtj', pwd: PASSWORD })).not.toBeNull();
  });

  it('makes a controlled browser take the other role', () => {
    const answer = answerCheck(
      check('password', [ATTRIBUTE.iceControlled, Buffer.alloc(8)]),
      remote,
      credentials,
    );
    expect(answer?.valid).toBe(false);
    const error = findAttribute(read(answer?.response ?? Buffer.alloc(0)), ATTRIBUTE.errorCode)?.value;
    expect(error?.subarray(0, 4)).toEqual(Buffer.from([0, 0, 4, 87]));
  });

  it.each([
    ['a wrong password', check('guess')],
    ['no signature', REQUEST.subarray(0, 20)],
    ['a response', encodeStun(MESSAGE.bindingSuccess, transactionId, [username], 'password')],
  ])('with %s is met with silence', (_name, datagram) => {
    expect(answerCheck(datagram, remote, credentials)).toBeNull();
  });
});
