// Bundles the CLI into dist/cli and the join page into dist/web.
// Why a bundle: resolving Kysely, commander and Fastify file by file costs `meet create` more than all its work.
import { cp, rm } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));

await rm(`${root}dist`, { recursive: true, force: true });

await build({
  absWorkingDir: root,
  // The scripts look for a browser with the product's own search.
  entryPoints: { main: 'src/cli/main.ts', 'find-browser': 'src/smoke/browser/find-browser.ts' },
  outdir: 'dist/cli',
  bundle: true,
  // One chunk per lazily imported command, so that a command loads only what it needs.
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20.19',
  minifySyntax: true,
  minifyWhitespace: true,
  keepNames: true,
  sourcemap: 'linked',
  sourcesContent: false,
  // libsql loads a native file beside itself, playwright-core its own driver: neither survives bundling.
  external: ['libsql', 'playwright-core'],
  // CommonJS packages inside the bundle (fastify, ws, werift) call require() for Node's own modules.
  banner: { js: "import{createRequire as $cr}from'node:module';const require=$cr(import.meta.url);" },
  logLevel: 'warning',
});

const inBrowser = {
  absWorkingDir: root,
  bundle: true,
  format: 'iife',
  platform: 'browser',
  target: 'chrome109',
  minify: true,
  logLevel: 'warning',
};

await build({
  ...inBrowser,
  entryPoints: { page: 'web/main.ts', shim: 'web/shim.ts' },
  outdir: 'dist/web',
  sourcemap: 'linked',
});

// What `meet smoke` runs in every page before the page's own scripts.
await build({ ...inBrowser, entryPoints: { probe: 'src/smoke/in-page/probe.ts' }, outdir: 'dist/smoke' });

await cp(`${root}web/static`, `${root}dist/web`, { recursive: true });
