import { MeetError } from '../../core/errors.ts';
import type { Manifest } from './manifest.ts';

export const FRAMEWORKS = ['react', 'vue', 'svelte', 'vanilla'] as const;
export const SERVERS = ['express', 'fastify', 'next'] as const;

export type Framework = (typeof FRAMEWORKS)[number];
export type Server = (typeof SERVERS)[number];

export interface Kind {
  readonly framework: Framework;
  readonly server: Server;
}

/** What an app is built with, by its dependencies, unless it was said. Throws `BAD_REQUEST` that names the flag which tells. */
export function detectKind(manifest: Manifest, said: Partial<Kind>): Kind {
  const server = said.server ?? detectServer(manifest);
  const framework = said.framework ?? (server === 'next' ? 'react' : detectFramework(manifest));
  if (server === 'next' && framework !== 'react')
    throw new MeetError(
      'BAD_REQUEST',
      'Next.js is for React: leave --framework out, or name another --server.',
    );
  return { framework, server };
}

function detectFramework({ dependencies, isWorkspaceRoot }: Manifest): Framework {
  const found = (['react', 'vue', 'svelte'] as const).filter(name => name in dependencies);
  if (found.length > 1) throw unclear(`package.json has ${found.join(' and ')}`, 'framework', found);
  if (found[0]) return found[0];
  if ('vite' in dependencies) return 'vanilla';
  if (isWorkspaceRoot) throw workspaceRoot();
  throw unclear('package.json has none of react, vue, svelte and vite', 'framework', FRAMEWORKS);
}

function detectServer({ dependencies, isWorkspaceRoot }: Manifest): Server {
  if ('next' in dependencies) return 'next';
  const found = (['express', 'fastify'] as const).filter(name => name in dependencies);
  if (found.length > 1) throw unclear(`package.json has ${found.join(' and ')}`, 'server', found);
  if (found[0]) return found[0];
  if (isWorkspaceRoot) throw workspaceRoot();
  throw unclear('package.json has none of express, fastify and next', 'server', ['express', 'fastify']);
}

function unclear(what: string, flag: string, names: readonly string[]): MeetError {
  return new MeetError('BAD_REQUEST', `${what}; say which with --${flag} ${names.join('|')}.`);
}

function workspaceRoot(): MeetError {
  return new MeetError(
    'BAD_REQUEST',
    'This is the root of a workspace; name the folder of the app in it: meet init web packages/web',
  );
}
