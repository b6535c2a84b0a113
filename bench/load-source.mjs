import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

/** Imports a TypeScript file of this folder, which Node 20 does not read, with what it imports. */
export async function loadSource(name) {
  const path = file => fileURLToPath(new URL(file, import.meta.url));
  const outfile = path(name.replace(/\.ts$/, '.built.mjs'));
  await build({
    entryPoints: [path(name)],
    outfile,
    bundle: true,
    format: 'esm',
    platform: 'node',
    packages: 'external',
    logLevel: 'warning',
  });
  return import(outfile);
}
