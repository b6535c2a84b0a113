import { describe, expect, it } from 'vitest';
import { explainIce } from '../../../src/smoke/explain/explain-ice.ts';
import { connectionWith } from '../evidence/samples.ts';

const here = { id: 'l', type: 'host', protocol: 'udp', address: '10.0.0.2', port: 5000 };
const there = { id: 'r', type: 'host', protocol: 'udp', address: '127.0.0.1', port: 41223 };
const pair = {
  ...{ local: 'l', remote: 'r', state: 'failed', nominated: false, bytes: 0, roundTrip: null },
  ...{ requestsSent: 7, responsesReceived: 0 },
};
const stuck = { state: 'connecting', ice: 'checking', local: [here], remote: [there], pairs: [pair] };

describe('the reason why ICE found no way', () => {
  it.each([
    ['it did', { state: 'connected' }, null],
    ['DTLS', { ice: 'connected' }, /ICE connected, but DTLS stayed 'connecting'/],
    ['no address here', { local: [] }, /no address of its own/],
    ['no address there', { remote: [] }, /named no address to alice/],
    ['no pair', { pairs: [] }, /no pair to try: host over udp here, host over udp there/],
    ['silence', {}, /sent 7 checks to 127\.0\.0\.1:41223 \(udp, host\), and none was answered/],
    ['nothing tried', { pairs: [{ ...pair, requestsSent: 0 }] }, /no check was sent to 127/],
    [
      'no choice',
      { pairs: [{ ...pair, responsesReceived: 2 }] },
      /2 of 7 checks answered .* no pair was chosen/,
    ],
    [
      'lost',
      { ice: 'failed', pairs: [{ ...pair, nominated: true, bytes: 9 }] },
      /was connected to 127.* then nothing/,
    ],
  ])('is %s', (_, change, words) => {
    const reason = explainIce('alice', connectionWith({ ...stuck, ...change }));
    if (words === null) expect(reason).toBeNull();
    else expect(reason).toMatch(words);
  });
});
