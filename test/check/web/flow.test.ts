import { ts } from '@ts-morph/common';
import { describe, expect, it } from 'vitest';
import { walk } from '../../../src/check/web/nodes.ts';
import type { Web } from '../../../src/check/web/web.ts';
import { webOf } from '../in-memory.ts';

/** Something that makes the file one that matters. */
const MARK = '// cometchat\n';

function argumentOf(web: Web, name: string): ts.Expression {
  for (const source of web.sources.values())
    for (const node of walk(source)) {
      const isIt = ts.isCallExpression(node) && node.expression.getText() === name;
      if (isIt && node.arguments[0]) return node.arguments[0];
    }
  throw new Error(`nobody calls ${name}`);
}

const files = (code: string | Record<string, string>) =>
  typeof code === 'string' ? { 'src/a.tsx': MARK + code } : code;

/** Where the argument of `sink(…)` comes from, as text. */
function origins(code: string | Record<string, string>, within = false): string[] {
  const web = webOf(files(code));
  const sink = argumentOf(web, 'sink');
  const found = within ? web.originsWithin(sink) : web.origins(sink);
  return found.map(({ node, path }) => [node.getText(), ...path].join(' › '));
}

describe('origins', () => {
  it.each<[string, string, string[]]>([
    ['a literal', 'sink(1)', ['1']],
    ['a variable', 'const a = source(); sink(a)', ['source()']],
    ['both of a choice', 'sink(q ? 1 : 2)', ['1', '2']],
    ['a default', 'sink(a() ?? 2)', ['a()', '2']],
    ['brackets and types', 'async () => sink((await (source() as any))!)', ['source()']],
    ['every assignment', 'let a; a = 1; a = 2; sink(a)', ['1', '2']],
    ['a member', 'const a = source(); sink(a.b.c)', ['source() › b › c']],
    ['a member of an object', 'const a = { b: { c: 1 }, d: 2 }; sink(a.b.c)', ['1']],
    ['a member that is assigned', 'const a = {}; a.b = 1; sink(a.b)', ['1']],
    ['a member through a spread', 'const a = { b: 1 }; const c = { ...a }; sink(c.b)', ['1']],
    ['destructuring', 'const { a: { b: [, c] } } = source(); sink(c)', ['source() › a › b › 1']],
    ['destructuring by assignment', 'let a; [a] = [1]; sink(a)', ['1']],
    ['a parameter', 'function f(a) { sink(a) } f(1); f(2)', ['1', '2']],
    ['a parameter taken apart', 'function f({ a }) { sink(a) } f({ a: 1 })', ['1']],
    ['a parameter with a default', 'function f(a = 1) { sink(a) } f()', ['1']],
    ['what a function gives', 'const f = () => { return source() }; sink(f())', ['source()']],
    ['what it gives to this call', 'const f = a => a; f(1); sink(f(2))', ['2']],
    ['what a method gives', 'class A { f() { return 1 } } sink(new A().f())', ['1']],
    ['a field', 'class A { a = 1; f() { this.a = 2; sink(this.a) } }', ['2', '1']],
    ['then', 'source().then(a => sink(a.b))', ['source() › b']],
    ['what then gives', 'const a = source().then(x => x.b); a.then(sink2); sink(await a)', ['source() › b']],
    ['one of Promise.all', 'const [a, b] = await Promise.all([one(), two()]); sink(b)', ['two()']],
    [
      'a state',
      'const [a, setA] = useState(1); setA(source()); sink(a)',
      ['useState(1) › 0', '1', 'source()'],
    ],
    [
      'a state that then sets',
      'const [a, setA] = useState(); source().then(setA); sink(a)',
      ['useState() › 0', 'source()'],
    ],
    [
      'a ref',
      'const a = useRef(null); a.current = source(); sink(a.current)',
      ['source()', 'useRef(null) › current', 'null'],
    ],
    ["Vue's ref", 'const a = ref(1); a.value = 2; sink(a.value)', ['2', 'ref(1) › value', '1']],
    ['a computed value', 'const a = computed(() => source().b); sink(a.value)', ['source() › b']],
    ['a signal', 'class A { a = signal(1); f() { this.a.set(2); sink(this.a()) } }', ['2', '1']],
    [
      'a property of a component',
      'function R({ id }) { sink(id) } const p = <R id={source()} />',
      ['source()'],
    ],
    ['all properties of a component', 'function R(props) { sink(props.id) } const p = <R id="x" />', ['"x"']],
    ['one of a list', '[1, 2].map(a => sink(a))', ['1', '2']],
    ['one of a list in a loop', 'for (const a of [1, 2]) sink(a)', ['1', '2']],
    ['a part of one, in a loop', 'for (const [, { b }] of [[0, { b: 1 }]]) sink(b)', ['1']],
    ['a loop over what is not known', 'for (const { a } of source()) sink(a)', ['source() › * › a']],
    [
      'a hook',
      'const useA = () => { const [a] = useState(1); return { a } }; const { a } = useA(); sink(a)',
      ['useState(1) › 0', '1'],
    ],
    ['a loop of its own', 'let a = 1; a = a; function f(x) { return f(x) } sink(f(a))', []],
    ['an import of a package', "import { v4 as uuid } from 'uuid'; sink(uuid)", ['v4 as uuid']],
    ['a parameter that nobody fills', 'export function f(a) { sink(a.b) }', ['a › b']],
  ])('of %s', (_, code, expected) => {
    expect(origins(code)).toEqual(expected);
  });

  it('of what a service of Angular gives', () => {
    const found = origins({
      'src/a.ts': `${MARK}import { inject } from '@angular/core'; import { Tokens } from './tokens';
        class Room { tokens = inject(Tokens); enter() { sink(this.tokens.fresh()) } }`,
      'src/tokens.ts': 'export class Tokens { fresh() { return source() } }',
    });
    expect(found).toEqual(['source()']);
  });

  it('of what another file exports under another name', () => {
    const code = {
      'a.ts': `${MARK}import make, { other as o } from './b'; sink([make(), o][0])`,
      'b.ts': "export default function () { return 1 } export { x as other } from './c';",
      'c.ts': 'export const x = 2;',
    };
    expect(origins(code)).toEqual(['1']);
  });

  it.each<[string, string, string[]]>([
    ['a template', `const t = source(); sink(\`a\${t}b\`)`, [`\`a\${t}b\``, 'source()']],
    ['a sum', 'sink("a" + source())', ['"a" + source()', '"a"', 'source()']],
    ['an object', 'const t = source(); sink({ a: 1, t })', ['{ a: 1, t }', '1', 'source()']],
    ['a formatter', 'sink(JSON.stringify(source()))', ['JSON.stringify(source())', 'JSON', 'source()']],
    ['a length', 'sink(source().length)', ['source() › length']],
  ])('within %s', (_, code, expected) => {
    expect(origins(code, true)).toEqual(expected);
  });
});

