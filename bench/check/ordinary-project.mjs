// An app as there are many: mostly components and helpers that have nothing to do with calls, tied together by imports.

/** Files by path; one in a hundred is about calls. */
export function ordinaryProject(count) {
  const files = {
    'package.json': '{"name": "ordinary", "dependencies": {"@cometchat/calls-sdk-javascript": "^5.0.7"}}',
    'src/calls/room.tsx': room(),
  };
  for (let number = 0; number < count - 2; number++) {
    const folder = `src/feature-${number % 40}`;
    if (number % 100 === 0) files[`${folder}/join-${number}.tsx`] = joining(number);
    else if (number % 3 === 0) files[`${folder}/component-${number}.tsx`] = component(number);
    else if (number % 3 === 1) files[`${folder}/helper-${number}.ts`] = helper(number);
    else files[`${folder}/store-${number}.js`] = store(number);
  }
  files['src/app.tsx'] = app(Object.keys(files));
  return files;
}

/** The root, from which all is reached. */
function app(paths) {
  const names = paths.filter(path => /(?:component|join)-\d+/.test(path));
  const imports = names.map(
    (path, at) => `import * as part${at} from '.${path.slice('src'.length).replace('.tsx', '')}';`,
  );
  return `${imports.join('\n')}\n\nexport const parts = [${names.map((_, at) => `part${at}`).join(', ')}];\n`;
}

const neighbour = (number, kind, ending) =>
  `import { ${kind}${number} } from '../feature-${number % 40}/${kind}-${number}${ending}';`;

function component(number) {
  const other = Math.max(1, number - 2);
  return `import { useEffect, useMemo, useState } from 'react';
${neighbour(other - ((other - 1) % 3), 'helper', '')}

export function Component${number}({ items, title, onSelect }: { items: readonly Item[]; title: string; onSelect(id: string): void }) {
  const [query, setQuery] = useState('');
  const [open, setOpen] = useState(false);
  const shown = useMemo(() => items.filter(item => item.name.toLowerCase().includes(query.toLowerCase())), [items, query]);
  useEffect(() => {
    const close = (event: KeyboardEvent) => event.key === 'Escape' && setOpen(false);
    addEventListener('keydown', close);
    return () => removeEventListener('keydown', close);
  }, []);
${Array.from({ length: 12 }, (_, at) => `  const value${at} = shown.length > ${at} ? { id: shown[${at}]?.id ?? '', label: \`\${title} ${at}\`, price: ${at} * 1.2 } : null;`).join('\n')}
  if (!open) return <button onClick={() => setOpen(true)}>{title}</button>;
  return (
    <section className="panel" aria-label={title}>
      <input value={query} onChange={event => setQuery(event.target.value)} placeholder="Search" />
      <ul>
        {shown.map(item => (
          <li key={item.id} className={item.id === value0?.id ? 'chosen' : undefined}>
            <button onClick={() => onSelect(item.id)}>{item.name}</button>
            <span>{new Intl.NumberFormat('en').format(item.price)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

interface Item {
  readonly id: string;
  readonly name: string;
  readonly price: number;
}
`;
}

function helper(number) {
  const functions = Array.from(
    { length: 10 },
    (_, at) => `
/** Sums what is above ${at}, and tells how many there were. */
export function helper${number}x${at}(values: readonly number[], limit = ${at}): { sum: number; count: number } {
  let [sum, count] = [0, 0];
  for (const value of values) {
    if (value <= limit) continue;
    sum += Math.round(value * 100) / 100;
    count++;
  }
  return { sum, count };
}
`,
  );
  return `export const helper${number} = [${Array.from({ length: 10 }, (_, at) => `helper${number}x${at}`).join(', ')}];\n${functions.join('')}`;
}

function store(number) {
  return `const state = { items: new Map(), loading: false, failure: null };
const listeners = new Set();

export const store${number} = {
  subscribe(listener) {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
  async load(url) {
    state.loading = true;
    try {
      const response = await fetch(url, { headers: { accept: 'application/json' } });
      if (!response.ok) throw new Error(\`\${response.status} \${response.statusText}\`);
      for (const item of await response.json()) state.items.set(item.id, { ...item, seen: false });
    } catch (error) {
      state.failure = error instanceof Error ? error.message : String(error);
    } finally {
      state.loading = false;
      for (const listener of listeners) listener(state);
    }
  },
${Array.from({ length: 15 }, (_, at) => `  get field${at}() {\n    return [...state.items.values()].filter(item => item.kind === ${at}).map(item => item.name);\n  },`).join('\n')}
};
`;
}

function joining(number) {
  return `import { useState } from 'react';
import { Room } from '../calls/room';

export function Join${number}({ sessionId }: { sessionId: string }) {
  const [joined, setJoined] = useState(false);
  return joined ? <Room sessionId={sessionId} onOver={() => setJoined(false)} /> : <button onClick={() => setJoined(true)}>Join</button>;
}
`;
}

function room() {
  return `import { useEffect, useRef } from 'react';
import { CometChatCalls } from '@cometchat/calls-sdk-javascript';

/** Asks the server first; what it answers is a token of the user's own. */
async function enter(sessionId: string, container: HTMLElement) {
  const answer = await fetch(\`/api/meetings/\${sessionId}/authorize\`, { method: 'POST' });
  if (!answer.ok) throw new Error('You may not join.');
  const { authToken } = await answer.json();
  await CometChatCalls.loginWithAuthToken(authToken);
  const { token } = await CometChatCalls.generateToken(sessionId);
  const { error } = await CometChatCalls.joinSession(token, {}, container);
  if (error) throw error;
}

export function Room({ sessionId, onOver }: { sessionId: string; onOver(): void }) {
  const container = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const off = CometChatCalls.addEventListener('onConnectionClosed', onOver);
    enter(sessionId, container.current!).catch(onOver);
    return () => {
      off();
      CometChatCalls.leaveSession();
    };
  }, [sessionId, onOver]);
  return <div ref={container} style={{ position: 'fixed', top: 0, left: 0, width: '100vw', height: '100vh' }} />;
}
`;
}
