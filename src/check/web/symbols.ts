import { ts } from '@ts-morph/common';
import { accessedName, enclosingClass, enclosingFn, isAccess, strip } from './nodes.ts';
import type { WebProgram } from './program.ts';
import {
  type Assignment,
  indexAssignments,
  indexDeclared,
  indexIdentifiers,
  type Place,
} from './symbol-index.ts';

/** Names and what they stand for. */
export interface Symbols {
  /** What a name stands for, through imports and re-exports; null for what nothing declares. */
  symbolOf(name: ts.Node): ts.Symbol | null;
  /** All places where a symbol is named, its declarations and imports left out. */
  references(symbol: ts.Symbol): readonly ts.Identifier[];
  placeOf(expression: ts.Expression): Place | null;
  /** Whether some class of the project has a member of this name. */
  isMemberName(name: string): boolean;
  /** Whether a name is declared anywhere: as a variable, a function, a member, a property, an import. */
  isDeclaredName(name: string): boolean;
  /** All expressions that name the same place as this one: `state.token`, `this.token`; itself too. */
  readsOf(place: ts.Expression): readonly ts.Expression[];
  /** All assignments to a root and what hangs below it. */
  assignmentsTo(root: object): readonly Assignment[];
}

export function createSymbols(program: WebProgram): Symbols {
  const { checker } = program;
  const named = once(() => indexIdentifiers(program.sources.values()));
  const referenced = new Map<ts.Symbol, readonly ts.Identifier[]>();

  const symbolsKnown = new Map<ts.Node, ts.Symbol | null>();
  const symbolOf = (name: ts.Node): ts.Symbol | null => {
    let symbol = symbolsKnown.get(name);
    if (symbol === undefined) {
      symbol = findSymbol(name);
      symbolsKnown.set(name, symbol);
    }
    return symbol;
  };
  const findSymbol = (name: ts.Node): ts.Symbol | null => {
    const symbol = rawSymbol(checker, name);
    if (!symbol) return null;
    if (!(symbol.flags & ts.SymbolFlags.Alias)) return symbol;
    const target = checker.getAliasedSymbol(symbol);
    // Of packages, which are not read: then the import itself is all there is to know.
    return target.declarations?.length ? target : symbol;
  };

  const placeOf = (given: ts.Expression): Place | null => {
    const expression = strip(given);
    if (ts.isIdentifier(expression)) {
      const root = symbolOf(expression);
      return root && { root, path: [] };
    }
    if (expression.kind === ts.SyntaxKind.ThisKeyword) {
      const root = rootOfThis(checker, expression);
      return root && { root, path: [] };
    }
    const name = accessedName(expression);
    const base = name !== null && isAccess(expression) ? placeOf(expression.expression) : null;
    return base && name !== null ? { root: base.root, path: [...base.path, name] } : null;
  };

  const perFile = new Map<ts.SourceFile, Map<string, ts.Identifier[]>>();
  const namesIn = (source: ts.SourceFile) => {
    const found = perFile.get(source) ?? indexIdentifiers([source]);
    perFile.set(source, found);
    return found;
  };

  const assigned = once(() => indexAssignments(program, placeOf));
  const declared = once(() => indexDeclared(program));
  return {
    symbolOf,
    placeOf,
    isMemberName: name => declared().members.has(name),
    isDeclaredName: name => declared().all.has(name),
    references(symbol) {
      let found = referenced.get(symbol);
      if (!found) {
        const local = localSource(symbol);
        const candidates = local ? namesIn(local).get(symbol.name) : namesOf(symbol, named());
        found = (candidates ?? []).filter(name => isUse(name) && symbolOf(name) === symbol);
        referenced.set(symbol, found);
      }
      return found;
    },
    readsOf(expression) {
      const place = placeOf(expression);
      const access = strip(expression);
      if (!place || !isAccess(access)) return [];
      const last = place.path.at(-1) ?? '';
      return (named().get(last) ?? []).flatMap(name => {
        const { parent } = name;
        if (!ts.isPropertyAccessExpression(parent) || parent.name !== name) return [];
        const other = placeOf(parent);
        return other && other.root === place.root && other.path.join('.') === place.path.join('.')
          ? [parent]
          : [];
      });
    },
    assignmentsTo: root => assigned().get(root) ?? [],
  };
}

