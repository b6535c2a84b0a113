// `npm run sbom [-- FILE]`: what is in the product, as CycloneDX, from the lockfile alone; sbom.cdx.json by default.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { root, runScript, SetupError, say } from './run-command.mjs';

await runScript(async () => {
  const file = resolve(process.argv[2] ?? 'sbom.cdx.json');
  const folder = mkdtempSync(join(tmpdir(), 'meet-sbom-'));
  try {
    const text = describe(writeProduct(folder));
    writeFileSync(file, text);
    say(`sbom: ${JSON.parse(text).components.length} packages in ${file}`);
    return 0;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

/** The project as its users install it: with `--omit dev`, npm would leave out too what developers need as well. */
function writeProduct(folder) {
  const read = name => JSON.parse(readFileSync(`${root}${name}`, 'utf8'));
  const { devDependencies: _tools, scripts: _scripts, ...manifest } = read('package.json');
  const lock = read('package-lock.json');
  const { devDependencies: _more, ...top } = lock.packages[''];
  const kept = Object.entries(lock.packages).filter(([path, entry]) => path !== '' && !entry.dev);
  // npm takes the folder's name for the product's.
  const product = join(folder, manifest.name);
  mkdirSync(product);
  const write = (name, value) => writeFileSync(join(product, name), JSON.stringify(value));
  write('package.json', manifest);
  write('package-lock.json', { ...lock, packages: { '': top, ...Object.fromEntries(kept) } });
  return product;
}

function describe(cwd) {
  const npm = spawnSync('npm', ['sbom', '--sbom-format', 'cyclonedx', '--package-lock-only'], {
    cwd,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
    timeout: 120_000,
    shell: process.platform === 'win32',
  });
  if (npm.status === 0) return npm.stdout;
  throw new SetupError(`npm sbom failed: ${npm.stderr || npm.error?.message}`);
}
