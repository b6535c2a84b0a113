import type { Tree } from '../tree.ts';
import type { Framework } from './detect.ts';
import { findClientEntry } from './entries.ts';
import type { Manifest } from './manifest.ts';
import { importPath, type Style } from './render.ts';
import { type Site, usesTypeScript } from './site.ts';
import { wireClient } from './wire-client.ts';

const FOLDER = 'src/meet';

/** Packages that have a way of their own to say what is shown where. */
const ROUTER =
  /^(?:react-router|@tanstack\/\w+-router$|wouter$|vue-router$|svelte-spa-router$|@sveltejs\/kit$)/;

const TEMPLATES: Readonly<Record<Framework, string>> = {
  react: 'react/call-room.tsx',
  vue: 'vue/CallRoom.vue',
  svelte: 'svelte/CallRoom.svelte',
  vanilla: 'vanilla/call-room.ts',
};

/** The room, and the way to it from the app's entry. */
export function planClient(site: Site): void {
  const entry = findClientEntry(site.tree);
  const typescript = usesTypeScript(site, entry);
  // Bundlers find TypeScript without an ending, and its compiler may refuse one.
  const style: Style = { typescript, importEnding: typescript ? '' : '.js' };
  const template = TEMPLATES[site.kind.framework];
  const room = `${FOLDER}/${inLanguage(template, style).replace(/^.*\//, '')}`;
  const meetingId = `${FOLDER}/${inLanguage('meeting-id.ts', style)}`;
  site.put('client/join-meeting.ts', `${FOLDER}/${inLanguage('join-meeting.ts', style)}`, style);
  site.put('client/meeting-id.ts', meetingId, style);
  site.put('client/call-room.css', `${FOLDER}/call-room.css`, style);
  site.put(template, room, style);
  wire(site, entry, { room, meetingId });
}

function inLanguage(path: string, { typescript }: Style): string {
  return typescript ? path : path.replace(/\.ts(x?)$/, '.js$1');
}

function wire(
  { tree, manifest, draft, kind }: Site,
  entry: string | null,
  files: { room: string; meetingId: string },
): void {
  const router = Object.keys(manifest.dependencies).find(name => ROUTER.test(name));
  const nameOf = (file: string) => importPath(entry ?? '', file).replace(/\.tsx?$/, '');
  const imports = { room: nameOf(files.room), meetingId: nameOf(files.meetingId) };
  const wired = entry && !router && draft.edit(entry, text => wireClient(kind.framework, text, imports));
  if (!wired) draft.step(describeRoute(kind.framework, files.room, router ?? 'the entry of your app'));
  if (lacksProxy(tree, manifest))
    draft.step(
      "In Vite's config, lead /api to your server: server: { proxy: { '/api': 'http://localhost:3000' } }",
    );
}

/** Vite serves the page while one develops, and knows nothing of a server beside it. */
function lacksProxy(tree: Tree, { scripts }: Manifest): boolean {
  const configs = ['ts', 'js', 'mts', 'mjs'].map(ending => tree.read(`vite.config.${ending}`) ?? '');
  return /\bvite\b/.test(scripts.dev ?? '') && !configs.some(text => text.includes('/api'));
}

function describeRoute(framework: Framework, room: string, where: string): string {
  const what = framework === 'vanilla' ? 'openCallRoom(id)' : 'CallRoom, with the id as its meetingId,';
  return `At /meet/<id>, show ${what} of ${room}, by ${where}`;
}
