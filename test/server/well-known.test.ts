import { describe, expect, it } from 'vitest';
import type { LinkedApps } from '../../src/core/app-links.ts';
import { createHostPolicy } from '../../src/server/hosts.ts';
import { startHarness } from './harness.ts';

const PRINT = Array(32).fill('0A').join(':');
const apps: LinkedApps = {
  android: [
    { package: 'com.example.app', fingerprints: [PRINT] },
    { package: 'com.example.beta', fingerprints: [PRINT, PRINT] },
  ],
  ios: [
    { teamId: 'ABCDE12345', bundleId: 'com.example.app' },
    { teamId: 'ABCDE12345', bundleId: 'com.example.beta' },
  ],
  scheme: 'myapp',
};
const ANDROID = '/.well-known/assetlinks.json';
const APPLE = '/.well-known/apple-app-site-association';

describe('the files for app links', () => {
  it('name the Android apps with their fingerprints', async () => {
    const { status, headers, body } = await (await startHarness({ apps })).as(undefined)('GET', ANDROID);
    expect([status, headers['content-type']]).toEqual([200, 'application/json']);
    expect(body).toEqual(
      apps.android.map(({ package: name, fingerprints }) => ({
        relation: ['delegate_permission/common.handle_all_urls'],
        target: { namespace: 'android_app', package_name: name, sha256_cert_fingerprints: fingerprints },
      })),
    );
  });

  it("name Apple's apps with the paths of meetings", async () => {
    const { status, headers, body } = await (await startHarness({ apps })).as(undefined)('GET', APPLE);
    expect([status, headers['content-type']]).toEqual([200, 'application/json']);
    expect(body.applinks.details).toEqual([
      {
        appIDs: ['ABCDE12345.com.example.app', 'ABCDE12345.com.example.beta'],
        components: [{ '/': '/meet/*', comment: 'Meetings' }],
      },
    ]);
  });

  it.each([ANDROID, APPLE])(
    'are found under the name that a proxy has, without a redirect: %s',
    async path => {
      const baseUrl = 'https://meet.example.com';
      const harness = await startHarness({
        apps,
        baseUrl,
        hosts: createHostPolicy({ baseUrl, allowed: [] }),
      });
      const headers = { host: 'meet.example.com', 'x-forwarded-proto': 'https' };
      expect((await harness.as(undefined)('GET', path, undefined, headers)).status).toBe(200);
      const other = await harness.as(undefined)('GET', path, undefined, { host: 'evil.example' });
      expect([other.status, other.body.code]).toEqual([421, 'BAD_HOST']);
    },
  );

  it.each([
    [ANDROID, 'apps.android', undefined],
    [APPLE, 'apps.ios', undefined],
    [ANDROID, 'apps.android', { ...apps, android: [] }],
    [APPLE, 'apps.ios', { ...apps, ios: [] }],
  ])('are not there without an app: %s', async (path, field, configured) => {
    const answer = await (await startHarness({ apps: configured })).as(undefined)('GET', path);
    expect([answer.status, answer.body.code]).toEqual([404, 'NOT_FOUND']);
    expect(answer.body.error).toContain(field);
  });
});

describe('the page', () => {
  const configOf = async (configured: LinkedApps | undefined) => {
    const { body } = await (await startHarness({ apps: configured })).as(undefined)('GET', '/meet/a');
    const content = body.match(/<meta name="meet-config" content='([^']*)'>/)?.[1].replaceAll('&#34;', '"');
    return JSON.parse(content);
  };

  it('knows the scheme, and on which systems there is an app', async () => {
    expect((await configOf(apps)).app).toEqual({ scheme: 'myapp', systems: ['android', 'ios'] });
    expect((await configOf({ ...apps, ios: [] })).app).toEqual({ scheme: 'myapp', systems: ['android'] });
  });

  it('knows of no app without a scheme', async () => {
    expect((await configOf({ ...apps, scheme: null })).app).toBeUndefined();
    expect((await configOf(undefined)).app).toBeUndefined();
  });
});
