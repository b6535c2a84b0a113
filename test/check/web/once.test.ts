import { expect, it } from 'vitest';
import { runsOnce } from '../../../src/check/web/once.ts';
import { webOf } from '../in-memory.ts';

const sdk = "import { CometChatCalls } from '@cometchat/calls-sdk-javascript';\n";
const add = 'CometChatCalls.addEventListener("onConnectionClosed", over)';

it.each([
  ['the top of a module', 'a.ts', add, true],
  ['a function that the top calls', 'a.ts', `start(); async function start() { ${add}; }`, true],
  ['a function of such a function', 'a.ts', `const b = () => ${add}; const a = () => b(); a();`, true],
  ['what is called twice', 'a.ts', `const b = () => ${add}; b(); b();`, false],
  ['what a loop calls', 'a.ts', `const b = () => ${add}; for (const x of list) b();`, false],
  ['what calls itself', 'a.ts', `function b() { ${add}; b(); }`, false],
  ['what others may call', 'a.ts', `export function b() { ${add}; }`, false],
  ['a click', 'a.ts', `button.addEventListener('click', () => ${add});`, false],
  ['the page’s load', 'a.ts', `addEventListener('load', () => ${add});`, true],
  [
    'a component',
    'a.tsx',
    `const Room = () => { ${add}; return null; }; export const App = () => <Room />;`,
    false,
  ],
  ['the top of a component’s script', 'a.vue', add, false],
  ['a service of Angular’s', 'a.ts', `@Injectable() class A { constructor() { ${add}; } }`, true],
  ['a component of Angular’s', 'a.ts', `@Component({}) class A { constructor() { ${add}; } }`, false],
])('%s (%s)', (_, path, code, once) => {
  const text = path.endsWith('.vue') ? `<script setup>\n${sdk}${code}\n</script>` : sdk + code;
  const web = webOf({ [path]: text });
  const [call] = web.calls('addEventListener');
  expect(call && runsOnce(web, call.node)).toBe(once);
});
