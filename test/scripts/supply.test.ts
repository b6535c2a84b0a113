import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it, onTestFinished } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));

async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'meet-supply-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

function run(script: string, ...args: string[]): Promise<{ code: number; said: string }> {
  return new Promise(resolve => {
    const file = join(root, 'scripts', script);
    execFile(process.execPath, [file, ...args], { cwd: root, timeout: 60_000 }, (error, stdout, stderr) =>
      resolve({ code: error ? Number(error.code ?? 1) : 0, said: stdout + stderr }),
    );
  });
}

/** A registry that knows of one hole, in a package that we install for users; or one that does not tell, like some mirrors. */
async function registry(hole: { name: string; severity: string } | null): Promise<string> {
  const server = createServer((request, response) => {
    const answer = (status: number, body: object) =>
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    request.resume();
    if (request.method === 'POST' && !hole) return answer(405, {});
    if (request.method === 'POST') {
      const { name = '', severity } = hole ?? {};
      const advisory = {
        id: 1,
        url: 'https://example.com/1',
        title: 'A hole',
        severity,
        vulnerable_versions: '<=999.0.0',
      };
      return answer(200, name ? { [name]: [{ ...advisory, cwe: [], cvss: { score: 9 } }] } : {});
    }
    const name = decodeURIComponent(request.url?.slice(1) ?? '');
    answer(200, {
      name,
      'dist-tags': { latest: '1.0.0' },
      versions: { '1.0.0': { name, version: '1.0.0' } },
    });
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

const audit = async (hole: Parameters<typeof registry>[0]) =>
  run(
    'audit.mjs',
    `--registry=${await registry(hole)}`,
    `--cache=${await temporaryFolder()}`,
    '--fetch-retries=0',
  );

it.each([
  ['high', 1],
  ['critical', 1],
  ['moderate', 0],
])('the audit names a finding of %s severity, and ends with %i', async (severity, code) => {
  const { code: ended, said } = await audit({ name: 'ms', severity });
  expect(said).toContain(`audit: ${severity}: ms `);
  expect(ended).toBe(code);
});

it('the audit finds nothing where there is nothing', async () => {
  const { code, said } = await audit({ name: '', severity: '' });
  expect(said).toMatch(/audit: \d\d+ production packages, 0 findings, 0 of high severity/);
  expect(code).toBe(0);
});

it('the audit says that it is not possible where the registry does not tell', async () => {
  const { code, said } = await audit(null);
  expect(said).toContain('audit: not possible here');
  expect(said).toContain('Nothing was checked.');
  expect(code).toBe(0);
});

it('the SBOM has every production package of the lockfile, and no other', async () => {
  const file = join(await temporaryFolder(), 'sbom.json');
  expect(await run('sbom.mjs', file)).toMatchObject({ code: 0 });
  const sbom = JSON.parse(await readFile(file, 'utf8'));
  expect(sbom).toMatchObject({ bomFormat: 'CycloneDX', metadata: { component: { name: 'meet' } } });
  const listed = new Set<string>(
    sbom.components.map(({ purl }: { purl: string }) => decodeURIComponent(purl).replace(/\?.*/, '')),
  );

  const lock = JSON.parse(await readFile(join(root, 'package-lock.json'), 'utf8'));
  const packages = Object.entries<{ version: string; dev?: boolean; devOptional?: boolean }>(lock.packages)
    .filter(([path, { dev, devOptional }]) => path !== '' && !dev && !devOptional)
    .map(([path, { version }]) => `pkg:npm/${path.replace(/^.*node_modules\//, '')}@${version}`);
  expect(packages.length).toBeGreaterThan(100);
  expect(packages.filter(name => !listed.has(name))).toEqual([]);
  expect([...listed].filter(name => !packages.includes(name) && /vitest|biome|esbuild/.test(name))).toEqual(
    [],
  );
});
