import type { Server } from './detect.ts';
import { insertBefore, insertImports, isCommonJs } from './source-edit.ts';

/**
 * A server's entry with the routes in it: before the first route, and before what answers everything, but after what a session is
 * made by. Null where it is not written in a way that is known.
 */
export function wireServer(server: Exclude<Server, 'next'>, text: string, routes: string): string | null {
  // The second time.
  if (text.includes(routes)) return text;
  const name = APP[server].exec(text)?.[1];
  if (!name) return null;
  const at = text.search(placeOf(name));
  if (at < 0) return null;
  const line = server === 'express' ? `${name}.use(meetings);` : `${name}.register(meetings);`;
  const load = isCommonJs(text)
    ? `const { meetings } = require('${routes}');`
    : `import { meetings } from '${routes}';`;
  return insertImports(insertBefore(text, at, line), [load]);
}

/** The variable that holds the app: `const app = express()`. */
const APP = {
  express: /\b(?:const|let|var) (\w+)(?:: [\w.]+)? = express\(\)/,
  fastify: /\b(?:const|let|var) (\w+)(?:: [\w.]+)? = (?:await )?(?:[Ff]astify|require\(['"]fastify['"]\))\(/,
} as const;

export function holdsApp(server: Exclude<Server, 'next'>, text: string): boolean {
  return APP[server].test(text);
}

function placeOf(app: string): RegExp {
  const routes = `${app}\\.(?:get|post|put|patch|delete|all|route|listen|setNotFoundHandler)\\(`;
  const catchAll = `${app}\\.use\\((?:\\w+\\.middlewares|['"]\\*)`;
  return new RegExp(`^[ \\t]*(?:await )?(?:${routes}|${catchAll})`, 'm');
}
