import { describe, expect, it } from 'vitest';
import { gatherFacts } from '../../../src/check/facts.ts';
import { projectOf } from '../in-memory.ts';

/** How high `#call` is, `-` where nothing says, with a `?` where more may be said than can be read. */
function height(files: Record<string, string>): string {
  const { markup, styles } = gatherFacts(projectOf({ ...files, 'cometchat.js': 'cometchat' }), null);
  const found = markup.elements().find(({ attributes }) => attributes.some(each => each.text === 'call'));
  if (!found) throw new Error('no element');
  const { declarations, complete } = styles.of(found);
  return `${declarations.get('height')?.value ?? '-'}${complete ? '' : ' ?'}`;
}

const page = (style: string, attributes: string) =>
  `<style>${style}</style><p>cometchat</p><div id="call" ${attributes}></div>`;
const jsx = (code: string, attributes: string) =>
  `// cometchat\n${code}\nconst r = <div id="call" ${attributes} />;`;

describe('the style of an element', () => {
  it.each<[string, string, string, string]>([
    ['of nothing', '', '', '-'],
    ['of its tag', 'div { height: 1px }', '', '1px'],
    ['of its class', '.a { height: 1px }', 'class="b a"', '1px'],
    ['of its id before its class', '#call { height: 1px } .a { height: 2px }', 'class="a"', '1px'],
    ['of the later rule', '.a { height: 1px } .b { height: 2px }', 'class="b a"', '2px'],
    ['of itself before all', '#call { height: 1px }', 'style="height: 3px"', '3px'],
    ['below something', '.page > #call { height: 1px }', '', '1px'],
    ['not of what is below it', '#call > p { height: 1px }', '', '-'],
    ['not of two classes of which it has one', '.a.b { height: 1px }', 'class="a"', '-'],
    ['not of a state', '#call:hover { height: 1px }', '', '-'],
    ['not of some screens', '@media (width > 1px) { #call { height: 1px } }', '', '-'],
    ['of a nested rule', '.page { color: red; #call { height: 1px } }', '', '1px'],
    ['of a nested class', '.a { &.b { height: 1px } }', 'class="a b"', '1px'],
    ['of a class that goes on', '.a { top: 0; &__b { &--c { height: 1px } } }', 'class="a__b--c"', '1px'],
    ['of an id that goes on', '#ca { &ll { height: 1px } }', '', '1px'],
    ['of a utility', '', 'class="h-screen"', '100vh'],
    ['of a utility with a value', '', 'class="h-[400px]"', '400px'],
    ['of a library, unknown', '', 'class="mat-card"', '- ?'],
  ])('%s', (_, style, attributes, expected) => {
    expect(height({ 'a.html': page(style, attributes) })).toBe(expected);
  });

  it.each<[string, string, string, string]>([
    ['an object', '', "style={{ height: '1px' }}", '1px'],
    ['pixels', '', 'style={{ height: 1 }}', '1px'],
    ['a variable', "const s = { height: '1px' };", 'style={s}', '1px'],
    ['a spread', "const s = { height: '1px' };", 'style={{ ...s, top: 0 }}', '1px'],
    ['what cannot be read', 'const s = f();', 'style={s}', '- ?'],
    ['a value that cannot be read', '', 'style={{ height: f() }}', '? ?'],
    ['a class by clsx', '', "className={clsx('x', { 'h-screen': open })}", '100vh'],
    ['a class that cannot be read', '', 'className={f()}', '- ?'],
  ])('of JSX: %s', (_, code, attributes, expected) => {
    expect(height({ 'a.jsx': jsx(code, attributes) })).toBe(expected);
  });

  it('of a CSS module, by the name it is imported under', () => {
    const files = {
      'a.module.css': '.call { height: 1px } .other { height: 2px }',
      'b.module.css': '.call { height: 3px }',
      'a.jsx': jsx("import css from './a.module.css';", 'className={css.call}'),
    };
    expect(height(files)).toBe('1px');
  });

  it("of a component's own, and not of another's", () => {
    const own = (size: string) =>
      `<script>// cometchat</script><template><div id="call" class="c"/></template><style lang="scss">.c { height: ${size} } // x</style>`;
    expect(height({ 'a.vue': own('1px'), 'b.vue': own('2px') })).toBe('1px');
  });

  it('of a styled component', () => {
    const code = '// cometchat\nconst Call = styled.div`height: 1px;`;\nconst r = <Call id="call" />;';
    expect(height({ 'a.jsx': code })).toBe('1px');
  });
});
