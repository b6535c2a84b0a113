import { ts } from '@ts-morph/common';
import type { CallGraph } from './call-graph.ts';
import { newEffort, seenBelow, wasSeen } from './effort.ts';
import { accessedName, calleeName, enclosingFn, type Fn, isAccess, isFn, nameText, widen } from './nodes.ts';
import type { Origins } from './origins.ts';
import { boxOf, isIdentity } from './pass-through.ts';
import type { Symbols } from './symbols.ts';

export type UseKind =
  /** Nobody looks at it: a statement of its own, `void x`. */
  | 'dropped'
  /** A condition, a comparison. */
  | 'test'
  /** Given to a function that is not the project's: `call` and `index` say which. */
  | 'argument'
  /** Kept in a property or a variable outside; where the project reads it again, that is a use of its own. */
  | 'assigned'
  /** In a string, an object or a template. */
  | 'part'
  | 'thrown'
  /** Out of a function that nobody in the project calls, or that others call; or it goes further than we look. */
  | 'returned';

/** What becomes of a value, at the end of one of its ways. */
export interface Use {
  readonly kind: UseKind;
  readonly node: ts.Node;
  /** What was taken from the value: `['error']` for `result.error`. */
  readonly path: readonly string[];
  readonly call?: ts.CallExpression | ts.NewExpression;
  readonly index?: number;
}

type Path = readonly string[];

/** `inside`: the members of objects and boxes into which the value was put, to be taken out first. */
interface Flow {
  readonly path: Path;
  readonly inside: Path;
}

