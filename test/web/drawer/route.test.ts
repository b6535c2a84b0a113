import { describe, expect, it } from 'vitest';
import { readRoute } from '../../../web/drawer/route.ts';
import type { Stat } from '../../../web/drawer/sample.ts';

const pair = { type: 'candidate-pair', id: 'p', localCandidateId: 'l', remoteCandidateId: 'r' };

describe('the way of the media', () => {
  it.each<[string, Stat[], object]>([
    ['nowhere yet', [], {}],
    [
      'as Chrome tells it',
      [
        {
          type: 'transport',
          selectedCandidatePairId: 'p',
          iceState: 'connected',
          iceRole: 'controlling',
          dtlsState: 'connected',
          tlsVersion: 'FEFD',
          dtlsCipher: 'TLS_X',
          srtpCipher: 'AEAD_AES_128_GCM',
        },
        { type: 'candidate-pair', id: 'other', nominated: true, state: 'succeeded' },
        { ...pair, currentRoundTripTime: 0.0021 },
        { id: 'l', candidateType: 'host', address: '10.0.0.2', port: 5000, protocol: 'udp' },
        { id: 'r', candidateType: 'srflx', address: '2001:db8::1', port: 6000, protocol: 'udp' },
        { type: 'codec', id: 'c1', mimeType: 'video/VP8' },
        { type: 'codec', id: 'c2', mimeType: 'video/H264' },
        { type: 'codec', id: 'c3', mimeType: 'audio/opus' },
        { type: 'inbound-rtp', codecId: 'c1' },
        { type: 'outbound-rtp', codecId: 'c1' },
        { type: 'outbound-rtp', codecId: 'c3' },
      ],
      {
        local: 'host 10.0.0.2:5000',
        remote: 'srflx [2001:db8::1]:6000',
        protocol: 'udp',
        roundTrip: '2.1 ms',
        ice: 'connected (controlling)',
        dtls: 'connected DTLS 1.2 TLS_X',
        srtp: 'AEAD_AES_128_GCM',
        codecs: 'audio/opus, video/VP8',
      },
    ],
    [
      'as Firefox tells it',
      [
        { ...pair, selected: true, nominated: true, state: 'succeeded' },
        {
          id: 'l',
          candidateType: 'relay',
          address: '10.0.0.2',
          port: 5000,
          protocol: 'udp',
          relayProtocol: 'tls',
        },
        { id: 'r', candidateType: 'host', address: '', port: 6000 },
      ],
      { local: 'relay 10.0.0.2:5000', remote: 'host', protocol: 'udp (TURN tls)' },
    ],
  ])('%s', (_, stats, expected) => {
    expect(readRoute(stats)).toEqual(expected);
  });
});
