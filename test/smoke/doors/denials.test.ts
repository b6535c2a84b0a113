import { describe, expect, it } from 'vitest';
import { judgeDenial } from '../../../src/smoke/doors/denials.ts';
import { forge } from '../../../src/smoke/doors/visitors.ts';

const expected = { status: 403, code: 'NOT_ALLOWED' };

describe('judgeDenial', () => {
  it('is content with the right refusal', () => {
    expect(judgeDenial(expected, { status: 403, body: { error: 'no', code: 'NOT_ALLOWED' } })).toBeNull();
  });

  it.each([
    ['a welcome', { status: 200, body: { ok: true } }, 'got 200 instead of 403 NOT_ALLOWED'],
    [
      'another refusal',
      { status: 404, body: { code: 'MEETING_NOT_FOUND' } },
      'got 404 MEETING_NOT_FOUND instead of 403 NOT_ALLOWED',
    ],
    [
      'another code',
      { status: 403, body: { code: 'GUESTS_OFF' } },
      'got 403 GUESTS_OFF instead of 403 NOT_ALLOWED',
    ],
    [
      'a refusal that comes with an auth token',
      { status: 403, body: { code: 'NOT_ALLOWED', authToken: 'x' } },
      'was given a token (403)',
    ],
    [
      'a call token deep inside',
      { status: 200, body: { data: { callToken: 'x' } } },
      'was given a token (200)',
    ],
    ['a bare token', { status: 200, body: { data: { token: 'x' } } }, 'was given a token (200)'],
  ])('complains of %s', (_, answer, complaint) => {
    expect(judgeDenial(expected, answer)).toBe(complaint);
  });
});

describe('forge', () => {
  it('writes another name into a token and keeps the signature', () => {
    const payload = Buffer.from(JSON.stringify({ uid: 'guest-1', exp: 1 })).toString('base64url');
    const [header, forged = '', signature] = forge(`head.${payload}.sign`).split('.');
    expect([header, Buffer.from(forged, 'base64url').toString(), signature]).toEqual([
      'head',
      '{"uid":"carol","exp":1,"name":"Carol"}',
      'sign',
    ]);
  });
});
