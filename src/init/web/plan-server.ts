import { posix } from 'node:path';
import type { Server } from './detect.ts';
import { findServerEntry } from './entries.ts';
import { importPath, type Style } from './render.ts';
import { type Site, usesTypeScript } from './site.ts';
import { append, isCommonJs } from './source-edit.ts';
import { wireServer } from './wire-server.ts';

/** What all servers have alike. */
export const SHARED = ['admission', 'cometchat', 'development-user', 'refusal', 'store'];

/** The routes, in a folder beside the file that makes the server's app. */
export function planServer(site: Site, server: Exclude<Server, 'next'>): void {
  const { tree, manifest, draft } = site;
  const entry = findServerEntry(tree, manifest, server);
  const style = styleOf(site, entry);
  const folder = posix.join(entry ? posix.dirname(entry) : 'server', 'meetings');
  const ending = style.typescript ? '.ts' : style.importEnding;
  for (const name of SHARED) site.put(`meetings/${name}.ts`, `${folder}/${name}${ending}`, style);
  for (const name of ['current-user', 'routes'])
    site.put(`${server}/${name}.ts`, `${folder}/${name}${ending}`, style);
  const routes = importPath(entry ?? '', `${folder}/routes${style.importEnding}`);
  if (!entry || !draft.edit(entry, text => wireServer(server, text, routes)))
    draft.step(
      `In the server, after your session: ${describeMount(server)}, with meetings of ${folder}/routes`,
    );
  noteServer(site, `${folder}/current-user${ending}`);
}

function describeMount(server: 'express' | 'fastify'): string {
  return server === 'express' ? 'app.use(meetings)' : 'app.register(meetings)';
}

function styleOf(site: Site, entry: string | null): Style {
  const typescript = usesTypeScript(site, entry);
  const text = (entry && site.tree.read(entry)) || '';
  // Node runs TypeScript with the ending `.ts` only; its compiler and loaders know `.js` for it.
  if (typescript) return { typescript, importEnding: /from ['"]\.[^'"]*\.ts['"]/.test(text) ? '.ts' : '.js' };
  // In CommonJS, Node loads these modules by `require` too, by this ending.
  const isScript = !site.manifest.isModule && !entry?.endsWith('.mjs');
  return { typescript, importEnding: isScript || isCommonJs(text) ? '.mjs' : '.js' };
}

/** What every server needs besides its routes. */
export function noteServer({ tree, draft }: Site, currentUser: string): void {
  const ignore = '.meetings.json';
  const known = (tree.read('.gitignore') ?? '').split(/\r?\n/).includes(ignore);
  if (!known && !draft.edit('.gitignore', text => append(text, [ignore])))
    draft.put('.gitignore', `${ignore}\n`);
  draft.step(
    `Fill in ${currentUser}: who asks, by your own session. Until then only the emulator lets people in.`,
  );
}
