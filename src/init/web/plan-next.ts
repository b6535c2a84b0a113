import { MeetError } from '../../core/errors.ts';
import { noteServer, SHARED } from './plan-server.ts';
import { importPath, type Style } from './render.ts';
import { type Site, usesTypeScript } from './site.ts';

/** The page and the routes of Next.js's app router, which finds them by their places. */
export function planNext(site: Site): void {
  const base = findAppFolder(site);
  const typescript = usesTypeScript(site, null);
  const style: Style = { typescript, importEnding: '' };
  const ending = typescript ? 'ts' : 'js';
  const page = `${base}app/meet/[id]`;
  const library = `${base}lib/meetings`;
  for (const name of SHARED) site.put(`meetings/${name}.ts`, `${library}/${name}.${ending}`, style);
  for (const name of ['current-user', 'answer'])
    site.put(`next/${name}.ts`, `${library}/${name}.${ending}`, style);
  for (const [name, folder] of ROUTES) {
    const path = `${base}app/api/meetings${folder}/route.${ending}`;
    site.put(`next/${name}-route.ts`, path, style, text =>
      text.replaceAll('@meetings', importPath(path, library)),
    );
  }
  site.put('client/join-meeting.ts', `${page}/join-meeting.${ending}`, style);
  site.put('client/call-room.css', `${page}/call-room.css`, style);
  site.put('react/call-room.tsx', `${page}/call-room.${ending}x`, style);
  site.put('next/browser-room.tsx', `${page}/browser-room.${ending}x`, style);
  site.put('next/page.tsx', `${page}/page.${ending}x`, style);
  noteServer(site, `${library}/current-user.${ending}`);
}

const ROUTES = [
  ['create', ''],
  ['authorize', '/[id]/authorize'],
  ['token', '/[id]/token'],
] as const;

/** What stands before `app`: '' or 'src/'. */
function findAppFolder({ tree }: Site): string {
  const base = ['', 'src/'].find(folder => tree.list(`${folder}app`).length > 0);
  if (base !== undefined) return base;
  throw new MeetError(
    'BAD_REQUEST',
    'There is neither app/ nor src/app/: meet init web writes for the app router of Next.js 15 and newer.',
  );
}
