import { ts } from '@ts-morph/common';
import { bindingSource, loopedOver } from './bindings.ts';
import { type Effort, newEffort, type Seen, seenBelow, wasSeen } from './effort.ts';
import { accessedName, calleeName, type Fn, isAccess, isFn, nameText, returnsOf, strip } from './nodes.ts';
import { partsOf } from './parts.ts';
import { isBox, passThrough } from './pass-through.ts';
import type { WebProgram } from './program.ts';
import { sdkOfFile } from './sdk-modules.ts';
import type { Symbols } from './symbols.ts';

/** Where a value comes from, as far back as the project's code shows. */
export interface Origin {
  /** An expression; or the parameter, import or declaration at which the trail ends. */
  readonly node: ts.Node;
  /** What is taken from it: `['token']` for the `token` of what `node` is. */
  readonly path: readonly string[];
  /** The calls that led to the function in which `node` is; for `argument`. */
  readonly frame: Frame | null;
}

type Call = ts.CallExpression | ts.NewExpression;

/** What a parameter is given, at one of the places where its function is called. */
export type Given =
  | { readonly value: ts.Expression; readonly path: readonly string[] }
  | { readonly jsx: ts.JsxOpeningLikeElement };

export interface Origins {
  /** `path`: which part of the expression is asked for. */
  of(expression: ts.Expression, path?: readonly string[]): readonly Origin[];
  /** Of what is inside of it too: parts of a string, members of an object, arguments of a formatter. */
  within(expression: ts.Expression): readonly Origin[];
  /** Where an argument of the call at which a trail ended comes from: `id` of `getElementById(id)` in a helper. */
  argument(origin: Origin, index: number): readonly Origin[];
  /** The project functions that an expression can be. */
  functions(expression: ts.Expression): readonly Fn[];
}

/** Which call led into a function: its parameters are that call's arguments, not everybody's. */
interface Frame {
  readonly fn: Fn;
  readonly call: Call;
  readonly above: Frame | null;
}

interface Trail {
  readonly found: Origin[];
  readonly seen: Seen;
  readonly within: boolean;
  readonly frame: Frame | null;
  readonly effort: Effort;
}

type Path = readonly string[];

/** Beyond that it is a list that is walked: `node = node.next`. */
const LONGEST_PATH = 12;

