import { X509Certificate } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { openDataFolder } from '../../src/cli/data-folder.ts';
import { openTls } from '../../src/cli/tls-files.ts';

const NOON = Date.UTC(2026, 10, 20, 12);
const DAY = 86_400_000;

function dataFolder() {
  const parent = mkdtempSync(join(tmpdir(), 'meet-tls-'));
  onTestFinished(() => rmSync(parent, { recursive: true }));
  return openDataFolder(join(parent, '.meet'), undefined);
}

it('makes key and certificate once, for their owner’s eyes', async () => {
  const folder = dataFolder();
  const first = await openTls(folder, NOON);
  expect(await openTls(folder, NOON + 300 * DAY)).toEqual(first);
  expect(first.certFile).toBe(join(folder.path, 'tls-cert.pem'));
  expect(readFileSync(first.certFile, 'utf8')).toBe(`${first.cert}\n`);
  for (const name of ['tls-key.pem', 'tls-cert.pem'])
    expect(statSync(join(folder.path, name)).mode & 0o777).toBe(0o600);
});

it('renews the certificate when its end is near, and keeps the key', async () => {
  const folder = dataFolder();
  const first = await openTls(folder, NOON);
  const later = await openTls(folder, NOON + 370 * DAY);
  expect(later.key).toBe(first.key);
  expect(later.cert).not.toBe(first.cert);
  expect(Date.parse(new X509Certificate(later.cert).validTo)).toBeGreaterThan(NOON + 700 * DAY);
});

it('replaces a certificate that is broken', async () => {
  const folder = dataFolder();
  const first = await openTls(folder, NOON);
  writeFileSync(first.certFile, 'nonsense');
  const mended = await openTls(folder, NOON);
  expect(new X509Certificate(mended.cert).checkHost('xmpp.localhost')).toBeDefined();
});

it('gives every one of many servers that start at once the same key', async () => {
  const folder = dataFolder();
  const all = await Promise.all([1, 2, 3, 4].map(() => openTls(folder, NOON)));
  expect(new Set(all.map(({ key }) => key)).size).toBe(1);
});

it('names the fix for a key that is broken', async () => {
  const folder = dataFolder();
  folder.prepare();
  writeFileSync(join(folder.path, 'tls-key.pem'), 'nonsense');
  await expect(openTls(folder, NOON)).rejects.toMatchObject({
    code: 'BAD_CONFIG',
    message: expect.stringContaining('remove it'),
  });
});
