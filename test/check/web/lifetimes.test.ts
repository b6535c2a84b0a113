import { describe, expect, it } from 'vitest';
import { calleeName } from '../../../src/check/web/nodes.ts';
import { webOf } from '../in-memory.ts';

/** Which of `join` and `leave` is run at the beginning, and which at the end, of any lifetime of the file. */
function lifetimes(path: string, code: string): string[] {
  const web = webOf({ [path]: code });
  const names = ['join', 'leave'];
  return web.lifetimes().flatMap(({ kind, starts, ends }) => {
    const run = (fns: typeof starts) =>
      names.filter(name => fns.some(fn => web.reaches(fn, call => calleeName(call) === name)));
    const [first, last] = [run(starts), run(ends)];
    return first.length + last.length > 0 ? [`${kind}: ${first.join(' ')} / ${last.join(' ')}`] : [];
  });
}

const script = (code: string) => `<script>\n// cometchat\n${code}\n</script>`;

describe('what runs when a part of the page comes and goes', () => {
  it.each<[string, string, string, string[]]>([
    [
      'an effect',
      'a.tsx',
      'useEffect(() => { join(); return () => leave(); }, []);',
      ['effect: join / leave'],
    ],
    [
      'a listener that is only taken off',
      'a.tsx',
      "useEffect(() => { join(); on('x', leave2); return () => off('x', leave2); }); const leave2 = () => leave();",
      ['effect: join leave / '],
    ],
    ['an effect without clean-up', 'a.tsx', 'React.useEffect(() => { join(); });', ['effect: join / ']],
    [
      'a named clean-up',
      'a.tsx',
      'useEffect(() => { const off = () => leave(); join(); return off; });',
      ['effect: join / leave'],
    ],
    [
      'a clean-up through helpers',
      'a.tsx',
      'const exit = () => { leave() }; useEffect(() => { join(); return exit; });',
      ['effect: join / leave'],
    ],
    [
      'a named effect',
      'a.tsx',
      'function run() { join(); return leave2; } const leave2 = () => leave(); useEffect(run);',
      ['effect: join / leave'],
    ],
    [
      'an async function inside',
      'a.tsx',
      'useEffect(() => { (async () => { await join(); })(); return () => void leave(); });',
      ['effect: join / leave'],
    ],
    [
      'a class of React',
      'a.jsx',
      'class R { componentDidMount() { join() } componentWillUnmount() { this.off() } off() { leave() } }',
      ['component: join / leave'],
    ],
    [
      'Angular',
      'a.ts',
      'class R { ngOnInit() { join() } ngOnDestroy() { leave() } }',
      ['component: join / leave'],
    ],
    [
      'a custom element',
      'a.js',
      'class R extends HTMLElement { connectedCallback() { join() } disconnectedCallback() { leave() } }',
      ['component: join / leave'],
    ],
    ['a page', 'a.js', "addEventListener('pagehide', () => leave());", ['page:  / leave']],
  ])('%s', (_, path, code, expected) => {
    expect(lifetimes(path, `// cometchat\n${code}`)).toEqual(expected);
  });

  it.each<[string, string, string, string[]]>([
    [
      "Vue's hooks",
      'a.vue',
      'onMounted(async () => { await join() }); onBeforeUnmount(() => leave());',
      ['component: join / leave'],
    ],
    [
      "Vue's options",
      'a.vue',
      'export default { mounted() { this.go() }, beforeUnmount() { leave() }, methods: { go() { join() } } }',
      ['component: join / leave'],
    ],
    [
      "Svelte's onMount",
      'a.svelte',
      'onMount(() => { join(); return () => leave(); });',
      ['component: join / leave'],
    ],
    [
      "Svelte's onDestroy",
      'a.svelte',
      'onMount(join2); function join2() { join() } onDestroy(() => leave());',
      ['component: join / leave'],
    ],
    [
      "Svelte's $effect",
      'a.svelte',
      '$effect(() => { join(); return () => leave(); });',
      ['effect: join / leave'],
    ],
  ])('%s', (_, path, code, expected) => {
    expect(lifetimes(path, script(code))).toEqual(expected);
  });
});

describe('who calls a function', () => {
  it('are the functions around it and all that come to it', () => {
    const web = webOf({
      'a.ts':
        "import { CometChatCalls } from '@cometchat/calls-sdk-javascript'; export function inner() { CometChatCalls.leaveSession(); }",
      'b.ts': "import { inner } from './a'; export const outer = () => [1].forEach(() => inner());",
    });
    const [call] = web.calls('leaveSession');
    const fns = call ? web.callersOf(call.node) : [];
    expect(fns.map(fn => fn.getText().slice(0, 18))).toEqual([
      'export function in',
      '() => inner()',
      '() => [1].forEach(',
    ]);
  });
});

describe('a file that runs on a server', () => {
  it.each<[string, string, string, boolean]>([
    ['by what it imports', 'src/a.ts', "import express from 'express';", true],
    ['by what it requires', 'src/a.js', "const express = require('express');", true],
    ['by its directive', 'src/a.ts', "'use server';", true],
    ['by its folder', 'server/a.ts', '', true],
    ['as a route of Next.js', 'app/api/meet/route.ts', '', true],
    ['as a route of SvelteKit', 'src/routes/meet/+server.ts', '', true],
    ['but not by its types', 'src/a.ts', "import type { Request } from 'express';", false],
    ['but not for the client', 'server/a.tsx', "'use client';", false],
    ['but not as a client of an API', 'src/api/meetings.ts', '', false],
    ['but not in a component', 'src/Room.tsx', '', false],
  ])('%s', (_, path, code, expected) => {
    const web = webOf({ [path]: `${code}\n// cometchat\nexport const a = 1;` });
    const [source] = web.sources.values();
    expect(source && web.isServer(source.statements[0] ?? source)).toBe(expected);
  });
});
