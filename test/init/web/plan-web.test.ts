import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { checkProject } from '../../../src/check/check-project.ts';
import { ALL_RULES } from '../../../src/check/rules/all.ts';
import type { InitPlan } from '../../../src/init/file-change.ts';
import { openTree } from '../../../src/init/tree.ts';
import { planWeb, type WebOptions } from '../../../src/init/web/plan-web.ts';
import { projectOf } from '../../check/in-memory.ts';
import { treeOf } from '../tree-of.ts';

type Files = Readonly<Record<string, string>>;

const root = fileURLToPath(new URL('../../..', import.meta.url));
const templates = openTree(join(root, 'src/init/web/templates'));
const APPS = ['react-express', 'vue-fastify', 'svelte-express', 'vanilla-fastify', 'next'];

function readApp(name: string): Files {
  const folder = join(root, 'test/init-apps/apps', name);
  const paths = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry =>
      join(entry.parentPath, entry.name)
        .slice(folder.length + 1)
        .replaceAll('\\', '/'),
    );
  return Object.fromEntries(paths.map(path => [path, readFileSync(join(folder, path), 'utf8')]));
}

const plan = (files: Files, options: WebOptions = {}) => planWeb(treeOf(files), templates, options);
const pathsOf = ({ changes }: InitPlan) => changes.map(({ path }) => path).toSorted();

function apply(files: Files, { changes }: InitPlan): Files {
  return { ...files, ...Object.fromEntries(changes.map(({ path, after }) => [path, after])) };
}

const manifest = (dependencies: Record<string, string>, rest = {}) =>
  `${JSON.stringify({ type: 'module', dependencies, ...rest }, null, 2)}\n`;

