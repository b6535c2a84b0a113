import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { checkHost } from '../../../src/cli/doctor/links/check-host.ts';
import { createSandbox, type Sandbox } from '../run-meet.ts';
import { ANDROID, type Answer, APPLE, PRINT, right, startHost } from './link-host.ts';

let sandbox: Sandbox;
beforeAll(() => {
  sandbox = createSandbox();
});
afterAll(() => sandbox.remove());

interface Finding {
  readonly id: string;
  readonly state: string;
  readonly says: string;
  readonly fix?: string;
}

async function check(url: string, more: string[] = [], env = {}) {
  const { code, stdout, stderr } = await sandbox.meet(['doctor', '--links', url, '--json', ...more], env);
  expect(stderr).toBe('');
  const { ok, findings } = JSON.parse(stdout) as { ok: boolean; findings: Finding[] };
  expect([ok, code]).toEqual(ok ? [true, 0] : [false, 1]);
  const bad = findings.filter(({ state }) => state === 'bad');
  for (const { fix } of bad) expect(fix).toBeTruthy();
  return { ok, findings, bad: bad.map(({ id, says }) => `${id}: ${says}`) };
}

async function checkAnswers(answers: Record<string, Answer>) {
  const { port, ca } = await startHost(answers, sandbox.path);
  const findings = await checkHost(`https://localhost:${port}`, [readFileSync(ca, 'utf8')]);
  const bad = findings.filter(({ state }) => state === 'bad');
  return { findings, bad: bad.map(({ id, says }) => `${id}: ${says}`) };
}

const json = (value: unknown): Answer => ({ body: JSON.stringify(value) });
const [statement] = right[ANDROID];
const android = (target: object) => json([{ ...statement, target: { ...statement.target, ...target } }]);
const apple = (...details: object[]) => json({ applinks: { details } });
const appIDs = ['ABCDE12345.com.example.app'];