/** `given`: what the parameter of a function gets, at all places that call it. */
export function createOrigins(
  program: WebProgram,
  symbols: Symbols,
  given: (fn: Fn, index: number) => readonly Given[],
): Origins {
  const { checker } = program;

  const start = (expression: ts.Expression, path: Path, within: boolean): readonly Origin[] => {
    const trail = newTrail(within, null);
    trace(expression, path, trail);
    return known(trail, expression, path);
  };

  function trace(given: ts.Node, path: Path, trail: Trail): void {
    const node = ts.isExpression(given) ? strip(given) : given;
    if (path.length > LONGEST_PATH || !trail.effort.begin()) return;
    if (!wasSeen(trail.seen, node, keyOf(path, trail.frame))) traceNew(node, path, trail);
    trail.effort.end();
  }

  function traceNew(node: ts.Node, path: Path, trail: Trail): void {
    const choices = choicesOf(node);
    if (choices) for (const each of choices) trace(each, path, trail);
    else if (ts.isIdentifier(node)) traceName(node, path, trail);
    else if (node.kind === ts.SyntaxKind.ThisKeyword) traceThis(node, path, trail);
    else if (isAccess(node)) traceAccess(node, path, trail);
    else if (ts.isCallExpression(node) || ts.isNewExpression(node)) traceCall(node, path, trail);
    else if (ts.isObjectLiteralExpression(node) && path.length > 0) traceMember(node, path, trail);
    else if (ts.isArrayLiteralExpression(node) && path.length > 0) traceElement(node, path, trail);
    else leaf(node, path, trail);
  }

  function leaf(node: ts.Node, path: Path, trail: Trail): void {
    // The script of a CDN may hang `{ CometChatCalls }` on `window.CometChatCalls`: the class is its own member then.
    const inSdk = path[0] === 'CometChatCalls' && sdkOfFile(node.getSourceFile().fileName) === path[0];
    trail.found.push({ node, path: inSdk ? path.slice(1) : path, frame: trail.frame });
    if (trail.within) for (const part of partsOf(node)) trace(part, [], trail);
  }

  function traceName(name: ts.Identifier, path: Path, trail: Trail): void {
    const symbol = symbols.symbolOf(name);
    if (symbol) traceSymbol(symbol, path, trail, name);
    else leaf(name, path, trail);
  }

  function traceSymbol(symbol: ts.Symbol, path: Path, trail: Trail, from: ts.Node): void {
    const [head, ...rest] = path;
    if (symbol.flags & ts.SymbolFlags.Module && head !== undefined) {
      const member = exportOf(symbol, head);
      if (member) traceSymbol(member, rest, trail, from);
      return;
    }
    const global = head !== undefined && isHolder(symbol) ? sdkGlobal(head) : null;
    if (global) {
      leaf(global, rest, trail);
      return;
    }
    const assigned = traceAssignments(symbol, path, trail);
    const declarations = symbol.declarations ?? [];
    if (declarations.length === 0 && !assigned) leaf(from, path, trail);
    for (const each of declarations) traceDeclaration(each, path, trail, assigned);
  }

  function exportOf(module: ts.Symbol, name: string): ts.Symbol | null {
    const found = checker.getExportsOfModule(module).find(each => each.name === name);
    if (!found) return null;
    return found.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(found) : found;
  }

  function sdkGlobal(name: string): ts.Node | null {
    const module = name === 'CometChatCalls' || name === 'CometChat' ? program.sdkClass(name) : null;
    return module ?? null;
  }

  /** What is assigned to the place itself, to what it is part of, and (within) to its parts. */
  function traceAssignments(root: object, path: Path, trail: Trail): boolean {
    let any = false;
    for (const { path: target, value, part } of symbols.assignmentsTo(root)) {
      const isPart = target.length > path.length && trail.within;
      if (!isPrefix(target, path) && !(isPart && isPrefix(path, target))) continue;
      any = true;
      trace(value, [...part, ...path.slice(target.length)], trail);
    }
    return any;
  }

  function traceDeclaration(node: ts.Declaration, path: Path, trail: Trail, assigned: boolean): void {
    if (ts.isVariableDeclaration(node)) {
      const list = loopedOver(node);
      if (list) trace(list, ['*', ...path], trail);
      else if (node.initializer) trace(node.initializer, path, trail);
      else if (!assigned) leaf(node, path, trail);
    } else if (ts.isBindingElement(node)) traceBinding(node, path, trail);
    else if (ts.isParameter(node)) traceParameter(node, path, trail);
    else if (ts.isPropertyAssignment(node)) trace(node.initializer, path, trail);
    else if (ts.isShorthandPropertyAssignment(node)) traceName(node.name, path, trail);
    else if (ts.isPropertyDeclaration(node)) traceProperty(node, path, trail);
    else if (ts.isGetAccessor(node)) for (const each of returnsOf(node)) trace(each, path, trail);
    else if (ts.isExportAssignment(node)) trace(node.expression, path, trail);
    else if (node.parent && ts.isBinaryExpression(node.parent) && node.parent.left === (node as ts.Node))
      trace(node.parent.right, path, trail);
    else leaf(node, path, trail);
  }

  function traceBinding(node: ts.BindingElement, path: Path, trail: Trail): void {
    const source = bindingSource(node);
    if (node.initializer) trace(node.initializer, path, trail);
    if (!source) {
      leaf(node, path, trail);
      return;
    }
    const whole = [...source.path, ...path];
    if (ts.isParameter(source.from)) {
      traceParameter(source.from, whole, trail);
      return;
    }
    trace(source.from, whole, trail);
    for (const value of setterArguments(node, source.from)) trace(value, path, trail);
  }

  /** `const [token, setToken] = useState()`: what `setToken` is called with. */
  function setterArguments(node: ts.BindingElement, from: ts.Expression): ts.Expression[] {
    const call = strip(from);
    if (!ts.isCallExpression(call) || !PAIRS.has(calleeName(call) ?? '')) return [];
    const setter = ts.isArrayBindingPattern(node.parent) ? node.parent.elements[1] : undefined;
    if (!setter || setter === node || ts.isOmittedExpression(setter)) return [];
    const symbol = symbols.symbolOf(setter.name);
    return symbol ? symbols.references(symbol).flatMap(argumentGiven) : [];
  }

  function traceParameter(node: ts.ParameterDeclaration, path: Path, trail: Trail): void {
    const fn = node.parent;
    if (!isFn(fn)) {
      leaf(node, path, trail);
      return;
    }
    const index = fn.parameters.indexOf(node);
    if (node.initializer) trace(node.initializer, path, trail);
    if (trail.frame?.fn === fn) {
      const value = trail.frame.call.arguments?.[index];
      if (value) trace(value, path, { ...trail, frame: trail.frame.above });
      return;
    }
    const places = given(fn, index);
    if (places.length === 0 && !node.initializer) leaf(node, path, trail);
    for (const place of places) {
      if (trail.effort.isSpent()) return;
      if ('jsx' in place) traceAttribute(place.jsx, path, trail);
      else trace(place.value, [...place.path, ...path], { ...trail, frame: null });
    }
  }

  function traceAttribute(element: ts.JsxOpeningLikeElement, path: Path, trail: Trail): void {
    const [head, ...rest] = path;
    for (const each of element.attributes.properties) {
      if (ts.isJsxSpreadAttribute(each)) trace(each.expression, path, trail);
      else if (nameText(each.name) === head && each.initializer) {
        const { initializer } = each;
        const value = ts.isJsxExpression(initializer) ? initializer.expression : initializer;
        if (value) trace(value, rest, { ...trail, frame: null });
      }
    }
  }

  function traceThis(node: ts.Node, path: Path, trail: Trail): void {
    const place = ts.isExpression(node) ? symbols.placeOf(node) : null;
    if (!place || path.length === 0) {
      leaf(node, path, trail);
      return;
    }
    const assigned = traceAssignments(place.root, path, trail);
    const options = place.root as ts.Node;
    const found =
      'kind' in place.root && ts.isObjectLiteralExpression(options) && traceOptions(options, path, trail);
    if (!assigned && !found) leaf(node, path, trail);
  }

  /** `this.token` in a component that is an object: in `data()`, `methods`, `computed` or beside them. */
  function traceOptions(options: ts.ObjectLiteralExpression, path: Path, trail: Trail): boolean {
    const before = trail.found.length;
    const silent = { ...trail, found: trail.found };
    traceMember(options, path, silent);
    for (const name of ['methods', 'computed', 'data']) traceMember(options, [name, ...path], silent);
    return trail.found.length > before;
  }

  function traceAccess(
    node: ts.PropertyAccessExpression | ts.ElementAccessExpression,
    path: Path,
    trail: Trail,
  ): void {
    const name = accessedName(node);
    if (name === null) {
      trace(node.expression, ['*', ...path], trail);
      return;
    }
    const member = ts.isPropertyAccessExpression(node) ? classMember(node.name) : null;
    if (member) traceDeclaration(member, path, trail, false);
    else trace(node.expression, [name, ...path], trail);
  }

  function classMember(name: ts.MemberName): ts.Declaration | null {
    // The checker has to work out the type of what is before the dot: only where a class has such a member at all.
    if (!symbols.isMemberName(name.text)) return null;
    const [declaration] = checker.getSymbolAtLocation(name)?.declarations ?? [];
    if (!declaration || sdkOfFile(declaration.getSourceFile().fileName)) return null;
    const inClass = declaration.parent && ts.isClassLike(declaration.parent);
    const isProperty = ts.isParameter(declaration) && ts.isConstructorDeclaration(declaration.parent);
    return inClass || isProperty ? declaration : null;
  }

  function traceProperty(node: ts.PropertyDeclaration, path: Path, trail: Trail): void {
    const root = node.parent.name ? checker.getSymbolAtLocation(node.parent.name) : node.parent;
    const name = nameText(node.name);
    const assigned = root && name !== null ? traceAssignments(root, [name, ...path], trail) : false;
    if (node.initializer) trace(node.initializer, path, trail);
    else if (!assigned) leaf(node, path, trail);
  }

  function traceCall(node: Call, path: Path, trail: Trail): void {
    const module = program.importedModule(node);
    if (module) {
      traceSymbol(module, path, trail, node);
      return;
    }
    const passed = passThrough(node, path);
    if (passed) {
      // The box is where it comes from too: what a framework puts into a ref shows nowhere else.
      if (isBox(node, path)) leaf(node, path, trail);
      for (const { value, path: rest, called } of passed) {
        if (called)
          for (const fn of functionsIn(value, trail))
            for (const each of returnsOf(fn)) trace(each, rest, trail);
        else trace(value, rest, trail);
      }
      return;
    }
    if (ts.isNewExpression(node)) {
      traceInstance(node, path, trail);
      return;
    }
    const fns = functionsIn(node.expression, trail);
    if (fns.length === 0) {
      traceSignal(node, path, trail);
      return;
    }
    for (const fn of fns)
      for (const each of returnsOf(fn))
        trace(each, path, { ...trail, frame: { fn, call: node, above: trail.frame } });
  }

  /** `token()` where `token = signal('')`: what it began with and what it was set to. */
  function traceSignal(node: ts.CallExpression, path: Path, trail: Trail): void {
    const inner: Trail = { ...trail, found: [] };
    if (node.arguments.length === 0) trace(node.expression, ['()', ...path], inner);
    const known = inner.found.filter(origin => !origin.path.includes('()'));
    if (known.length > 0) trail.found.push(...known);
    else leaf(node, path, trail);
  }

  function traceInstance(node: ts.NewExpression, path: Path, trail: Trail): void {
    const [head, ...rest] = path;
    const owner = head === undefined ? null : classOf(node, trail);
    const member = owner?.members.find(each => nameText(each.name) === head);
    if (member) traceDeclaration(member, rest, trail, false);
    else leaf(node, path, trail);
  }

  function classOf(node: ts.NewExpression, trail: Trail): ts.ClassLikeDeclaration | null {
    const inner: Trail = { ...trail, found: [], within: false };
    trace(node.expression, [], inner);
    const found = inner.found.find(({ node: each, path }) => path.length === 0 && ts.isClassLike(each))?.node;
    return found && ts.isClassLike(found) ? found : null;
  }

  function functionsIn(expression: ts.Expression, trail: Trail): Fn[] {
    const inner: Trail = { ...trail, found: [], within: false, seen: seenBelow(trail.seen) };
    trace(expression, [], inner);
    return inner.found.flatMap(({ node, path }) => (path.length === 0 && isFn(node) ? [node] : []));
  }

  function traceMember(node: ts.ObjectLiteralExpression, [head = '', ...rest]: Path, trail: Trail): void {
    for (const each of node.properties) {
      if (ts.isSpreadAssignment(each)) trace(each.expression, [head, ...rest], trail);
      else if (nameText(each.name) === head || head === '*') {
        // Vue's `data()` and `setup()` are asked for their members, not for the function.
        if (ts.isMethodDeclaration(each) && rest.length > 0)
          for (const value of returnsOf(each)) trace(value, rest, trail);
        else traceDeclaration(each, rest, trail, false);
      }
    }
  }

  function traceElement(node: ts.ArrayLiteralExpression, [head = '', ...rest]: Path, trail: Trail): void {
    const elements = /^\d+$/.test(head) ? [node.elements[Number(head)]] : head === '*' ? node.elements : [];
    for (const each of elements)
      if (each) trace(ts.isSpreadElement(each) ? each.expression : each, rest, trail);
  }

  return {
    of: (expression, path = []) => start(expression, path, false),
    argument({ node, frame }, index) {
      const value = ts.isCallExpression(node) ? node.arguments[index] : undefined;
      if (!value) return [];
      const trail = newTrail(false, frame);
      trace(value, [], trail);
      return known(trail, value, []);
    },
    within: expression => start(expression, [], true),
    functions: expression =>
      start(expression, [], false).flatMap(({ node, path }) =>
        path.length === 0 && isFn(node) ? [node] : [],
      ),
  };
}