/** What becomes of the value of `source()`: kind and path. */
function uses(code: string): string[] {
  const web = webOf(files(code));
  for (const node of walk([...web.sources.values()][0] as ts.SourceFile))
    if (ts.isCallExpression(node) && node.expression.getText() === 'source')
      return web.uses(node).map(({ kind, path }) => [kind, ...path].join(' '));
  throw new Error('nobody calls source');
}

describe('uses', () => {
  it.each<[string, string, string[]]>([
    ['nobody', 'source();', ['dropped']],
    ['nobody, awaited', 'async () => { await source(); }', ['dropped']],
    ['nobody, caught', 'source().catch(() => {});', ['dropped']],
    ['a variable nobody reads', 'const a = source();', []],
    ['a member', 'const a = await source(); if (a.error) f();', ['test error']],
    ['a member taken apart', 'const { error: e } = await source(); throw e;', ['thrown error']],
    ['a member by assignment', 'let error; ({ error } = await source()); if (error) f();', ['test error']],
    ['then', 'source().then(({ error }) => { if (error) f(); });', ['test error']],
    ['then with a name', 'function check(a) { return !a.error } source().then(check);', ['test error']],
    ['an unknown function', 'handle(await source());', ['argument']],
    ['a function of ours', 'const f = a => { if (a.error) g() }; f(await source());', ['test error']],
    [
      'a caller',
      'const f = async () => source(); const { error } = await f(); if (error) g();',
      ['test error'],
    ],
    ['whoever may call', 'export const f = () => source();', ['returned']],
    ['a listener', 'button.addEventListener("click", () => source());', ['dropped']],
    ['an object', 'const a = { r: await source() }; if (a.r.error) f();', ['part', 'test error']],
    ['a state', 'const [a, setA] = useState(); setA(await source()); if (a.error) f();', ['test error']],
    [
      'a ref',
      'const a = ref(); a.value = await source(); if (a.value.error) f();',
      ['assigned', 'test error'],
    ],
    [
      'a promise of our own',
      'const p = new Promise(yes => source().then(a => yes(a))); p.then(a => a.error && f());',
      ['test error'],
    ],
    ['a choice', 'const a = (await source()) ?? null; if (a?.error) f();', ['test', 'test error']],
  ])('by %s', (_, code, expected) => {
    expect(uses(code)).toEqual(expected);
  });
});