export function createUses(symbols: Symbols, graph: CallGraph, origins: Origins) {
  /** Where the value of an expression goes: through variables, arguments, returns, promises, properties and states. */
  return (expression: ts.Expression): readonly Use[] => {
    const found: Use[] = [];
    const seen = seenBelow(null);
    const effort = newEffort();
    const start: Flow = { path: [], inside: [] };

    function end(kind: UseKind, node: ts.Node, flow: Flow, extra: Pick<Use, 'call' | 'index'> = {}): void {
      found.push({ kind, node, path: flow.path, ...extra });
    }

    function follow(value: ts.Node, flow: Flow): void {
      const key = `${flow.path.join('.')}|${flow.inside.join('.')}`;
      if (flow.inside.length > 6 || flow.path.length > 6 || !effort.begin()) return;
      if (!wasSeen(seen, value, key)) followNew(value, flow);
      effort.end();
    }

    function followNew(value: ts.Node, flow: Flow): void {
      const node = widen(value);
      const { parent } = node;
      if (isAccess(parent) && parent.expression === node) followAccess(parent, flow);
      else if (ts.isVariableDeclaration(parent)) bind(parent.name, flow);
      else if (ts.isBinaryExpression(parent)) followOperator(parent, node, flow);
      else if (ts.isCallExpression(parent) || ts.isNewExpression(parent)) followCall(parent, node, flow);
      else if (ts.isConditionalExpression(parent) && parent.condition !== node) follow(parent, flow);
      else if (ts.isReturnStatement(parent) || isBody(parent, node)) followReturn(node, flow);
      else if (ts.isPropertyAssignment(parent)) put(parent.parent, nameText(parent.name), node, flow);
      else if (ts.isShorthandPropertyAssignment(parent)) put(parent.parent, parent.name.text, node, flow);
      else if (ts.isSpreadAssignment(parent)) follow(parent.parent, flow);
      else if (ts.isArrayLiteralExpression(parent))
        put(parent, String(parent.elements.indexOf(node as ts.Expression)), node, flow);
      else if (ts.isForOfStatement(parent) && ts.isVariableDeclarationList(parent.initializer))
        for (const each of parent.initializer.declarations) step(each.name, '*', flow);
      else if (ts.isJsxExpression(parent)) followJsx(parent, flow);
      else end(kindOf(parent), node, flow);
    }

    /** Takes a member: of the object that the value was put in, or of the value itself. */
    function take(name: string, flow: Flow): Flow | null {
      const [outer, ...rest] = flow.inside;
      if (outer === undefined) return { path: [...flow.path, name], inside: [] };
      const fits = outer === name || outer === '*' || name === '*';
      return fits ? { path: flow.path, inside: rest } : null;
    }

    function put(owner: ts.Node, name: string | null, node: ts.Node, flow: Flow): void {
      if (ts.isObjectLiteralExpression(owner) && isPattern(owner)) return;
      end('part', node, flow);
      follow(owner, { path: flow.path, inside: [name ?? '*', ...flow.inside] });
    }

    function followAccess(
      access: ts.PropertyAccessExpression | ts.ElementAccessExpression,
      flow: Flow,
    ): void {
      const name = accessedName(access) ?? '*';
      const call = widen(access).parent;
      const isCalled = ts.isCallExpression(call) && widen(access) === call.expression;
      if (isCalled && (name === 'catch' || name === 'finally')) follow(call, flow);
      else if (isCalled && name === 'then') followThen(call, flow);
      else {
        const taken = take(name, flow);
        if (taken) follow(access, taken);
      }
    }

    function followThen(call: ts.CallExpression, flow: Flow): void {
      const [handler] = call.arguments;
      if (!handler) {
        follow(call, flow);
        return;
      }
      const fns = origins.functions(handler);
      for (const fn of fns) bindParameter(fn, 0, flow);
      if (fns.length > 0) return;
      if (!followSetter(handler, flow)) end('argument', handler, flow, { call, index: 0 });
    }

    /** What `setResult` of `const [result, setResult] = useState()` is given is read as `result`. */
    function followSetter(callee: ts.Expression, flow: Flow): boolean {
      const symbol = ts.isIdentifier(callee) ? symbols.symbolOf(callee) : null;
      const [declaration] = symbol?.declarations ?? [];
      if (!declaration || !ts.isBindingElement(declaration) || !ts.isArrayBindingPattern(declaration.parent))
        return false;
      const [state] = declaration.parent.elements;
      if (!state || state === declaration || ts.isOmittedExpression(state)) return false;
      bind(state.name, flow);
      return true;
    }

    function followOperator(parent: ts.BinaryExpression, node: ts.Node, flow: Flow): void {
      const kind = parent.operatorToken.kind;
      const isRight = parent.right === node;
      if (ASSIGNMENTS.has(kind) && isRight) followAssignment(parent, flow);
      else if (kind === ts.SyntaxKind.CommaToken) {
        if (isRight) follow(parent, flow);
        else end('dropped', node, flow);
      } else if (LOGICAL.has(kind)) {
        if (!isRight) end('test', node, flow);
        if (isRight || kind !== ts.SyntaxKind.AmpersandAmpersandToken) follow(parent, flow);
      } else end(kind === ts.SyntaxKind.PlusToken ? 'part' : 'test', node, flow);
    }

    function followAssignment(assignment: ts.BinaryExpression, flow: Flow): void {
      const { left } = assignment;
      if (!ts.isExpressionStatement(widen(assignment).parent)) follow(assignment, flow);
      if (ts.isObjectLiteralExpression(left)) {
        for (const each of left.properties) {
          const name = nameText(each.name);
          const target = ts.isPropertyAssignment(each)
            ? each.initializer
            : ts.isShorthandPropertyAssignment(each)
              ? each.name
              : null;
          const taken = name === null ? null : take(name, flow);
          if (target && taken) read(target, taken);
        }
      } else read(left, flow);
    }

    /** Every reading of what was assigned to. */
    function read(target: ts.Expression, flow: Flow): void {
      if (ts.isIdentifier(target)) {
        const symbol = symbols.symbolOf(target);
        for (const each of symbol ? symbols.references(symbol) : [])
          if (!isAssigned(each)) follow(each, flow);
        return;
      }
      end('assigned', target, flow);
      for (const each of symbols.readsOf(target)) if (!isAssigned(each)) follow(each, flow);
    }

    function followCall(call: ts.CallExpression | ts.NewExpression, node: ts.Node, flow: Flow): void {
      const index = call.arguments?.indexOf(node as ts.Expression) ?? -1;
      if (index < 0) {
        // It is called itself.
        if (flow.inside[0] === '()') follow(call, { path: flow.path, inside: flow.inside.slice(1) });
        else end('test', node, flow);
        return;
      }
      const fns = graph.callees(call);
      for (const fn of fns) bindParameter(fn, index, flow);
      if (fns.length > 0) return;
      const name = calleeName(call) ?? '';
      const box = boxOf(name);
      const promise = promiseOf(call);
      if (promise) follow(promise, flow);
      else if (box && index === 0) follow(call, { path: flow.path, inside: [box, ...flow.inside] });
      else if (isIdentity(name) && index === 0) follow(call, flow);
      else if (index > 0 || !followSetter(call.expression, flow))
        end('argument', node, flow, { call, index });
    }

    /** The promise that `resolve(value)` fulfils. */
    function promiseOf({
      expression: callee,
    }: ts.CallExpression | ts.NewExpression): ts.NewExpression | null {
      const [declaration] = (ts.isIdentifier(callee) && symbols.symbolOf(callee)?.declarations) || [];
      if (!declaration || !ts.isParameter(declaration)) return null;
      const made = declaration.parent.parent;
      const first = declaration.parent.parameters[0] === declaration;
      return first && ts.isNewExpression(made) && calleeName(made) === 'Promise' ? made : null;
    }

    function bindParameter(fn: Fn, index: number, flow: Flow): void {
      const parameter = fn.parameters[index];
      if (parameter) bind(parameter.name, flow);
    }

    function bind(name: ts.BindingName, flow: Flow): void {
      if (ts.isIdentifier(name)) {
        const symbol = symbols.symbolOf(name);
        for (const each of symbol ? symbols.references(symbol) : [])
          if (!isAssigned(each)) follow(each, flow);
        return;
      }
      name.elements.forEach((each, index) => {
        if (ts.isOmittedExpression(each)) return;
        const key = ts.isArrayBindingPattern(name) ? String(index) : nameText(each.propertyName ?? each.name);
        if (each.dotDotDotToken || key === null) bind(each.name, flow);
        else step(each.name, key, flow);
      });
    }

    function step(name: ts.BindingName, key: string, flow: Flow): void {
      const taken = take(key, flow);
      if (taken) bind(name, taken);
    }

    function followReturn(node: ts.Node, flow: Flow): void {
      const fn = enclosingFn(node);
      if (!fn) return;
      const calls = graph.sites(fn).filter(site => site.kind === 'call' || site.kind === 'then');
      for (const { call } of calls) follow(call, flow);
      if (calls.length > 0) return;
      // Nobody takes what a listener or an effect gives back; a function that others may call is another matter.
      end(isInline(fn) ? 'dropped' : 'returned', node, flow);
    }

    function followJsx(parent: ts.JsxExpression, flow: Flow): void {
      end('part', parent, flow);
      const attribute = parent.parent;
      if (!ts.isJsxAttribute(attribute)) return;
      const tag = attribute.parent.parent.tagName;
      const name = nameText(attribute.name) ?? '*';
      for (const fn of ts.isJsxNamespacedName(tag) ? [] : origins.functions(tag))
        bindParameter(fn, 0, { path: flow.path, inside: [name, ...flow.inside] });
    }

    follow(expression, start);
    // Too many ways to see them all: somebody may look at it on one that was not gone.
    return effort.isSpent() ? [{ kind: 'returned', node: expression, path: [] }] : found;
  };
}

