import { describe, expect, it } from 'vitest';
import { parseLinkedApps } from '../../src/core/app-links.ts';

const PRINT = Array(32).fill('0A').join(':');
const android = { package: 'com.example.app', fingerprints: [PRINT] };
const ios = { teamId: 'ABCDE12345', bundleId: 'com.example.app' };
const parse = (value: object) => parseLinkedApps(value, 'meet.config.json');

describe('the apps of meet.config.json', () => {
  it('may be several on both systems, with a scheme', () => {
    const two = {
      android: [android, { ...android, package: 'com.example.beta' }],
      ios: [ios],
      scheme: 'myapp',
    };
    expect(parse(two)).toEqual(two);
  });

  it('may be none', () => {
    expect(parse({})).toEqual({ android: [], ios: [], scheme: null });
  });

  it('take a fingerprint in small letters, with white space around it', () => {
    const written = { ...android, fingerprints: [` ${PRINT.toLowerCase()}\n`] };
    expect(parse({ android: [written] }).android[0]?.fingerprints).toEqual([PRINT]);
  });

  it.each([
    ['a list', [], 'apps must be an object with android, ios, scheme'],
    [
      'a field that is not known',
      { windows: [] },
      'apps.windows is not known; it takes android, ios, scheme',
    ],
    ['one app instead of a list', { android }, 'apps.android must be a list'],
    ['an app that is a word', { ios: ['app'] }, 'apps.ios[0] must be an object with teamId, bundleId'],
    [
      'a word too many in an app',
      { ios: [{ ...ios, id: 1 }] },
      'apps.ios[0].id is not known; it takes teamId, bundleId',
    ],
    [
      'a package without a dot',
      { android: [{ ...android, package: 'app' }] },
      'apps.android[0].package must be',
    ],
    [
      'no fingerprint',
      { android: [{ ...android, fingerprints: [] }] },
      'apps.android[0].fingerprints must have at least one',
    ],
    [
      'a fingerprint of SHA-1',
      { android: [{ ...android, fingerprints: [PRINT.slice(0, 59)] }] },
      'apps.android[0].fingerprints[0] must be a SHA-256',
    ],
    [
      'a fingerprint without colons',
      { android: [{ ...android, fingerprints: [PRINT.replaceAll(':', '')] }] },
      'apps.android[0].fingerprints[0] must be',
    ],
    ['a team of nine', { ios: [{ ...ios, teamId: 'ABCDE1234' }] }, 'apps.ios[0].teamId must be'],
    ['a bundle id with the team', { ios: [{ ...ios, bundleId: 'a b' }] }, 'apps.ios[0].bundleId must be'],
    ['a scheme with a colon', { scheme: 'myapp:' }, 'apps.scheme must be a word of your own'],
    ['a scheme that runs code', { scheme: 'javascript' }, 'apps.scheme is javascript, which is taken'],
    ["the web's own scheme", { scheme: 'https' }, 'apps.scheme is https, which is taken'],
  ])('may not have %s', (_, value, message) => {
    expect(() => parse(value)).toThrow(`meet.config.json: ${message}`);
  });
});
