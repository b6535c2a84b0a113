import { describe, expect, it } from 'vitest';
import { gatherFacts } from '../../../src/check/facts.ts';
import { namesIn } from '../../../src/check/markup/template-code.ts';
import { projectOf } from '../in-memory.ts';

/** What must hold for the element `#call` to be there. */
function conditions(path: string, text: string): string[] {
  const { markup } = gatherFacts(projectOf({ [path]: text, 'cometchat.js': 'cometchat' }), null);
  const found = markup.elements().find(({ attributes }) => attributes.some(each => each.text === 'call'));
  if (!found) throw new Error('no element');
  return found.conditions.map(({ code, negated }) => `${negated ? 'not ' : ''}${code}`);
}

const jsx = (body: string) => `// cometchat\nfunction R() { ${body} }`;
const component = (template: string) => `<script>// cometchat\n</script>\n${template}`;

describe('conditions around an element', () => {
  it.each<[string, string, string[]]>([
    ['none', 'return <div id="call"/>', []],
    ['&&', 'return <p>{joined && <div id="call"/>}</p>', ['joined']],
    ['both of two', 'return a && <p>{b && <div id="call"/>}</p>', ['a', 'b']],
    ['a choice', 'return joined ? <div id="call"/> : null', ['joined']],
    ['the other choice', 'return joined ? null : <div id="call"/>', ['not joined']],
    ['an early return', 'if (!joined) return null; return <div id="call"/>', ['not !joined']],
    [
      'an early return in a block',
      'if (!joined) { f(); return <p/>; } return <div id="call"/>',
      ['not !joined'],
    ],
    ['if', 'if (joined) { return <div id="call"/> } return null', ['joined']],
    ['else', 'if (joined) return null; else return <div id="call"/>', ['not joined']],
    ['no return at all', 'if (!joined) f(); return <div id="call"/>', []],
    ['a function of its own', 'if (!joined) return null; const f = () => <div id="call"/>', []],
  ])('of JSX: %s', (_, body, expected) => {
    expect(conditions('a.jsx', jsx(body))).toEqual(expected);
  });

  it.each<[string, string, string, string[]]>([
    ['v-if', 'a.vue', '<template><div v-if="joined" id="call"/></template>', ['joined']],
    ['v-show', 'a.vue', '<template><div v-show="joined" id="call"/></template>', ['joined']],
    [
      'v-else',
      'a.vue',
      '<template><p v-if="left"/><p v-else-if="lost"/><div v-else id="call"/></template>',
      ['not left', 'not lost'],
    ],
    [
      'v-if of its parent',
      'a.vue',
      '<template><main v-if="a.b"><p v-if="c"/><div id="call"/></main></template>',
      ['a.b'],
    ],
    ['{#if}', 'a.svelte', '{#if joined}<main><div id="call"></div></main>{/if}', ['joined']],
    [
      '{:else}',
      'a.svelte',
      '{#if left}<p/>{:else if lost}<p/>{:else}<div id="call"></div>{/if}',
      ['not left', 'not lost'],
    ],
    ['*ngIf', 'a.html', '<main *ngIf="joined"><div id="call"></div></main>', ['joined']],
    ['@if', 'a.html', '<p></p>@if (joined()) { <div id="call"></div> }', ['joined()']],
    ['@if that is over', 'a.html', '@if (left) { <p></p> } <div id="call"></div>', []],
    [
      '@for around @if',
      'a.html',
      '@for (a of b; track a) { <p></p> @if (a) { <div id="call"></div> } }',
      ['a'],
    ],
  ])('of a template: %s', (_, path, template, expected) => {
    expect(conditions(path, component(template))).toEqual(expected);
  });

  it('of a template inside of a script', () => {
    const code =
      '// cometchat\n@Component({ template: `<p></p><div *ngIf="joined" id="call"></div>` }) class R {}';
    expect(conditions('a.ts', code)).toEqual(['joined']);
  });
});

it.each([
  ['joined.value && !failed', ['joined', 'failed']],
  ["state === 'in'", ['state']],
  ['a ? b : c.d', ['a', 'b', 'c']],
  ['a +', ['a']],
])('the names in %s', (code, names) => {
  expect(namesIn(code)).toEqual(expect.arrayContaining(names));
});