/** Hooks that give a value and the function that sets it. */
const PAIRS = new Set([
  'useState',
  'useReducer',
  'createSignal',
  'useSessionStorage',
  'useLocalStorage',
  'useAtom',
]);

const GLOBALS = new Set(['window', 'globalThis', 'self']);

/** What has the SDK as a property: `window`, and the default exports of the SDKs. */
function isHolder(symbol: ts.Symbol): boolean {
  const [declaration] = symbol.declarations ?? [];
  const isDefault = declaration && ts.isVariableDeclaration(declaration) && symbol.name === 'all';
  return (
    GLOBALS.has(symbol.name) ||
    (isDefault === true && sdkOfFile(declaration.getSourceFile().fileName) !== null)
  );
}

/** The expressions of which a value can be either; null for all else. */
function choicesOf(node: ts.Node): ts.Expression[] | null {
  if (ts.isConditionalExpression(node)) return [node.whenTrue, node.whenFalse];
  if (!ts.isBinaryExpression(node)) return null;
  switch (node.operatorToken.kind) {
    case ts.SyntaxKind.BarBarToken:
    case ts.SyntaxKind.QuestionQuestionToken:
      return [node.left, node.right];
    case ts.SyntaxKind.AmpersandAmpersandToken:
    case ts.SyntaxKind.CommaToken:
    case ts.SyntaxKind.EqualsToken:
      return [node.right];
    default:
      return null;
  }
}