function rawSymbol(checker: ts.TypeChecker, name: ts.Node): ts.Symbol | undefined {
  const { parent } = name;
  if (parent && ts.isShorthandPropertyAssignment(parent) && parent.name === name)
    return checker.getShorthandAssignmentValueSymbol(parent);
  if (parent && ts.isExportSpecifier(parent)) return checker.getExportSpecifierLocalTargetSymbol(parent);
  return checker.getSymbolAtLocation(name);
}

/** The class, or the outermost object literal: components of Vue's older style are one. */
function rootOfThis(checker: ts.TypeChecker, node: ts.Node): object | null {
  const owner = enclosingClass(node);
  if (owner) return (owner.name && checker.getSymbolAtLocation(owner.name)) ?? owner;
  let outermost: ts.Node | null = null;
  for (let each: ts.Node | undefined = node; each; each = each.parent)
    if (ts.isObjectLiteralExpression(each)) outermost = each;
  return outermost;
}

/** The one file in which a symbol can be named: where it is declared inside of a function, or kept to its module. */
function localSource(symbol: ts.Symbol): ts.SourceFile | null {
  // The compiler has the module of what is exported, and does not declare it.
  const isMember = (symbol as ts.Symbol & { parent?: ts.Symbol }).parent !== undefined;
  const [first, second] = symbol.declarations ?? [];
  if (isMember || !first || second) return null;
  const isVariable = ts.isVariableDeclaration(first) || ts.isBindingElement(first) || ts.isParameter(first);
  const source = first.getSourceFile();
  const isKept = ts.isExternalModule(source) || enclosingFn(first) !== null;
  return isKept && (isVariable || ts.isFunctionDeclaration(first)) ? source : null;
}

/** By all names that it goes by: imports may rename it. */
function namesOf(symbol: ts.Symbol, named: ReadonlyMap<string, ts.Identifier[]>): ts.Identifier[] {
  const names = new Set([symbol.name]);
  for (const name of [...names, 'default'])
    for (const each of named.get(name) ?? []) {
      const { parent } = each;
      if ((ts.isImportSpecifier(parent) || ts.isExportSpecifier(parent)) && parent.propertyName === each)
        names.add(parent.name.text);
    }
  const declared = symbol.declarations ?? [];
  for (const each of declared) {
    const name = (each as ts.NamedDeclaration).name;
    if (name && ts.isIdentifier(name)) names.add(name.text);
  }
  if (names.has('default') || symbol.name === 'default')
    for (const each of defaultImports(named)) names.add(each);
  return [...names].flatMap(name => named.get(name) ?? []);
}

function* defaultImports(named: ReadonlyMap<string, ts.Identifier[]>): Generator<string> {
  for (const [name, nodes] of named) if (nodes.some(({ parent }) => ts.isImportClause(parent))) yield name;
}

/** Not where it is declared, imported or exported. */
function isUse(name: ts.Identifier): boolean {
  const { parent } = name;
  if (ts.isImportSpecifier(parent) || ts.isImportClause(parent) || ts.isExportSpecifier(parent)) return false;
  if (ts.isBindingElement(parent)) return parent.initializer === name;
  if (ts.isPropertyAssignment(parent)) return parent.initializer === name;
  const declares = (parent as ts.NamedDeclaration).name === name;
  return !declares || ts.isPropertyAccessExpression(parent) || ts.isShorthandPropertyAssignment(parent);
}

/** Computed at the first call. */
export function once<T>(compute: () => T): () => T {
  let kept: { value: T } | undefined;
  return () => {
    kept ??= { value: compute() };
    return kept.value;
  };
}
