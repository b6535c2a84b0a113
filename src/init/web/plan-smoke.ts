import { findServerEntry } from './entries.ts';
import type { Manifest } from './manifest.ts';
import { type Site, usesTypeScript } from './site.ts';

const NAMES = ['meet.smoke.ts', 'meet.smoke.js', 'meet.smoke.mjs', 'meet.smoke.json'];

/** How `meet smoke` is to start this app and to get a session in it. */
export function planSmoke(site: Site): void {
  const { tree, manifest, draft } = site;
  const typescript = usesTypeScript(site, null);
  const path = typescript ? 'meet.smoke.ts' : 'meet.smoke.mjs';
  const other = NAMES.find(name => name !== path && tree.read(name) !== null);
  const origin = `http://localhost:${guessPort(site)}`;
  const start = describeStart(manifest.scripts);
  if (other) draft.step(`${other} is there: see docs/any-page.md for what it needs to make its sessions`);
  else
    site.put('smoke/meet.smoke.ts', path, { typescript, importEnding: '' }, text =>
      text.replace('@origin', origin).replace('@start', start),
    );
  draft.step(`meet exec -- ${start.includes('&&') ? `sh -c '${start}'` : start}`);
  draft.step(
    `curl -X POST ${origin}/api/meetings -H 'meet-as: cometchat-uid-1', then open /meet/<id>?as=cometchat-uid-1`,
  );
  draft.step('meet check && meet smoke    two people meet in it, offline');
  draft.step(
    'In production: COMETCHAT_APP_ID, COMETCHAT_REGION and COMETCHAT_API_KEY in the environment of the server',
  );
}

/** Where the page is while one develops. */
function guessPort({ tree, manifest, kind }: Site): string {
  if (kind.server === 'next') return '3000';
  if (/\bvite\b/.test(manifest.scripts.dev ?? '')) return '5173';
  const entry = findServerEntry(tree, manifest, kind.server);
  const text = (entry && tree.read(entry)) || '';
  return /(?:listen\(\s*\{?\s*(?:port:\s*)?|PORT\s*(?:\?\?|\|\|)\s*)(\d{2,5})/.exec(text)?.[1] ?? '3000';
}

function describeStart(scripts: Manifest['scripts']): string {
  if ('dev' in scripts || !('start' in scripts)) return 'npm run dev';
  return 'build' in scripts ? 'npm run build && npm start' : 'npm start';
}