const LOGICAL: ReadonlySet<ts.SyntaxKind> = new Set([
  ts.SyntaxKind.AmpersandAmpersandToken,
  ts.SyntaxKind.BarBarToken,
  ts.SyntaxKind.QuestionQuestionToken,
]);

const ASSIGNMENTS: ReadonlySet<ts.SyntaxKind> = new Set([
  ts.SyntaxKind.EqualsToken,
  ts.SyntaxKind.QuestionQuestionEqualsToken,
  ts.SyntaxKind.BarBarEqualsToken,
  ts.SyntaxKind.AmpersandAmpersandEqualsToken,
]);

function kindOf(parent: ts.Node): UseKind {
  if (ts.isExpressionStatement(parent) || ts.isVoidExpression(parent)) return 'dropped';
  if (ts.isThrowStatement(parent)) return 'thrown';
  if (ts.isTemplateSpan(parent) || ts.isSpreadElement(parent) || ts.isYieldExpression(parent)) return 'part';
  return ts.isExportAssignment(parent) ? 'returned' : 'test';
}

function isBody(parent: ts.Node, node: ts.Node): boolean {
  return isFn(parent) && parent.body === node;
}

/** The left side of an assignment: written there, not read. */
function isAssigned(node: ts.Node): boolean {
  const { parent } = node;
  return (
    ts.isBinaryExpression(parent) &&
    parent.left === node &&
    parent.operatorToken.kind === ts.SyntaxKind.EqualsToken
  );
}

/** `({ error } = result)`: an object literal by its looks only. */
function isPattern(node: ts.ObjectLiteralExpression): boolean {
  return isAssigned(node);
}

/** Written where it is given on: `onClick={() => …}`, `setTimeout(() => …)`. */
function isInline(fn: Fn): boolean {
  const { parent } = widen(fn);
  return (
    ts.isJsxExpression(parent) ||
    ((ts.isCallExpression(parent) || ts.isNewExpression(parent)) && !isIdentity(calleeName(parent) ?? ''))
  );
}
