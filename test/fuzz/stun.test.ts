import { answerCheck, checkedUfrag } from '../../src/emulator/bridge/ice-lite.ts';
import { ATTRIBUTE, encodeStun, MESSAGE, parseStun } from '../../src/emulator/bridge/stun.ts';
import { fuzz } from './fuzz.ts';
import { spoiltBytes } from './mutations.ts';

const CREDENTIALS = { ufrag: 'local', pwd: 'password' };
const USERNAME = [ATTRIBUTE.username, Buffer.from('local:remote')] as const;
const request = (...attributes: Array<readonly [number, Buffer]>) =>
  encodeStun(MESSAGE.bindingRequest, Buffer.alloc(12, 5), [USERNAME, ...attributes], CREDENTIALS.pwd);

const datagrams = spoiltBytes([
  request(),
  request([ATTRIBUTE.useCandidate, Buffer.alloc(0)]),
  request([ATTRIBUTE.iceControlled, Buffer.alloc(8)]),
  encodeStun(MESSAGE.bindingSuccess, Buffer.alloc(12), [], CREDENTIALS.pwd),
]);

fuzz('STUN, read', datagrams, datagram => parseStun(datagram));
fuzz('STUN, as a check', datagrams, datagram => {
  checkedUfrag(datagram);
  const answer = answerCheck(datagram, { address: '127.0.0.1', port: 9 }, CREDENTIALS);
  // Nobody may use us to send more than was sent to us.
  if (answer && answer.response.length > 2 * datagram.length) throw new Error('amplified');
});
