import { describe, expect, it } from 'vitest';
import { createRedactor, redactTree } from '../../../web/drawer/redact.ts';

const redact = createRedactor({
  secrets: ['V1StGXR8_Z5jdHi6B-myT', 'abcdefghijklmnopqrstu'],
  people: new Map([
    ['alice', 'Alice Müller'],
    ['bob', ''],
    ['guest-a+(b', 'Zoë'],
  ]),
});

describe('a text for strangers', () => {
  it.each([
    ['POST /cometchat/v3.0/call_tokens 200 4 ms', 'POST /cometchat/v3.0/call_tokens 200 4 ms'],
    ['@cometchat/calls-sdk-javascript 4.2.6', '@cometchat/calls-sdk-javascript 4.2.6'],
    ['Chrome/131.0.0.0 Safari/537.36', 'Chrome/131.0.0.0 Safari/537.36'],
    ['SRTP_AES128_CM_HMAC_SHA1_80', 'SRTP_AES128_CM_HMAC_SHA1_80'],
    ['TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256', 'TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256'],
    ['2026-11-21T21:21:41.599Z', '2026-11-21T21:21:41.599Z'],
    ['token  MEETING_EXPIRED 4 ms', 'token  MEETING_EXPIRED 4 ms'],
    ['office-hours-20261120', 'office-hours-20261120'],
    ['track f4d37b3b-v0 · layer 1', 'track f4d37b3b-v0 · layer 1'],
    ['onLeaveSessionButtonClicked', 'onLeaveSessionButtonClicked'],
    ['f47ac10b-58cc-4372-a567-0e02b2c3d479', 'f47a…'],
    ['#key=V1StGXR8_Z5jdHi6B-myT', '#key=[hidden]'],
    ['is abcdefghijklmnopqrstu', 'is [hidden]'],
    ['eyJhbGciOiJIUzI1NiJ9.eyJ1aWQiOiJhIn0.c2lnbmF0dXJl', '[hidden]'],
    ['Bearer abc.def', 'Bearer [hidden]'],
    ['a=ice-pwd:x1y2z3 a=ice-ufrag:abcdef', 'a=ice-pwd:[hidden] a=ice-ufrag:[hidden]'],
    ['{"apiKey": "0123456"}', '{"apiKey": "[hidden]"}'],
    ['sVkTzRqPwLmXbNcHaQdY', 'sVkT…'],
    ['b75fd1e4a0c9d2b8', 'b75f…'],
    ['alice and Bob, not bobcat', 'person-1 and person-2, not bobcat'],
    ['ALICE MÜLLER has 2, Zoës none, Zoë 1', 'person-1 has 2, Zoës none, person-3 1'],
    ['guest-a+(b left', 'person-3 left'],
    ['127.0.0.1:42110', 'loopback 127.x:42110'],
    [
      '10.1.2.3, 192.168.7.8, 172.20.1.1, 172.40.1.1',
      'private 10.x, private 192.168.x, private 172.20.x, 172.40.x',
    ],
    ['203.0.113.9:80', '203.0.x:80'],
    ['[2001:db8:0:1::5]:443', '[IPv6 2001:x]:443'],
    ['::1', 'loopback ::1'],
    ['fe80::1 at 10:20:30', 'IPv6 fe80:x at 10:20:30'],
  ])('%s becomes %s', (text, expected) => {
    expect(redact(text)).toBe(expected);
  });

  it('is cleaned wherever it stands, and nothing else', () => {
    const tree = { a: ['alice', 7, null], b: { c: 'bob', d: true } };
    expect(redactTree(tree, redact)).toEqual({ a: ['person-1', 7, null], b: { c: 'person-2', d: true } });
  });

  it('takes no time to speak of, however odd it is', () => {
    const start = performance.now();
    for (const odd of ['::', 'ab:', '1.', 'key', 'eyJ', 'Aa1-']) redact(odd.repeat(20_000));
    expect(performance.now() - start).toBeLessThan(3_000);
  });
});
