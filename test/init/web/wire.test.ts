import { describe, expect, it } from 'vitest';
import { wireClient } from '../../../src/init/web/wire-client.ts';
import { wireServer } from '../../../src/init/web/wire-server.ts';

const imports = { room: './meet/room', meetingId: './meet/meeting-id' };

describe("an app's entry", () => {
  it.each([
    [
      'react',
      "import App from './App'\n\ncreateRoot(root).render(\n  <StrictMode>\n    <App />\n  </StrictMode>,\n)\n",
      '    {meetingId ? <CallRoom meetingId={meetingId} /> : <App />}\n',
    ],
    [
      'react',
      'import App from "./App";\n\ncreateRoot(root).render(<App />);\n',
      'render(meetingId ? <CallRoom meetingId={meetingId} /> : <App />);',
    ],
    [
      'vue',
      "import App from './App.vue'\n\ncreateApp(App).use(store).mount('#app')\n",
      "createApp(meetingId ? CallRoom : App, meetingId ? { meetingId } : null).use(store).mount('#app')",
    ],
    [
      'svelte',
      "import App from './App.svelte';\n\nconst app = mount(App, {\n  target: document.getElementById('app')!,\n});\n",
      "const app = meetingId\n  ? mount(CallRoom, { target: document.getElementById('app')!, props: { meetingId } })\n  : mount(App, { target: document.getElementById('app')! });\n",
    ],
    [
      'vanilla',
      "import './style.css'\n\nstart()",
      '\nconst meetingId = meetingIdOf(window.location.pathname)\nif (meetingId) openCallRoom(meetingId)\n',
    ],
  ] as const)('shows the room of a meeting: %s, %j', (framework, before, part) => {
    const after = wireClient(framework, before, imports);
    expect(after).toContain(part);
    // In the same hand: no semicolons where there were none, and the same quotes.
    expect(after?.includes(';')).toBe(before.includes(';'));
    expect(after?.includes("'")).toBe(before.includes("'"));
    expect(wireClient(framework, after ?? '', imports)).toBe(after);
  });

  it.each([
    ['react', 'render(<Root />)'],
    ['react', 'render(<><App /><App /></>)'],
    ['vue', 'createApp({ render: () => h(App) })'],
    ['svelte', 'mount(App, { target, props: { a: 1 } })'],
  ] as const)('is left alone where it is not known: %s, %s', (framework, text) => {
    expect(wireClient(framework, text, imports)).toBeNull();
  });
});

describe("a server's entry", () => {
  it.each([
    [
      'express',
      "import express from 'express';\nimport {\n  a,\n} from './a.js';\n\nconst app = express();\napp.use(session({\n  secret,\n}));\n\napp.get('/', home);\napp.listen(1);\n",
      "import express from 'express';\nimport {\n  a,\n} from './a.js';\nimport { meetings } from './m/routes.js';\n\nconst app = express();\napp.use(session({\n  secret,\n}));\n\napp.use(meetings);\napp.get('/', home);\napp.listen(1);\n",
    ],
    [
      'express',
      'const express = require("express")\nconst app = express()\napp.use(vite.middlewares)\napp.listen(1)\n',
      'const express = require("express")\nconst { meetings } = require("./m/routes.js")\nconst app = express()\napp.use(meetings)\napp.use(vite.middlewares)\napp.listen(1)\n',
    ],
    [
      'fastify',
      "import Fastify from 'fastify'\r\nconst server = Fastify({ logger: true })\r\ntry {\r\n  await server.listen({ port: 1 })\r\n} catch {}\r\n",
      "import Fastify from 'fastify'\r\nimport { meetings } from './m/routes.js'\r\nconst server = Fastify({ logger: true })\r\ntry {\r\n  server.register(meetings)\r\n  await server.listen({ port: 1 })\r\n} catch {}\r\n",
    ],
    [
      'fastify',
      "const fastify = require('fastify')({ logger: true });\nfastify.get('/', home);\n",
      "const fastify = require('fastify')({ logger: true });\nconst { meetings } = require('./m/routes.js');\nfastify.register(meetings);\nfastify.get('/', home);\n",
    ],
  ] as const)('has the routes before all others, after its session: %s, %j', (server, before, after) => {
    expect(wireServer(server, before, './m/routes.js')).toBe(after);
    expect(wireServer(server, after, './m/routes.js')).toBe(after);
  });

  it.each([
    ['express', 'export function create(app) { app.get("/", home); }'],
    ['express', 'const app = express();\nexport default app;\n'],
    ['fastify', 'export default async function routes(app) {}'],
  ] as const)('is left alone where it is not known: %s, %s', (server, text) => {
    expect(wireServer(server, text, './m/routes.js')).toBeNull();
  });
});
