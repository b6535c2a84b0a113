import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { brotliCompressSync, brotliDecompressSync, gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { AppOptions } from '../../src/server/context.ts';
import { fakeWeb, startHarness } from './harness.ts';

async function fetchPage(changes: Partial<AppOptions> = {}, url = '/meet/team-core', headers = {}) {
  const harness = await startHarness(changes);
  return { ...(await harness.as(undefined)('GET', url, undefined, headers)), harness };
}

const OPEN: Record<string, (bytes: Buffer) => Buffer> = { br: brotliDecompressSync, gzip: gunzipSync };
const CLOUD: Partial<AppOptions> = { emulatorOn: false, claimedUids: false, strict: true };

function directives(headers: Record<string, unknown>): Record<string, string[]> {
  const parts = String(headers['content-security-policy']).split('; ');
  return Object.fromEntries(
    parts.map(part => {
      const [name = '', ...sources] = part.split(' ');
      return [name, sources];
    }),
  );
}

describe('the page', () => {
  it('is the same for every id, and tells nothing of any', async () => {
    const { body, harness } = await fetchPage();
    for (const url of ['/meet/nobody', '/meet/team-core/', '/meet/%3Cscript%3E']) {
      expect((await harness.as(undefined)('GET', url)).body).toBe(body);
    }
  });

  it('carries what it needs to know', async () => {
    const { body, headers } = await fetchPage();
    const config = body.match(/<meta name="meet-config" content='([^']*)'>/)?.[1].replaceAll('&#34;', '"');
    expect(JSON.parse(config)).toEqual({
      sdk: {
        name: '@cometchat/calls-sdk-javascript',
        version: '4.2.6',
        major: 4,
        source: 'bundled',
        url: '/sdk/abc123/index.js',
      },
      backend: 'emulator',
    });
    expect(body).toContain(
      '<link rel="preload" as="script" fetchpriority="low" href="/sdk/abc123/index.js">',
    );
    expect(headers['content-type']).toBe('text/html; charset=utf-8');
  });

  it('loads the shim before SDK 4, and only with the emulator', async () => {
    const { body } = await fetchPage();
    expect(body.search(/<script src="\/assets\/[0-9a-f]{16}\/shim.js">/)).toBeLessThan(
      body.indexOf('<link rel="preload"'),
    );
    expect(body).toContain('shim.js');
    expect((await fetchPage(CLOUD)).body).not.toContain('shim.js');
    expect((await fetchPage(await fakeWeb('5.0.7'))).body).not.toContain('shim.js');
  });

  it('names the style sheet of SDK 5', async () => {
    const { body, harness } = await fetchPage(await fakeWeb('5.0.7'));
    expect(body).toContain('&#34;css&#34;:&#34;/sdk/abc123/style.css&#34;');
    expect((await harness.as(undefined)('GET', '/sdk/abc123/style.css')).status).toBe(200);
  });

  it('serves its files and those of the SDK for ever, under addresses that change with them', async () => {
    const { body, harness } = await fetchPage();
    const assets = body.match(/"(\/assets\/[0-9a-f]{16}\/page.js)"/)?.[1];
    for (const [url, text] of [
      [assets, '// the page'],
      ['/sdk/abc123/index.js', '// the sdk'],
    ]) {
      const file = await harness.as(undefined)('GET', url);
      expect(file).toMatchObject({ status: 200, body: text });
      expect(file.headers['cache-control']).toBe('public, max-age=31536000, immutable');
      expect(file.headers['content-type']).toContain('javascript');
    }
  });

  it.each([
    ['gzip, deflate, br', 'br'],
    ['gzip', 'gzip'],
    ['br;q=0, gzip;q=0.5', 'gzip'],
    ['identity', undefined],
    ['', undefined],
  ])('sends the SDK to who accepts %j as %s', async (accepted, encoding) => {
    const { app } = await startHarness();
    const response = await app.inject({
      url: '/sdk/abc123/index.js',
      headers: { 'accept-encoding': accepted },
    });
    expect(response.headers['content-encoding']).toBe(encoding);
    expect(response.headers.vary).toBe('accept-encoding');
    const open = OPEN[encoding ?? ''] ?? ((bytes: Buffer) => bytes);
    expect(String(open(response.rawPayload))).toBe('// the sdk');
  });

  it('sends its own files in the form that the build has left beside them', async () => {
    const web = await fakeWeb();
    await writeFile(join(web.webRoot, 'page.js.br'), brotliCompressSync('// the page, small'));
    const { body, harness } = await fetchPage(web);
    const url = body.match(/"(\/assets\/[0-9a-f]{16}\/page.js)"/)?.[1];
    const get = (accepted: string) => harness.app.inject({ url, headers: { 'accept-encoding': accepted } });
    const small = await get('gzip, br');
    expect(small.headers).toMatchObject({ 'content-encoding': 'br', vary: 'accept-encoding' });
    expect(small.headers['content-type']).toContain('javascript');
    expect(small.headers['cache-control']).toBe('public, max-age=31536000, immutable');
    expect(String(brotliDecompressSync(small.rawPayload))).toBe('// the page, small');
    const plain = await get('gzip');
    expect(plain.headers).toMatchObject({ vary: 'accept-encoding' });
    expect(plain.headers).not.toHaveProperty('content-encoding');
    expect(plain.body).toBe('// the page');
  });

  it.each([
    '/sdk/abc123/.env',
    '/sdk/other/index.js',
    '/sdk/abc123/%2e%2e/x',
    '/sdk/abc123/',
    '/assets/page.js',
  ])('answers %s with 404', async url => {
    const harness = await startHarness();
    expect((await harness.as(undefined)('GET', url)).status).toBe(404);
  });

  it('serves nothing beside a single file given as the SDK', async () => {
    const { webRoot, sdk } = await fakeWeb();
    const { harness } = await fetchPage({ webRoot, sdk: { ...sdk, source: 'path' } });
    expect((await harness.as(undefined)('GET', '/sdk/abc123/index.js')).status).toBe(200);
    expect((await harness.as(undefined)('GET', '/sdk/abc123/style.css')).status).toBe(404);
  });

  it('says how to build it when it is not there', async () => {
    const { sdk } = await fakeWeb();
    await expect(startHarness({ sdk, webRoot: '/nowhere' })).rejects.toMatchObject({ code: 'BAD_CONFIG' });
  });
});

