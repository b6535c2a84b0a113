import { ts } from '@ts-morph/common';
import { accessedName, isAccess, nameText, walk } from './nodes.ts';
import type { WebProgram } from './program.ts';

/** A variable or what hangs below it: `token`, `state.token`, `this.token`. */
export interface Place {
  /** A variable's symbol, a class's symbol for `this`, or the object that is a component's options. */
  readonly root: object;
  readonly path: readonly string[];
}

/** `place = value`, of whatever shape the assignment is. */
export interface Assignment {
  readonly path: readonly string[];
  readonly value: ts.Expression;
  /** Which part of the value: `['token']` in `({ token } = value)`. */
  readonly part: readonly string[];
}

/** The names of class members, and all names that are declared. */
export function indexDeclared({ sources }: WebProgram): { members: Set<string>; all: Set<string> } {
  const [members, all] = [new Set<string>(), new Set<string>()];
  for (const source of sources.values())
    for (const node of walk(source)) {
      const name = nameText((node as ts.NamedDeclaration).name);
      if (name === null || isAccess(node)) continue;
      all.add(name);
      if (node.parent && (ts.isClassLike(node.parent) || ts.isConstructorDeclaration(node.parent)))
        members.add(name);
    }
  return { members, all };
}

/** All identifiers by their text. */
export function indexIdentifiers(sources: Iterable<ts.SourceFile>): Map<string, ts.Identifier[]> {
  const named = new Map<string, ts.Identifier[]>();
  for (const source of sources)
    for (const node of walk(source)) {
      if (!ts.isIdentifier(node)) continue;
      const list = named.get(node.text);
      if (list) list.push(node);
      else named.set(node.text, [node]);
    }
  return named;
}

/** All assignments by what they assign to. */
export function indexAssignments(
  { sources }: WebProgram,
  placeOf: (expression: ts.Expression) => Place | null,
): Map<object, Assignment[]> {
  const index = new Map<object, Assignment[]>();
  const add: Add = (target, value, more, part = []) => {
    const place = placeOf(target);
    if (!place) return;
    const assignment = { path: [...place.path, ...more], value, part };
    const list = index.get(place.root);
    if (list) list.push(assignment);
    else index.set(place.root, [assignment]);
  };
  for (const source of sources.values())
    for (const node of walk(source)) {
      if (ts.isBinaryExpression(node) && ASSIGNS.has(node.operatorToken.kind))
        addTarget(node.left, node.right, add, []);
      else if (ts.isCallExpression(node)) addSetting(node, add);
    }
  return index;
}

type Add = (
  target: ts.Expression,
  value: ts.Expression,
  more: readonly string[],
  part?: readonly string[],
) => void;

/** `a = value`, `({ a } = value)`, `[a] = value`. */
function addTarget(target: ts.Expression, value: ts.Expression, add: Add, part: readonly string[]): void {
  if (ts.isObjectLiteralExpression(target)) {
    for (const each of target.properties) {
      const name = nameText(each.name);
      if (name === null) continue;
      if (ts.isShorthandPropertyAssignment(each)) add(each.name, value, [], [...part, name]);
      else if (ts.isPropertyAssignment(each)) addTarget(each.initializer, value, add, [...part, name]);
    }
  } else if (ts.isArrayLiteralExpression(target)) {
    target.elements.forEach((each, index) => {
      addTarget(each, value, add, [...part, String(index)]);
    });
  } else add(target, value, [], part);
}

/** `signal.set(value)`, `subject.next(value)`: what `signal()` gives, which is written as the path `()`. */
function addSetting({ expression: callee, arguments: given }: ts.CallExpression, add: Add): void {
  const [value, second] = given;
  const name = accessedName(callee);
  if (value && !second && isAccess(callee) && (name === 'set' || name === 'next'))
    add(callee.expression, value, ['()']);
}

const ASSIGNS = new Set([
  ts.SyntaxKind.EqualsToken,
  ts.SyntaxKind.QuestionQuestionEqualsToken,
  ts.SyntaxKind.BarBarEqualsToken,
  ts.SyntaxKind.AmpersandAmpersandEqualsToken,
  ts.SyntaxKind.PlusEqualsToken,
]);