/** `setToken(x)`, `setToken(old => x)`, `promise.then(setToken)`. */
function argumentGiven(name: ts.Identifier): readonly ts.Expression[] {
  const { parent } = name;
  if (!ts.isCallExpression(parent)) return [];
  if (parent.expression !== name) {
    const isThen = ts.isPropertyAccessExpression(parent.expression) && parent.expression.name.text === 'then';
    return isThen && ts.isPropertyAccessExpression(parent.expression) ? [parent.expression.expression] : [];
  }
  const [value] = parent.arguments;
  if (!value) return [];
  return ts.isArrowFunction(value) || ts.isFunctionExpression(value) ? returnsOf(value) : [value];
}

function isPrefix(short: Path, long: Path): boolean {
  return short.every((name, index) => long[index] === name);
}

function newTrail(within: boolean, frame: Frame | null): Trail {
  return { found: [], seen: seenBelow(null), within, frame, effort: newEffort() };
}

/** All of it or nothing: of half of the places a rule would say what does not hold for the rest. */
function known({ found, effort }: Trail, asked: ts.Expression, path: Path): readonly Origin[] {
  return effort.isSpent() ? [{ node: asked, path: [...path, '?'], frame: null }] : found;
}

function keyOf(path: Path, frame: Frame | null): string {
  return `${path.join('.')}|${frame?.call.pos ?? ''}`;
}
