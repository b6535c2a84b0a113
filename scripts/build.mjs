// Bundles the CLI into dist/cli and the join page into dist/web.
// Why a bundle: resolving Kysely, commander and Fastify file by file costs `meet create` more than all its work.
import { cp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { brotliCompress, gzip } from 'node:zlib';
import { build, transform } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));

await rm(`${root}dist`, { recursive: true, force: true });

const inNode = {
  absWorkingDir: root,
  outdir: 'dist/cli',
  bundle: true,
  format: 'esm',
  platform: 'node',
  target: 'node20.19',
  minifySyntax: true,
  minifyWhitespace: true,
  sourcemap: 'linked',
  sourcesContent: false,
  // clipboardy finds its programs beside itself. Native files, playwright-core's driver and jiti's compiler do not survive bundling; TypeScript's is nine megabytes.
  external: [
    '@libsql/*',
    'pg-native',
    'playwright-core',
    'jiti',
    '@ts-morph/common',
    'svelte',
    'css-tree',
    'clipboardy',
  ],
  alias: {
    '@neon-rs/load': './scripts/native-target.cjs',
    // Its other file, which Node would take, hides its requires from bundlers.
    'jsonc-parser': './node_modules/jsonc-parser/lib/esm/main.js',
  },
  // CommonJS packages inside the bundle (fastify, ws, werift) call require() for Node's own modules.
  banner: { js: "import{createRequire as $cr}from'node:module';const require=$cr(import.meta.url);" },
  logLevel: 'warning',
};

// What `meet create` loads, a file each: a module costs Node a millisecond, and shared chunks would make a dozen of them.
const light = { main: 'src/cli/main.ts', 'meeting-commands': 'src/cli/meeting-commands.ts' };
const heavy = {};

/** What the light files import late stays a file of its own, and is bundled after them. */
const lateImports = {
  name: 'late-imports',
  setup(bundler) {
    bundler.onResolve({ filter: /./ }, async ({ kind, path, resolveDir }) => {
      if (kind !== 'dynamic-import') return undefined;
      const name = basename(path, '.ts');
      if (!(name in light)) {
        heavy[name] = (await bundler.resolve(path, { kind: 'import-statement', resolveDir })).path;
      }
      return { path: `./${name}.js`, external: true };
    });
  },
};

await build({ ...inNode, entryPoints: light, plugins: [lateImports] });

await build({
  ...inNode,
  // The scripts look for a browser with the product's own search, and install one by its own steps.
  entryPoints: {
    ...heavy,
    'find-browser': 'src/smoke/browser/find-browser.ts',
    'browser-steps': 'src/cli/doctor/browser-steps.ts',
  },
  splitting: true,
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
  entryPoints: { page: 'web/main.ts', home: 'web/home/main.ts', shim: 'web/shim.ts' },
  outdir: 'dist/web',
  sourcemap: 'linked',
});

/** Style sheets as texts, minified as the scripts are. */
const styleTexts = {
  name: 'style-texts',
  setup(bundler) {
    bundler.onLoad({ filter: /\.css$/ }, async ({ path }) => {
      const { code } = await transform(await readFile(path, 'utf8'), { loader: 'css', minify: true });
      return { contents: code, loader: 'text' };
    });
  },
};

// Loaded late, and only for developers; its style sheet goes into a shadow tree.
await build({
  ...inBrowser,
  entryPoints: { drawer: 'web/drawer/drawer.ts' },
  format: 'esm',
  plugins: [styleTexts],
  outdir: 'dist/web',
});

// What `meet smoke` runs in every page before the page's own scripts.
await build({
  ...inBrowser,
  entryPoints: { probe: 'src/smoke/in-page/probe.ts', lint: 'src/smoke/in-page/lint.ts' },
  outdir: 'dist/smoke',
});

// What the page that `meet smoke --report` writes brings along: small, and inside the page itself.
const view = 'src/smoke/in-page/view';
await build({ ...inBrowser, entryPoints: { report: `${view}/report.ts` }, outdir: 'dist/smoke' });
await build({ ...inBrowser, entryPoints: { report: `${view}/report.css` }, outdir: 'dist/smoke' });

// The grammar of Dart comes in a package with those of twenty other languages: one of them is a megabyte.
const packages = `${root}node_modules`;
await cp(`${packages}/@repomix/tree-sitter-wasms/out/tree-sitter-dart.wasm`, `${root}dist/check/dart.wasm`);
await cp(`${packages}/web-tree-sitter/web-tree-sitter.wasm`, `${root}dist/check/tree-sitter.wasm`);

// What `meet init` writes, as it is.
await cp(`${root}src/init/web/templates`, `${root}dist/init/web`, { recursive: true });

await cp(`${root}web/static`, `${root}dist/web`, { recursive: true });

// The server sends these forms instead, to whom they are welcome; its page itself is filled in anew at each start.
for (const name of await readdir(`${root}dist/web`)) {
  if (!/\.(js|css)$/.test(name)) continue;
  const bytes = await readFile(`${root}dist/web/${name}`);
  const forms = { br: promisify(brotliCompress)(bytes), gz: promisify(gzip)(bytes, { level: 9 }) };
  for (const [suffix, form] of Object.entries(forms))
    await writeFile(`${root}dist/web/${name}.${suffix}`, await form);
}
