import { ts } from '@ts-morph/common';
import { accessedName, isAccess, nameText, walk } from './nodes.ts';
import type { Origins } from './origins.ts';
import type { WebProgram } from './program.ts';
import { type SdkName, sdkOfFile } from './sdk-modules.ts';
import { once } from './symbols.ts';

/** A member of an SDK, however it was got hold of. */
export interface SdkMember {
  readonly owner: SdkName;
  readonly name: string;
}

export interface SdkCall extends SdkMember {
  readonly node: ts.CallExpression | ts.NewExpression;
}

export interface SdkUse {
  /** Which member an expression is: `CometChatCalls.x`, or a variable that holds it. Null for anything else. */
  member(expression: ts.Expression): SdkMember | null;
  /** Whether an expression is the SDK's class itself. */
  isSdk(expression: ts.Expression, owner?: SdkName): boolean;
  /** All calls of the SDKs. */
  all(): readonly SdkCall[];
  /** Members that are named without being called, too: `CometChatCalls.constants`, `const { x } = CometChatCalls`. */
  mentions(): readonly (SdkMember & { readonly node: ts.Node })[];
}

export function createSdkUse(program: WebProgram, origins: Origins): SdkUse {
  const known = new Map<ts.Expression, SdkMember | null>();
  const find = (expression: ts.Expression): SdkMember | null => {
    for (const { node, path } of origins.of(expression)) {
      const owner = ownerOf(program, node);
      // `bind`, `call` and `apply` are every function's; deeper ones are members of a member.
      const [name] = path;
      if (owner && name !== undefined) return { owner, name };
    }
    return null;
  };
  const member = (expression: ts.Expression) => {
    let found = known.get(expression);
    if (found === undefined) {
      found = find(expression);
      known.set(expression, found);
    }
    return found;
  };
  const classes = new Map<ts.Expression, SdkName | null>();
  const findClass = (expression: ts.Expression): SdkName | null => {
    for (const { node, path } of origins.of(expression)) {
      const owner = path.length === 0 && ownerOf(program, node);
      if (owner) return owner;
    }
    return null;
  };
  const classOf = (expression: ts.Expression) => {
    let found = classes.get(expression);
    if (found === undefined) {
      found = findClass(expression);
      classes.set(expression, found);
    }
    return found;
  };
  const calls = once(() => {
    const found: SdkCall[] = [];
    for (const source of nearSources(program))
      for (const node of walk(source)) {
        if (!ts.isCallExpression(node) && !ts.isNewExpression(node)) continue;
        const sdk = member(node.expression);
        if (sdk) found.push({ ...sdk, node });
      }
    return found;
  });
  return {
    member,
    isSdk: (expression, owner = 'CometChatCalls') => classOf(expression) === owner,
    all: calls,
    mentions: once(() => [...mentionsIn(program, classOf)]),
  };
}

function ownerOf({ checker }: WebProgram, node: ts.Node): SdkName | null {
  const declared = sdkOfFile(node.getSourceFile().fileName);
  if (declared) return ts.isClassLike(node) ? declared : null;
  // A parameter that nobody in the project calls may still have a type.
  if (!ts.isParameter(node) && !ts.isPropertyDeclaration(node) && !ts.isVariableDeclaration(node))
    return null;
  const symbol = node.type && checker.getTypeAtLocation(node).getSymbol();
  const [declaration] = symbol?.declarations ?? [];
  return declaration ? sdkOfFile(declaration.getSourceFile().fileName) : null;
}

/** Of the promise of an SDK that is being loaded: promises and their values are not told apart. */
const PROMISE = new Set(['then', 'catch', 'finally']);

/** `SDK.name`, `SDK['name']` and `const { name } = SDK`. */
function* mentionsIn(program: WebProgram, classOf: (expression: ts.Expression) => SdkName | null) {
  for (const source of nearSources(program))
    for (const node of walk(source)) {
      if (isAccess(node)) {
        const [name, owner] = [accessedName(node), classOf(node.expression)];
        const place = ts.isPropertyAccessExpression(node) ? node.name : node.argumentExpression;
        if (name !== null && owner && name !== owner && !PROMISE.has(name))
          yield { owner, name, node: place };
      } else if (ts.isVariableDeclaration(node) && ts.isObjectBindingPattern(node.name) && node.initializer) {
        const owner = classOf(node.initializer);
        if (owner) yield* membersIn(node.name, owner);
      }
    }
}

function* membersIn({ elements }: ts.ObjectBindingPattern, owner: SdkName) {
  for (const { propertyName, name, dotDotDotToken } of elements) {
    const text = nameText(propertyName ?? name);
    if (text !== null && text !== owner && !dotDotDotToken)
      yield { owner, name: text, node: propertyName ?? name };
  }
}

function nearSources({ sources, nearSdk }: WebProgram): ts.SourceFile[] {
  return [...sources].filter(([path]) => nearSdk.has(path)).map(([, source]) => source);
}
