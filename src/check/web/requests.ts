import { ts } from '@ts-morph/common';
import type { Call } from './call-graph.ts';
import { accessedName, calleeName, isAccess, strip } from './nodes.ts';

const FUNCTIONS = new Set([
  ...['fetch', '$fetch', 'ofetch', 'axios', 'ky', 'got', 'superagent', 'useFetch', 'useLazyFetch', 'useSWR'],
  ...['useQuery', 'useMutation', 'request', 'EventSource', 'WebSocket', 'Request', 'sendBeacon', 'ajax'],
]);

const METHODS = new Set([
  'get',
  'post',
  'put',
  'patch',
  'delete',
  'head',
  'request',
  'query',
  'mutate',
  'open',
]);

/** `get` of a map or of headers asks nobody: only what is called like a client of HTTP does for sure. */
const CLIENTS =
  /^(?:axios|ky|got|superagent|https?|\$https?|api|client|request|server|fetcher)$|(?:Client|Api|Http|Axios)$/i;

/** Whether a call asks a server for sure. */
export function isSurelyRequest(call: Call): boolean {
  if (FUNCTIONS.has(calleeName(call) ?? '')) return true;
  const callee = strip(call.expression);
  if (!isAccess(callee) || !isRequest(call)) return false;
  const owner = strip(callee.expression);
  const name = ts.isIdentifier(owner) ? owner.text : (accessedName(owner) ?? '');
  return CLIENTS.test(name);
}

/** Whether a call asks a server, as far as its name tells. `window.open` opens a page. */
export function isRequest(call: Call): boolean {
  const name = calleeName(call) ?? '';
  if (FUNCTIONS.has(name)) return true;
  const callee = strip(call.expression);
  if (!isAccess(callee) || !METHODS.has(name)) return false;
  const owner = strip(callee.expression);
  return !(ts.isIdentifier(owner) && owner.text === 'window');
}
