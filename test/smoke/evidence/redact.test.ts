import { describe, expect, it } from 'vitest';
import { redactText, redactTraceText, redactUrl } from '../../../src/smoke/evidence/redact.ts';

const JWT = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhbGljZSJ9.c2lnbmF0dXJl';
const KEY = 'V1StGXR8_Z5jdHi6B-myT';

describe('text of a page in a report', () => {
  it.each([
    ['a JWT', `joined with ${JWT}.`, 'joined with [redacted]'],
    ['a bearer', 'Authorization: Bearer abc.def-123456', 'Authorization: Bearer [redacted]'],
    ['a named token', 'authToken=alice_1234567', 'authToken=[redacted]'],
    [
      'a field of JSON',
      '{"authToken":"alice_1234567","uid":"alice"}',
      '{"authToken":"[redacted]","uid":"alice"}',
    ],
    ['a field of JSON in JSON', '{\\"token\\":\\"alice_1234567\\"}', '{\\"token\\":\\"[redacted]\\"}'],
    ['an ICE password', 'a=ice-pwd:asd88fgpdd777uzjYhagZg', 'a=ice-pwd:[redacted]'],
    [
      'a password of Jingle',
      "<transport pwd='abcdef' ufrag='xyz1'/>",
      "<transport pwd='[redacted]' ufrag='[redacted]'/>",
    ],
    ['a link', `go to /meet/room#key=${KEY}`, 'go to /meet/room#key=[redacted]'],
    ['a key without a name', `key ${KEY} used`, 'key [redacted] used'],
    ['a hexadecimal key', 'id 0123456789abcdef0123456789abcdef', 'id [redacted]'],
  ])('loses %s', (_, text, clean) => {
    expect(redactText(text)).toBe(clean);
  });

  it.each([
    ['a UUID', 'room ddc2e00d-ca38-4f8c-96f3-6dd8a2438f22'],
    ['a camelCase name', 'onParticipantAudioMutedByModerator'],
    ['a path', 'at http://localhost:4680/assets/page.js:12:3'],
    ['a count', 'keyFrames: 12'],
    ['a sentence', 'the token was refused'],
  ])('keeps %s', (_, text) => {
    expect(redactText(text)).toBe(text);
  });
});

describe('text of a recording', () => {
  it('keeps the hashes that name its files', () => {
    const line = '{"_sha1":"0123456789abcdef0123456789abcdef01234567.json"}';
    expect(redactTraceText(line)).toBe(line);
  });

  it('loses what lets somebody in', () => {
    expect(redactTraceText(`{"url":"http://h/meet/a#key=${KEY}","h":"Bearer abcdef123"}`)).toBe(
      '{"url":"http://h/meet/a#key=[redacted]","h":"Bearer [redacted]"}',
    );
  });
});

describe('an address in a report', () => {
  it.each([
    ['ws://h/xmpp?token=abc&room=team', 'ws://h/xmpp?token=[redacted]&room=team'],
    ['http://h/meet/team#key=abc', 'http://h/meet/team#[redacted]'],
    [`http://h/join?q=${JWT}`, 'http://h/join?q=[redacted]'],
    ['http://h/a?b=c', 'http://h/a?b=c'],
    ['http://h/?flag', 'http://h/?flag'],
    ['data:text/plain;base64,c2VjcmV0', 'data:text/plain;base64,'],
  ])('of %s', (address, clean) => {
    expect(redactUrl(address)).toBe(clean);
  });
});
