import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { checkProject } from '../../../src/check/check-project.ts';
import { loadDart, type ParseDart } from '../../../src/check/dart/parse-dart.ts';
import { ALL_RULES } from '../../../src/check/rules/all.ts';
import { projectOf } from '../in-memory.ts';

const dist = (name: string) => join(import.meta.dirname, '../../../dist/check', name);
let parseDart: ParseDart;

beforeAll(async () => {
  parseDart = await loadDart({ runtime: dist('tree-sitter.wasm'), grammar: dist('dart.wasm') });
});

const WEB = { 'package.json': '{"dependencies": {"@cometchat/calls-sdk-javascript": "^5.0.7"}}' };
const APP = { 'pubspec.yaml': 'name: app\ndependencies:\n  cometchat_calls_sdk: ^5.0.0\n' };

/** A call that rules have something to say about: what comes before it must not keep them from it, nor end them. */
const JOIN = `import { CometChatCalls } from '@cometchat/calls-sdk-javascript';
export const join = async (token, box) => { await CometChatCalls.joinSession(token, {}, box); };
`;

function check(files: Readonly<Record<string, string>>) {
  return checkProject(projectOf(files), { rules: ALL_RULES, parseDart });
}

const notedFiles = (files: Readonly<Record<string, string>>) => check(files).notes.map(({ file }) => file);
const found = (files: Readonly<Record<string, string>>) => check(files).findings.map(({ ruleId }) => ruleId);

describe('broken syntax is noted where a parser tells of it, and never ends the check', () => {
  it.each<[string, string]>([
    ['a.js', `${JOIN}const = (;`],
    ['a.tsx', `${JOIN}export const A = () => <div style={{ width: }}><b></div>;`],
    ['a.vue', `<script setup>${JOIN}const =</script><template><div v-if="a >"><p></div></template>`],
    ['a.svelte', `<script>${JOIN}</script>{#if a}<div style={`],
  ])('%s', (path, text) => {
    const all = { ...WEB, ...APP, 'src/join.ts': JOIN, 'lib/main.dart': 'void main() {}', [path]: text };
    expect(notedFiles(all)).toContain(path);
  });

  it.each<[string, string]>([
    [
      'lib/main.dart',
      "import 'package:cometchat_calls_sdk/cometchat_calls_sdk.dart';\nclass A { void f( { CometChatCalls.",
    ],
    ['a.html', `<script type="module">${JOIN}</script><div <p style="width"><!-- `],
    ['a.css', '.a { color: red; } } .b { : ; '],
    ['AndroidManifest.xml', '<manifest><application></manifest'],
    ['Info.plist', '<plist><dict><key>a</dict>'],
    ['package.json', '{"dependencies": {'],
    ['pubspec.yaml', 'name: [a\n  b: {'],
  ])('%s, which its parser mends or nobody asks for', (path, text) => {
    expect(() => check({ ...WEB, ...APP, 'src/join.ts': JOIN, [path]: text })).not.toThrow();
  });
});

describe('texts of unusual form', () => {
  const paths = [
    'a.ts',
    'a.tsx',
    'a.vue',
    'a.svelte',
    'a.html',
    'a.css',
    'a.dart',
    'b/AndroidManifest.xml',
    'b/Info.plist',
    'b/pubspec.yaml',
    'b/package.json',
    'b/build.gradle',
  ];

  it.each(paths)('%s with nothing in it', path => {
    expect(found({ ...WEB, 'src/join.ts': JOIN, [path]: '' })).toContain('web/join-result-unchecked');
  });

  it.each<[string, (text: string) => string]>([
    ['a byte order mark', text => `\uFEFF${text}`],
    ['CRLF', text => text.replaceAll('\n', '\r\n')],
    ['CR only', text => text.replaceAll('\n', '\r')],
  ])('%s', (_, change) => {
    const files = { ...WEB, 'src/join.ts': change(JOIN), 'package.json': change(WEB['package.json']) };
    const places = check(files).findings.map(({ ruleId, line }) => `${ruleId} ${line}`);
    expect(places).toContain('web/join-result-unchecked 2');
  });

  it('one script of 1.9 MB', () => {
    const helper = (at: number) =>
      `export function helper${at}(value) {\n  return value.map(each => each.name);\n}\n`;
    const text = JOIN + Array.from({ length: 26_000 }, (_, at) => helper(at)).join('');
    expect(found({ ...WEB, 'src/join.js': text.slice(0, 1_900_000) })).toContain('web/join-result-unchecked');
  }, 60_000);
});

const nest = (open: string, middle: string, close: string, times = 5_000) =>
  open.repeat(times) + middle + close.repeat(times);