describe('meet doctor --links', () => {
  it('finds nothing wrong where nothing is, but that Apple cannot come to this machine', async () => {
    const { port, ca } = await startHost({}, sandbox.path);
    const { ok, findings } = await check(`https://localhost:${port}`, ['--ca', ca]);
    expect(ok).toBe(true);
    expect(findings.map(({ id, state }) => [id, state])).toEqual([
      ['host', 'warn'],
      ['assetlinks', 'ok'],
      ['apple-app-site-association', 'ok'],
    ]);
  });

  it.each<[string, Record<string, Answer>, string]>([
    ['no file', { [ANDROID]: { status: 404 } }, 'assetlinks: answers 404'],
    ['a login', { [APPLE]: { status: 401 } }, 'apple-app-site-association: answers 401'],
    [
      'a redirect',
      { [APPLE]: { status: 301, headers: { location: 'https://www.example.com/aasa' } } },
      'apple-app-site-association: answers 301, a redirect to https://www.example.com/aasa',
    ],
    [
      'another type',
      { [APPLE]: { headers: { 'content-type': 'application/octet-stream' } } },
      'apple-app-site-association: is sent as application/octet-stream',
    ],
    ['no type', { [ANDROID]: { headers: {} } }, 'assetlinks: is sent as nothing'],
    [
      'a file that is too long',
      { [APPLE]: { body: `${JSON.stringify(right[APPLE])}${' '.repeat(128 * 1024)}` } },
      'apple-app-site-association: is longer than 128 KB',
    ],
    ['no JSON', { [ANDROID]: { body: '<html>' } }, 'assetlinks: is not valid JSON'],
    ['no list', { [ANDROID]: json(statement) }, 'assetlinks: is no list'],
    [
      'another relation',
      { [ANDROID]: json([{ ...statement, relation: ['delegate_permission/common.get_login_creds'] }]) },
      'assetlinks: no statement lets an android_app handle urls',
    ],
    [
      'a web site only',
      { [ANDROID]: android({ namespace: 'web' }) },
      'assetlinks: no statement lets an android_app handle urls',
    ],
    [
      'no package',
      { [ANDROID]: android({ package_name: 'app' }) },
      'assetlinks: statement 1: "app" is no package name',
    ],
    [
      'no fingerprint',
      { [ANDROID]: android({ sha256_cert_fingerprints: [] }) },
      'assetlinks: statement 1 has no fingerprint',
    ],
    [
      'a fingerprint in small letters',
      { [ANDROID]: android({ sha256_cert_fingerprints: [PRINT.toLowerCase()] }) },
      `assetlinks: ${JSON.stringify(PRINT.toLowerCase())} is no SHA-256 fingerprint`,
    ],
    [
      'a fingerprint of SHA-1',
      { [ANDROID]: android({ sha256_cert_fingerprints: [PRINT.slice(0, 59)] }) },
      `assetlinks: ${JSON.stringify(PRINT.slice(0, 59))} is no SHA-256 fingerprint`,
    ],
    ['nothing for Apple', { [APPLE]: json({}) }, 'apple-app-site-association: has no applinks.details'],
    ['no app', { [APPLE]: apple({ components: [] }) }, 'apple-app-site-association: entry 1 has no appIDs'],
    [
      'an app without its team',
      { [APPLE]: apple({ appIDs: ['com.example.app'], components: [{ '/': '*' }] }) },
      'apple-app-site-association: "com.example.app" is no app id',
    ],
    [
      'other paths',
      { [APPLE]: apple({ appIDs, components: [{ '/': '/call/*' }] }) },
      'apple-app-site-association: no entry opens /meet/room-42',
    ],
    [
      'paths that are taken out again',
      { [APPLE]: apple({ appIDs, components: [{ '/': '/meet/*', exclude: true }, { '/': '*' }] }) },
      'apple-app-site-association: no entry opens /meet/room-42',
    ],
    [
      'older paths that are taken out',
      { [APPLE]: apple({ appID: appIDs[0], paths: ['NOT /meet/*', '*'] }) },
      'apple-app-site-association: no entry opens /meet/room-42',
    ],
  ])('finds %s', async (_, answers, says) => {
    expect((await checkAnswers(answers)).bad).toEqual([says]);
  });

  it.each([
    ['of an app in the older form', { appID: appIDs[0], paths: ['/meet/*'] }],
    ['with a wildcard for one letter', { appIDs, components: [{ '/': '/m??t/*' }] }],
    ['without a path, which means all', { appIDs, components: [{ comment: 'all' }] }],
  ])('takes entries %s', async (_, detail) => {
    expect((await checkAnswers({ [APPLE]: apple(detail) })).bad).toEqual([]);
  });

  it('finds a certificate that nobody knows, and takes it when Node is told to trust it', async () => {
    const { port, ca } = await startHost({}, sandbox.path);
    const url = `https://localhost:${port}`;
    expect((await check(url)).bad).toEqual([
      'assetlinks: the certificate is of an authority that nobody knows, or its chain is not whole',
      'apple-app-site-association: the certificate is of an authority that nobody knows, or its chain is not whole',
    ]);
    expect((await check(url, [], { NODE_EXTRA_CA_CERTS: ca })).ok).toBe(true);
  });

  it('finds a certificate for another name, and one that has expired', async () => {
    const host = await startHost({}, sandbox.path);
    const other = await check(`https://127.0.0.2:${host.port}`, ['--ca', host.ca]);
    expect(other.bad).toContain('assetlinks: the certificate is for another name');
    const { port, ca } = await startHost({}, sandbox.path, Date.now() - 500 * 86_400_000);
    const { bad } = await check(`https://localhost:${port}`, ['--ca', ca]);
    expect(bad).toContain('assetlinks: the certificate has expired');
  });

  it('finds plain http, named or behind the port', async () => {
    const server = createServer((_request, response) => response.end());
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void server.close());
    const { port } = server.address() as AddressInfo;
    expect((await check(`http://localhost:${port}`)).bad).toEqual([
      `host: http://localhost:${port} is not https`,
    ]);
    const { bad } = await check(`https://localhost:${port}`);
    expect(bad[0]).toBe(`assetlinks: localhost:${port} does not speak https there`);
  });

  it('finds no connection', async () => {
    expect((await check('https://localhost:1')).bad[0]).toContain(
      'no connection to localhost:1 (ECONNREFUSED)',
    );
  });

  it.each([
    [['--links', 'ftp://a.example'], '--links takes an address like https://meet.example.com'],
    [['--links', 'https://localhost:1', '--ca', 'none.pem'], 'none.pem cannot be read'],
  ])('refuses %j', async (args, words) => {
    const { code, stderr } = await sandbox.meet(['doctor', ...args]);
    expect([code, stderr.includes(words)]).toEqual([2, true]);
  });
});
