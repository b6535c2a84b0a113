import type { Rule } from '../../rule.ts';
import { loadedBy, nextModules } from '../../web/next.ts';
import { sdkModuleOf } from '../../web/sdk-modules.ts';
import { svelteKitRendered } from '../../web/svelte-kit.ts';

export const ssrImport: Rule = {
  id: 'web/ssr-import',
  severity: 'error',
  platform: 'web',
  title: 'the SDK is imported where Next.js or SvelteKit renders on the server',
  why: 'The SDK needs `window` as soon as it is loaded. On the server there is none: the page answers 500, or the build stops with “window is not defined”.',
  fix: `'use client';   // app router: at the top of the component, or of one that imports it
const Room = dynamic(() => import('./room'), { ssr: false });   // pages router, or in a client component
const { CometChatCalls } = await import('@cometchat/calls-sdk-javascript');   // SvelteKit: in onMount`,
  bad: {
    'package.json':
      '{ "dependencies": { "next": "^15.0.0", "@cometchat/calls-sdk-javascript": "^5.0.7" } }\n',
    'app/meet/[id]/page.tsx': `import { CometChatCalls } from '@cometchat/calls-sdk-javascript';

export default function Page() {
  return <button onClick={() => CometChatCalls.leaveSession()}>Leave</button>;
}
`,
  },
  good: {
    'package.json':
      '{ "dependencies": { "next": "^15.0.0", "@cometchat/calls-sdk-javascript": "^5.0.7" } }\n',
    'app/meet/[id]/page.tsx': `import { Leave } from './leave';

export default function Page() {
  return <Leave />;
}
`,
    'app/meet/[id]/leave.tsx': `'use client';
import { CometChatCalls } from '@cometchat/calls-sdk-javascript';

export const Leave = () => <button onClick={() => CometChatCalls.leaveSession()}>Leave</button>;
`,
  },
  check({ project, web }, report) {
    const facts = { project, web };
    for (const path of new Set([...nextModules(facts).rendered, ...svelteKitRendered(facts)]))
      for (const statement of web.sources.get(path)?.statements ?? []) {
        const specifier = loadedBy(statement)?.text;
        if (specifier === undefined || specifier.endsWith('.css') || !sdkModuleOf(specifier)) continue;
        report(statement, 'this module runs on the server too, where the SDK finds no window');
      }
  },
};
