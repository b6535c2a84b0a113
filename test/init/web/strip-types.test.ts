import { describe, expect, it } from 'vitest';
import { renderTemplate } from '../../../src/init/web/render.ts';
import { stripTypes } from '../../../src/init/web/strip-types.ts';

describe('TypeScript without its types', () => {
  it.each([
    ["import type { A } from 'a';\n\nexport const a = 1;\n", 'export const a = 1;\n'],
    ["import { a, type A } from 'a';\n", "import { a } from 'a';\n"],
    ["import { type A, a } from 'a';\n", "import { a } from 'a';\n"],
    ["import { a } from 'a';\nimport type { B } from 'b';\n\na();\n", "import { a } from 'a';\n\na();\n"],
    [
      '/** Told. */\nconst a = 1;\n\n/** Of a type. */\nexport interface A {\n  a: { b: string };\n}\n\nuse(a);\n',
      '/** Told. */\nconst a = 1;\n\nuse(a);\n',
    ],
    ['const a = 1;\n\ntype A = typeof a;\n\nuse(a);\n', 'const a = 1;\n\nuse(a);\n'],
    ['function f(a: string, { b }: { b?: B }, c?: C): Promise<D> {}\n', 'function f(a, { b }, c) {}\n'],
    ['const f = (a: string): a is B => true;\n', 'const f = (a) => true;\n'],
    ['const a = f<A>(b as B, (c as C | null)?.d);\n', 'const a = f(b, c?.d);\n'],
    ['class A extends B {\n  readonly a: string;\n}\n', 'class A extends B {\n  a;\n}\n'],
    ['const a = <A b={(c: C) => c} />;\n', 'const a = <A b={(c) => c} />;\n'],
  ])('%j is %j', (typed, plain) => {
    expect(stripTypes(typed)).toBe(plain);
  });
});

describe('a template', () => {
  const component = `<script lang="ts">\n  import { a } from './a.ts';\n  let b: B = a;\n</script>\n\n<p class="c: d">{b}</p>\n`;

  it('keeps what is not script, and names other files as the project does', () => {
    expect(renderTemplate(component, { typescript: false, importEnding: '.js' })).toBe(
      `<script>\n  import { a } from './a.js';\n  let b = a;\n</script>\n\n<p class="c: d">{b}</p>\n`,
    );
    expect(renderTemplate(component, { typescript: true, importEnding: '' })).toBe(
      component.replace('./a.ts', './a'),
    );
  });
});