describe('the home page', () => {
  it('is a page of its own, whose files are under addresses that change with them', async () => {
    const { body, harness } = await fetchPage({}, '/');
    const script = body.match(/"(\/assets\/[0-9a-f]{16}\/home.js)"/)?.[1] ?? '';
    expect(await harness.as(undefined)('GET', script)).toMatchObject({ status: 200, body: '// home' });
    expect(body).not.toContain('/sdk/');
    const folder = script.replace('home.js', '');
    for (const name of ['home.html', 'index.html'])
      expect((await harness.as(undefined)('GET', folder + name)).status).toBe(404);
  });

  it('may run nothing but its own script, make no markup of strings, and use no device', async () => {
    const { headers } = await fetchPage({}, '/');
    expect(directives(headers)).toEqual({
      'default-src': ["'none'"],
      'script-src': ["'self'"],
      'style-src': ["'self'"],
      'img-src': ["'self'", 'data:'],
      'connect-src': ["'self'"],
      'base-uri': ["'none'"],
      'form-action': ["'none'"],
      'frame-ancestors': ["'none'"],
      'require-trusted-types-for': ["'script'"],
      'trusted-types': ["'none'"],
    });
    for (const device of ['camera', 'microphone', 'display-capture'])
      expect(headers['permissions-policy']).toContain(`${device}=()`);
    expect(headers['cache-control']).toBe('no-store');
  });
});

describe('security headers', () => {
  it('let the page load only what is ours', async () => {
    const { headers } = await fetchPage({}, '/meet/x', { host: 'localhost:4680' });
    expect(directives(headers)).toEqual({
      'default-src': ["'none'"],
      'script-src': ["'self'", "'unsafe-eval'"],
      'style-src': ["'self'", "'unsafe-inline'"],
      'font-src': ["'self'", 'data:'],
      'img-src': ["'self'", 'blob:', 'data:'],
      'media-src': ["'self'", 'blob:', 'data:'],
      'connect-src': ["'self'", 'ws://localhost:4680'],
      'worker-src': ["'self'", 'blob:'],
      'base-uri': ["'none'"],
      'form-action': ["'none'"],
      'frame-ancestors': ["'none'"],
    });
  });

  it('allow no eval to SDK 5', async () => {
    const { headers } = await fetchPage(await fakeWeb('5.0.7'));
    expect(directives(headers)['script-src']).toEqual(["'self'"]);
  });

  it('allow CometChat, and dedicated hosts, with the cloud', async () => {
    const { headers } = await fetchPage({
      ...CLOUD,
      cometchat: {
        client: {
          deadline: () => 0,
          createAuthToken: async () => '',
          createCallToken: async () => '',
        },
        appId: 'app1',
        region: 'us',
        hosts: { host: 'https://call.example/v3.0' },
      },
    });
    expect(directives(headers)['connect-src']).toEqual([
      "'self'",
      'https://*.cometchat.io',
      'wss://*.cometchat.io',
      'https://call.example',
    ]);
    expect(directives(headers)['script-src']).toEqual([
      "'self'",
      "'unsafe-eval'",
      'https://cdn.cometchat.io',
    ]);
  });

  it('keep camera and microphone to the page, links out of referrers, and copies out of caches', async () => {
    const { headers } = await fetchPage();
    expect(headers['permissions-policy']).toContain(
      'camera=(self), microphone=(self), display-capture=(self)',
    );
    expect(headers['referrer-policy']).toBe('no-referrer');
    expect(headers['cache-control']).toBe('no-store');
    expect(headers['x-content-type-options']).toBe('nosniff');
    expect(headers['x-frame-options']).toBe('DENY');
    expect(headers['x-powered-by']).toBeUndefined();
  });

  it.each([
    ['http://localhost:4680', undefined],
    ['https://meet.example.com', 'max-age=31536000'],
  ])('for links that start with %s ask for https: %s', async (base, value) => {
    const { headers } = await fetchPage({ baseUrl: base });
    expect(headers['strict-transport-security']).toBe(value);
  });

  it.each(['/api/meetings', '/api/nowhere'])('keep answers like %s out of caches and frames', async url => {
    const { headers } = await fetchPage({}, url);
    expect(headers['cache-control']).toBe('no-store');
    expect(headers['content-security-policy']).toBe("default-src 'none'; frame-ancestors 'none'");
  });
});
