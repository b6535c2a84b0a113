import { describe, expect, it } from 'vitest';
import { detectKind } from '../../../src/init/web/detect.ts';
import type { Manifest } from '../../../src/init/web/manifest.ts';

function manifestWith(names: string, rest: Partial<Manifest> = {}): Manifest {
  const dependencies = Object.fromEntries(
    names
      .split(' ')
      .filter(Boolean)
      .map(name => [name, '^1.0.0']),
  );
  return { dependencies, scripts: {}, isModule: true, isWorkspaceRoot: false, ...rest };
}

describe('what an app is built with', () => {
  it.each([
    ['react react-dom vite express', {}, 'react', 'express'],
    ['vue vite fastify', {}, 'vue', 'fastify'],
    ['svelte vite express', {}, 'svelte', 'express'],
    ['vite fastify', {}, 'vanilla', 'fastify'],
    ['next react react-dom', {}, 'react', 'next'],
    ['next react express', {}, 'react', 'next'],
    ['next react express', { server: 'express' }, 'react', 'express'],
    ['react vue express', { framework: 'vue' }, 'vue', 'express'],
    ['express fastify react', { server: 'fastify' }, 'react', 'fastify'],
    ['', { framework: 'vanilla', server: 'express' }, 'vanilla', 'express'],
  ] as const)('is read from %j, with %j said', (names, said, framework, server) => {
    expect(detectKind(manifestWith(names), said)).toEqual({ framework, server });
  });

  it.each([
    ['react vue express', {}, 'package.json has react and vue; say which with --framework react|vue.'],
    ['react express fastify', {}, 'package.json has express and fastify; say which with --server'],
    ['react vite', {}, 'package.json has none of express, fastify and next; say which with --server'],
    ['express', {}, 'package.json has none of react, vue, svelte and vite; say which with --framework'],
    ['vue', { server: 'next', framework: 'vue' }, 'Next.js is for React'],
  ] as const)('has to be said where it is unclear: %j', (names, said, message) => {
    expect(() => detectKind(manifestWith(names), said)).toThrow(message);
  });

  it('is not looked for in the root of a workspace', () => {
    expect(() => detectKind(manifestWith('', { isWorkspaceRoot: true }), {})).toThrow(
      'name the folder of the app in it: meet init web packages/web',
    );
  });
});
