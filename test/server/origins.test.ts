import { describe, expect, it } from 'vitest';
import { createOriginPolicy, parseOrigins } from '../../src/server/origins.ts';

const { allows } = createOriginPolicy(['https://app.example.com', 'http://box.local:8080']);

describe('the origins of users’ own apps', () => {
  it.each([
    'http://localhost',
    'http://localhost:5173',
    'https://localhost:5173',
    'http://127.0.0.1:3000',
    'http://[::1]:3000',
    'http://shop.localhost:8080',
    'https://a.b.localhost',
    'https://app.example.com',
    'http://box.local:8080',
  ])('include %s', origin => {
    expect(allows(origin)).toBe(true);
  });

  it.each([
    'https://evil.example',
    'http://localhost.evil.example',
    'http://evillocalhost',
    'http://.localhost',
    'http://localhost@evil.example',
    'http://127.0.0.1.evil.example',
    'http://127.0.0.2:3000',
    'http://0.0.0.0:3000',
    'http://app.example.com',
    'https://app.example.com:8443',
    'https://sub.app.example.com',
    'http://box.local',
    'ftp://localhost',
    'file://',
    'null',
    '',
    'http://localhost:5173/path',
    'http://localhost:5173 http://evil.example',
  ])('do not include %j', origin => {
    expect(allows(origin)).toBe(false);
  });
});

describe('configured origins', () => {
  it('are read as browsers write them', () => {
    const list = ['https://App.Example.com/', ' http://box.local:80 ', 'https://[FD00::1]:8443'];
    expect(parseOrigins(list, 'MEET_ALLOWED_ORIGINS')).toEqual([
      'https://app.example.com',
      'http://box.local',
      'https://[fd00::1]:8443',
    ]);
  });

  it.each([
    'app.example.com',
    '*',
    'https://*.example.com',
    'https://app.example.com/path',
    'https://app.example.com?x',
    'https://user@app.example.com',
    'capacitor://localhost',
    'null',
    '',
  ])('are refused with the fix for %j', text => {
    expect(() => parseOrigins([text], 'MEET_ALLOWED_ORIGINS')).toThrow(
      expect.objectContaining({
        code: 'BAD_CONFIG',
        message: expect.stringMatching(/^MEET_ALLOWED_ORIGINS has .*https:\/\/app\.example\.com/),
      }),
    );
  });
});