describe('5,000 levels deep', () => {
  it.each<[string, string, string]>([
    ['brackets', 'a.ts', `export const a = ${nest('(', '1', ')')};`],
    ['calls', 'a.ts', `export const a = ${nest('f(', '1', ')')};`],
    ['arrays', 'a.ts', `export const a = ${nest('[', '1', ']')};`],
    ['objects', 'a.ts', `export const a = ${nest('{ a: ', '1', '}')};`],
    ['functions', 'a.ts', `export const a = ${nest('() => ', '1', '')};`],
    ['choices', 'a.ts', `export const a = ${nest('b ? 1 : ', '1', '')};`],
    ['sums', 'a.ts', `export const a = ${nest('b + ', '1', '')};`],
    ['members', 'a.ts', `export const a = b${'.c'.repeat(5_000)};`],
    ['blocks', 'a.ts', nest('{', '', '}')],
    ['elements', 'a.tsx', `export const a = ${nest('<div>', '', '</div>')};`],
    ['elements of a page', 'a.html', nest('<div>', '', '</div>')],
    ['elements of Vue', 'a.vue', `<template>${nest('<div>', '', '</div>')}</template>`],
    ['elements of Svelte', 'a.svelte', nest('<div>', '', '</div>')],
    ['style rules', 'a.css', nest('.a {', 'color: red', '}')],
    ['XML', 'AndroidManifest.xml', nest('<a>', '', '</a>')],
    ['a property list', 'Info.plist', `<plist>${nest('<array>', '', '</array>')}</plist>`],
    ['JSON', 'package.json', nest('[', '', ']')],
    ['YAML', 'pubspec.yaml', `a: ${nest('[', '', ']')}`],
    ['Dart', 'lib/main.dart', `var a = ${nest('f(', '1', ')')};`],
  ])(
    '%s',
    (_, path, text) => {
      const code = path.endsWith('.ts') || path.endsWith('.tsx') ? `// cometchat\n${text}` : text;
      expect(() => check({ ...WEB, ...APP, 'src/join.ts': JOIN, [path]: code })).not.toThrow();
    },
    60_000,
  );

  it('keeps the rest of the project', () => {
    const files = {
      ...WEB,
      'src/join.ts': JOIN,
      'src/a.ts': `// cometchat\nexport const a = ${nest('f(', '1', ')')};`,
    };
    expect(found(files)).toContain('web/join-result-unchecked');
    expect(notedFiles(files)).toEqual(['src/a.ts']);
  });
});

describe('what goes round in circles', () => {
  const sdk = "import { CometChatCalls } from '@cometchat/calls-sdk-javascript';\n";
  const end = 'CometChatCalls.joinSession(made(token), made({}), made(box));';

  it.each<[string, Record<string, string>]>([
    [
      'imports',
      {
        'a.ts': `${sdk}import { b } from './b'; export const a = b; CometChatCalls.joinSession(a, b, a.b);`,
        'b.ts': "import { a } from './a'; export const b = a;",
      },
    ],
    [
      're-exports',
      {
        'a.ts': `${sdk}export * from './b'; import { c } from './b'; CometChatCalls.joinSession(c);`,
        'b.ts': "export * from './a'; export { c } from './a'; export { c as d } from './b';",
      },
    ],
    [
      'a module that imports itself',
      {
        'a.ts': `${sdk}import * as a from './a'; export default a.default; CometChatCalls.joinSession(a.a.a.default);`,
      },
    ],
    [
      'types',
      {
        'a.ts': `${sdk}type A<T> = { a: A<A<T>> } & T; interface B extends B {} class C extends C { c: A<C> = this.c; } declare const x: A<B>; CometChatCalls.joinSession(x.a.a.a, new C().c, new C().d);`,
      },
    ],
    [
      'functions',
      {
        'a.ts': `${sdk}const made = x => made(made(x)); function f(a) { return g(a) } function g(b) { return f(b) } ${end} CometChatCalls.joinSession(f(1), g(f), f(f));`,
      },
    ],
    [
      'functions that give functions',
      {
        'a.ts': `${sdk}const made = x => made(x)(made); const y = y => y(y)(y); ${end} CometChatCalls.joinSession(y(y), y, y(made));`,
      },
    ],
    [
      'hooks',
      {
        'a.tsx': `${sdk}import { useState } from 'react'; function useA(a) { const [b, setB] = useState(useB(a)); setB(b); return useB(b); } function useB(c) { const d = useA(c); return { ...d, d: d.d }; } export function A(p) { const { d } = useA(p); CometChatCalls.joinSession(d.d, d, p); return <A {...p} d={d}><A {...d} /></A>; }`,
      },
    ],
    [
      'variables',
      {
        'a.ts': `${sdk}let a = b, b = a; a = a.a; b = { ...a, ...b }; [a, b] = [b, a]; for (const x of a) a = x; CometChatCalls.joinSession(a, b, a[b]);`,
      },
    ],
    [
      'files of TypeScript settings',
      {
        'tsconfig.json':
          '{"extends": "./tsconfig.json", "references": [{"path": "."}], "compilerOptions": {"paths": {"*": ["./*"]}}}',
        'a.ts': JOIN,
      },
    ],
  ])(
    '%s',
    (_, files) => {
      expect(() => check({ ...WEB, ...files })).not.toThrow();
    },
    20_000,
  );

  it('styles and pages that import each other', () => {
    const files = {
      'a.css': '@import "./b.css"; .a { composes: a; width: var(--a); --a: var(--a); }',
      'b.css': '@import "./a.css";',
    };
    expect(() => check({ ...WEB, 'src/join.ts': JOIN, ...files })).not.toThrow();
  });
});
