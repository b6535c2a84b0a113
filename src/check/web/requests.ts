import { ts } from '@ts-morph/common';
import type { Call } from './call-graph.ts';
import { calleeName, isAccess, strip } from './nodes.ts';

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

/** Whether a call asks a server, as far as its name tells. `window.open` opens a page. */
export function isRequest(call: Call): boolean {
  const name = calleeName(call) ?? '';
  if (FUNCTIONS.has(name)) return true;
  const callee = strip(call.expression);
  if (!isAccess(callee) || !METHODS.has(name)) return false;
  const owner = strip(callee.expression);
  return !(ts.isIdentifier(owner) && owner.text === 'window');
}