describe.each(APPS)('what %s gets', name => {
  const files = readApp(name);
  const after = apply(files, plan(files));

  it('is all there the second time', () => {
    expect(plan(after)).toMatchObject({ changes: [], kept: [] });
  });

  it('leaves nothing of a template unfilled', () => {
    for (const { after: text } of plan(files).changes) expect(text).not.toMatch(/'@(meetings|origin|start)/);
  });

  it('is kept where somebody changed it, and written anew when that is forced', () => {
    const path = Object.keys(after).find(each => /current-user\.m?[jt]s$/.test(each)) ?? '';
    const changed = { ...after, [path]: `${after[path]}// mine\n` };
    expect(plan(changed)).toMatchObject({ changes: [], kept: [path] });
    expect(plan(changed, { force: true })).toMatchObject({
      changes: [{ path, after: after[path] }],
      kept: [],
    });
  });

  it('is only what lacks, where somebody took something away', () => {
    const path = Object.keys(after).find(each => /join-meeting\.[jt]s$/.test(each)) ?? '';
    const { [path]: _, ...rest } = after;
    expect(pathsOf(plan(rest))).toEqual([path]);
  });
});

describe('where things go', () => {
  it('is src/meet for the page, and beside its entry for the server', () => {
    expect(pathsOf(plan(readApp('react-express')))).toEqual([
      '.gitignore',
      'meet.smoke.ts',
      'package.json',
      'server/index.ts',
      ...['admission', 'cometchat', 'current-user', 'development-user', 'refusal', 'routes', 'store'].map(
        each => `server/meetings/${each}.ts`,
      ),
      'src/main.tsx',
      ...['call-room.css', 'call-room.tsx', 'join-meeting.ts', 'meeting-id.ts'].map(
        each => `src/meet/${each}`,
      ),
    ]);
  });

  it('is below src with Next.js, where the app is there, and in JavaScript without TypeScript', () => {
    const files = {
      'package.json': manifest({ next: '^16.0.0', react: '^19.0.0' }),
      'src/app/page.jsx': '',
    };
    expect(pathsOf(plan(files))).toEqual([
      '.gitignore',
      'meet.smoke.mjs',
      'package.json',
      'src/app/api/meetings/[id]/authorize/route.js',
      'src/app/api/meetings/[id]/token/route.js',
      'src/app/api/meetings/route.js',
      ...['browser-room.jsx', 'call-room.css', 'call-room.jsx', 'join-meeting.js', 'page.jsx'].map(
        each => `src/app/meet/[id]/${each}`,
      ),
      ...['admission', 'answer', 'cometchat', 'current-user', 'development-user', 'refusal', 'store'].map(
        each => `src/lib/meetings/${each}.js`,
      ),
    ]);
    const route = plan(files).changes.find(({ path }) => path.endsWith('token/route.js'))?.after;
    expect(route).toContain("from '../../../../../lib/meetings/admission'");
  });

  it('is refused with the pages router, which has no such places', () => {
    const files = { 'package.json': manifest({ next: '^16.0.0' }), 'pages/index.js': '' };
    expect(() => plan(files)).toThrow('There is neither app/ nor src/app/');
  });
});

describe('what is left to people', () => {
  const app = {
    'package.json': manifest({ react: '^19.0.0', 'react-router': '^7.0.0', express: '^5.0.0' }),
    'src/main.jsx': 'render(<App />)\n',
    'server.js': 'createServer(handler).listen(1)\n',
  };

  it('is told where there is a router, or no entry that is known', () => {
    expect(plan(app).steps).toEqual([
      'npm install',
      'At /meet/<id>, show CallRoom, with the id as its meetingId, of src/meet/call-room.jsx, by react-router',
      'In the server, after your session: app.use(meetings), with meetings of server/meetings/routes',
      'Fill in server/meetings/current-user.js: who asks, by your own session. Until then only the emulator lets people in.',
      'meet exec -- npm run dev',
      expect.stringContaining('curl -X POST http://localhost:3000/api/meetings'),
      'meet check && meet smoke    two people meet in it, offline',
      expect.stringContaining('In production: COMETCHAT_APP_ID'),
    ]);
    expect(pathsOf(plan(app))).not.toContain('src/main.jsx');
  });

  it('is the way from Vite to a server beside it', () => {
    const step = expect.stringMatching(/^In Vite's config, lead \/api to your server/);
    const dev = { scripts: { dev: 'vite' } };
    const beside = { 'package.json': manifest({ vite: '8', express: '5' }, dev), 'src/main.js': '' };
    expect(plan(beside).steps).toContainEqual(step);
    const led = { ...beside, 'vite.config.js': "export default { server: { proxy: { '/api': server } } };" };
    expect(plan(led).steps).not.toContainEqual(step);
  });

  it('is what is outside of the project, where nothing is written', () => {
    const outside = {
      'package.json': manifest({ vite: '8', express: '5' }, { scripts: { start: 'node ../server.js' } }),
      'index.html': '<script type="module" src="../main.js"></script>',
      '../main.js': '',
      '../server.js': 'const app = express();\napp.listen(1);\n',
    };
    expect(pathsOf(plan(outside)).filter(path => path.includes('..'))).toEqual([]);
  });

  it('is an SDK that is too old, which is not changed unasked', () => {
    const old = {
      ...app,
      'package.json': manifest({ vite: '8', fastify: '5', '@cometchat/calls-sdk-javascript': '^4.2.6' }),
    };
    expect(plan(old).steps[0]).toBe(
      'package.json has @cometchat/calls-sdk-javascript ^4.2.6, and the call room is for version 5: npm install @cometchat/calls-sdk-javascript@5',
    );
    expect(pathsOf(plan(old))).not.toContain('package.json');
  });

  it('is a smoke file of their own', () => {
    const own = { ...app, 'meet.smoke.json': '{}' };
    expect(pathsOf(plan(own)).filter(path => path.startsWith('meet.smoke'))).toEqual([]);
    expect(plan(own).steps).toContainEqual(expect.stringContaining('meet.smoke.json is there'));
  });
});

/** Each room with each server, in both languages: far more than can be run. */
const COMBINATIONS = ['react', 'vue', 'svelte', 'vanilla'].flatMap(framework =>
  ['express', 'fastify'].flatMap(server =>
    [true, false].map(typescript => ({ framework, server, typescript })),
  ),
);

it.each(COMBINATIONS)('meet check finds nothing in: $framework, $server, TypeScript $typescript', given => {
  const { framework, server, typescript } = given;
  const files = {
    'package.json': manifest({ [framework === 'vanilla' ? 'vite' : framework]: '1', [server]: '5' }),
    ...(typescript && { 'tsconfig.json': '{}' }),
  };
  const after = apply(files, plan(files));
  const { findings, notes } = checkProject(projectOf(after), { rules: ALL_RULES });
  expect([findings, notes]).toEqual([[], []]);
});
