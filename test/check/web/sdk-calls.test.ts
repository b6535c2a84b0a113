import { describe, expect, it } from 'vitest';
import { webOf } from '../in-memory.ts';

const SDK = "import { CometChatCalls } from '@cometchat/calls-sdk-javascript';";

/** Where the project calls `leaveSession`, however it gets hold of it. */
const calls = (files: Record<string, string>) =>
  webOf(files)
    .calls('leaveSession')
    .map(({ node }) => node.getText());

describe('a call of the SDK is seen', () => {
  it.each<[string, string]>([
    ['by its import', `${SDK} CometChatCalls.leaveSession();`],
    [
      'under another name',
      `import { CometChatCalls as C } from '@cometchat/calls-sdk-javascript'; C.leaveSession();`,
    ],
    [
      'through the module',
      `import * as sdk from '@cometchat/calls-sdk-javascript'; sdk.CometChatCalls.leaveSession();`,
    ],
    [
      'through the default',
      `import sdk from '@cometchat/calls-sdk-javascript'; sdk.CometChatCalls.leaveSession();`,
    ],
    [
      'of a CDN',
      `import { CometChatCalls } from 'https://esm.sh/@cometchat/calls-sdk-javascript@5'; CometChatCalls.leaveSession();`,
    ],
    [
      'required',
      `const { CometChatCalls } = require('@cometchat/calls-sdk-javascript'); CometChatCalls.leaveSession();`,
    ],
    [
      'required, and a member of it',
      `const sdk = require('@cometchat/calls-sdk-javascript').CometChatCalls; sdk.leaveSession();`,
    ],
    [
      'imported late',
      `const { CometChatCalls: C } = await import('@cometchat/calls-sdk-javascript'); C.leaveSession();`,
    ],
    [
      'imported late, with then',
      `import('@cometchat/calls-sdk-javascript').then(m => m.CometChatCalls.leaveSession());`,
    ],
    [
      'imported late into a variable',
      `let C; async function load() { C = (await import('@cometchat/calls-sdk-javascript')).CometChatCalls; } function f() { C?.leaveSession(); }`,
    ],
    ['on window', 'window.CometChatCalls.leaveSession();'],
    ['as a global', 'CometChatCalls.leaveSession();'],
    ['on globalThis', 'globalThis.CometChatCalls.leaveSession();'],
    ['taken apart', `${SDK} const { leaveSession } = CometChatCalls; leaveSession();`],
    ['taken out', `${SDK} const leave = CometChatCalls.leaveSession; leave();`],
    ['by a string', `${SDK} CometChatCalls['leaveSession']();`],
    ['optional', `${SDK} CometChatCalls?.leaveSession?.();`],
    [
      'in a ref',
      `${SDK} const sdk = useRef(null); sdk.current = CometChatCalls; sdk.current.leaveSession();`,
    ],
    ['in a ref from the start', `${SDK} const sdk = useRef(CometChatCalls); sdk.current.leaveSession();`],
    [
      'in a state',
      `${SDK} const [sdk, setSdk] = useState(null); setSdk(() => CometChatCalls); sdk.leaveSession();`,
    ],
    ['in a class', `${SDK} class S { #sdk = CometChatCalls; leave() { this.#sdk.leaveSession(); } }`],
    [
      'given to a class',
      `${SDK} class S { constructor(private sdk) {} leave() { this.sdk.leaveSession(); } } new S(CometChatCalls);`,
    ],
    ['as an argument', `${SDK} const leave = sdk => sdk.leaveSession(); leave(CometChatCalls);`],
    [
      'as an argument of whichever it is',
      `${SDK} const a = s => s.leaveSession(); const b = s => s; const f = q ? a : b; f(CometChatCalls);`,
    ],
    ['by its type', `${SDK} export function leave(sdk: typeof CometChatCalls) { sdk.leaveSession(); }`],
    ['from a function', `${SDK} const get = () => CometChatCalls; get().leaveSession();`],
    [
      'from an async function',
      `${SDK} const get = async () => CometChatCalls; async function f() { (await get()).leaveSession(); }`,
    ],
    [
      'from a hook',
      `${SDK} const useCalls = () => ({ sdk: CometChatCalls }); function R() { const { sdk } = useCalls(); sdk.leaveSession(); }`,
    ],
  ])('%s', (_, code) => {
    expect(calls({ 'src/a.tsx': code })).toHaveLength(1);
  });

  it.each<[string, Record<string, string>]>([
    [
      'a re-export',
      {
        'sdk.ts': "export * from '@cometchat/calls-sdk-javascript';",
        'a.ts': "import { CometChatCalls } from './sdk'; CometChatCalls.leaveSession();",
      },
    ],
    [
      'a renamed re-export',
      {
        'sdk.ts': "export { CometChatCalls as Calls } from '@cometchat/calls-sdk-javascript';",
        'a.ts': "import { Calls } from './sdk.js'; Calls.leaveSession();",
      },
    ],
    [
      'a default export',
      {
        'sdk.js': `${SDK} export default CometChatCalls;`,
        'a.js': "import calls from './sdk'; calls.leaveSession();",
      },
    ],
    [
      'a path of tsconfig',
      {
        'tsconfig.json': '{ "compilerOptions": { "paths": { "#lib/*": ["./src/lib/*"] } } } // ours',
        'src/lib/sdk.ts': `${SDK} export const calls = CometChatCalls;`,
        'src/a.ts': "import { calls } from '#lib/sdk'; calls.leaveSession();",
      },
    ],
    [
      "Vite's @",
      {
        'src/sdk.js': `${SDK} export { CometChatCalls };`,
        'src/a.vue':
          "<script setup>\nimport { CometChatCalls } from '@/sdk';\nCometChatCalls.leaveSession();\n</script>",
      },
    ],
    [
      'a package of the monorepo',
      {
        'packages/calls/package.json': '{"name":"@acme/calls"}',
        'packages/calls/src/index.ts': `${SDK} export const sdk = CometChatCalls;`,
        'apps/web/a.ts': "import { sdk } from '@acme/calls'; sdk.leaveSession();",
      },
    ],
    [
      'CommonJS',
      {
        'sdk.js': "exports.calls = require('@cometchat/calls-sdk-javascript').CometChatCalls;",
        'a.js': "const { calls } = require('./sdk'); calls.leaveSession();",
      },
    ],
    [
      'Svelte',
      { 'a.svelte': `<script lang="ts">\n${SDK}\nCometChatCalls.leaveSession();\n</script>\n<p>hi</p>` },
    ],
    [
      'a page',
      {
        'index.html':
          '<script src="https://cdn/cometchat.js"></script><script>CometChatCalls.leaveSession()</script>',
      },
    ],
  ])('through %s', (_, files) => {
    expect(calls(files)).toHaveLength(1);
  });

  it.each<[string, string]>([
    ['an object of the same name', `${SDK} const Calls = { leaveSession() {} }; Calls.leaveSession();`],
    ['what nobody fills', `${SDK} export function f(calls) { calls.leaveSession(); }`],
    ['another member', `${SDK} CometChatCalls.muteAudio();`],
    [
      'another package',
      `import { CometChatCalls } from './mine'; CometChatCalls.leaveSession(); // cometchat`,
    ],
  ])('but not in %s', (_, code) => {
    expect(calls({ 'src/a.ts': code })).toEqual([]);
  });
});
