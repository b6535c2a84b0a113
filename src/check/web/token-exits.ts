import { ts } from '@ts-morph/common';
import type { Call } from './call-graph.ts';
import { accessedName, calleeName, isAccess, nameText, strip } from './nodes.ts';
import { isSurelyRequest } from './requests.ts';
import type { Web } from './web.ts';

/** A place at which a value is kept for later, shown in an address, or handed to others. */
export interface Exit {
  readonly values: readonly ts.Expression[];
  readonly to: 'storage' | 'address' | 'others';
}

/** Null for all that is none, or cannot be told to be one. */
export function exitOf(web: Web, node: ts.Node): Exit | null {
  if (ts.isCallExpression(node) || ts.isNewExpression(node)) return exitOfCall(web, node);
  if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.EqualsToken)
    return exitOfAssignment(web, node);
  if (!ts.isJsxAttribute(node) || !ADDRESSES.has(nameText(node.name) ?? '')) return null;
  const value = node.initializer && ts.isJsxExpression(node.initializer) ? node.initializer.expression : null;
  return value ? { values: [value], to: 'address' } : null;
}

const ADDRESSES = new Set(['href', 'to', 'src']);
const STORES = /storage|cookie|localforage|idb|cache/i;
const NAVIGATORS = /router|navigate|history|location|navigation/i;

function exitOfCall(web: Web, call: Call): Exit | null {
  const name = calleeName(call) ?? '';
  const owner = ownerOf(call.expression);
  const [first, second, third] = call.arguments ?? [];
  const exit = (to: Exit['to'], ...values: (ts.Expression | undefined)[]): Exit => ({
    to,
    values: values.filter(each => each !== undefined),
  });
  if (name === 'setItem' || (['set', 'put', 'add'].includes(name) && STORES.test(owner)))
    return exit('storage', second, first);
  if (isStorageHook(web, call)) return exit('storage', first);
  if (name === 'pushState' || name === 'replaceState') return exit('address', third);
  if (['push', 'replace', 'assign', 'navigate'].includes(name) && NAVIGATORS.test(owner))
    return exit('address', first);
  if (['set', 'append'].includes(name) && /params|query/i.test(owner)) return exit('address', second);
  if (['navigate', 'goto', 'redirect', 'URLSearchParams'].includes(name)) return exit('address', first);
  if (name === 'open' && owner === 'window') return exit('address', first);
  if (isSurelyRequest(call)) return exitOfRequest(first, second);
  if (name === 'writeText' || (name === 'share' && owner === 'navigator')) return exit('others', first);
  const chat = web.sdk.member(call.expression);
  return chat?.owner === 'CometChat' && /Message$/.test(chat.name)
    ? exit('others', ...(call.arguments ?? []))
    : null;
}

/** The address of a request, or what it sends: a server has no use for one person's call token but to give it to another. */
function exitOfRequest(first: ts.Expression | undefined, options: ts.Expression | undefined): Exit | null {
  const body =
    options && ts.isObjectLiteralExpression(options)
      ? options.properties.find(each => nameText(each.name) === 'body')
      : undefined;
  if (body && ts.isPropertyAssignment(body))
    return { values: [body.initializer, ...(first ? [first] : [])], to: 'others' };
  return first && !ts.isObjectLiteralExpression(first) ? { values: [first], to: 'address' } : null;
}

/** The last name before the dot: `searchParams` for `url.searchParams.set`. */
function ownerOf(callee: ts.Expression): string {
  const access = strip(callee);
  if (!isAccess(access)) return '';
  const owner = strip(access.expression);
  return ts.isIdentifier(owner) ? owner.text : (accessedName(owner) ?? '');
}

const STORAGE_HOOKS = new Set([
  'useLocalStorage',
  'useSessionStorage',
  'useStorage',
  'useCookies',
  'usePersistentState',
]);

/** `const [saved, save] = useLocalStorage('token')`: `save(token)`. */
function isStorageHook({ symbols }: Web, { expression }: Call): boolean {
  const [declaration] = (ts.isIdentifier(expression) && symbols.symbolOf(expression)?.declarations) || [];
  if (!declaration || !ts.isBindingElement(declaration)) return false;
  const { initializer } = declaration.parent.parent;
  return isHookCall(initializer);
}

function isHookCall(made: ts.Expression | undefined): boolean {
  return made !== undefined && ts.isCallExpression(made) && STORAGE_HOOKS.has(calleeName(made) ?? '');
}

function exitOfAssignment(web: Web, { left, right }: ts.BinaryExpression): Exit | null {
  const target = strip(left);
  const name = ts.isIdentifier(target) ? target.text : (accessedName(target) ?? '');
  const owner = isAccess(target) ? ownerOf(target) : '';
  if (owner === 'localStorage' || owner === 'sessionStorage' || (owner === 'document' && name === 'cookie'))
    return { values: [right], to: 'storage' };
  if (owner === 'location' || name === 'location') return { values: [right], to: 'address' };
  if (isAccess(target) && (name === 'href' || name === 'src')) return { values: [right], to: 'address' };
  const isHook = isAccess(target) && name === 'value' && isHookCall(initializerOf(web, target.expression));
  return isHook ? { values: [right], to: 'storage' } : null;
}

function initializerOf({ symbols }: Web, name: ts.Expression): ts.Expression | undefined {
  const declaration = ts.isIdentifier(name) ? symbols.symbolOf(name)?.valueDeclaration : undefined;
  return declaration && ts.isVariableDeclaration(declaration) ? declaration.initializer : undefined;
}
