import { ts } from '@ts-morph/common';
import type { Project } from '../project/project.ts';
import { type CallGraph, createCallGraph, givenTo } from './call-graph.ts';
import { findLifetimes, type Lifetime } from './lifetimes.ts';
import { enclosingClass } from './nodes.ts';
import { createOrigins, type Origins } from './origins.ts';
import { openProgram, type WebProgram } from './program.ts';
import { createReach, type Reach } from './reach.ts';
import type { SdkName } from './sdk-modules.ts';
import { createSdkUse, type SdkCall, type SdkUse } from './sdk-use.ts';
import { isServerFile } from './server.ts';
import { createSymbols, once, type Symbols } from './symbols.ts';
import { createUses, type Use } from './uses.ts';

/** What rules ask about the JavaScript and TypeScript of a project, Vue's, Svelte's and HTML's scripts included. */
export interface Web {
  readonly program: WebProgram;
  readonly symbols: Symbols;
  readonly graph: CallGraph;
  readonly sdk: SdkUse;
  /** Where a value comes from. */
  readonly origins: Origins['of'];
  /** Where it and all that it is put together from come from. */
  readonly originsWithin: Origins['within'];
  /** The end of every way that a value goes. */
  uses(expression: ts.Expression): readonly Use[];
  readonly reaches: Reach['reaches'];
  readonly callsFrom: Reach['callsFrom'];
  readonly callersOf: Reach['callersOf'];
  /** Effects, components and pages, with what runs when they come and when they go. */
  lifetimes(): readonly Lifetime[];
  /** Whether a template can read what the code around a node keeps: then not every use of it shows in scripts. */
  hasTemplate(node: ts.Node): boolean;
  /** Whether the file of a node runs on a server. */
  isServer(node: ts.Node): boolean;
  readonly argument: Origins['argument'];
  /** The project file that a name is imported from: `styles` of `import styles from './call.module.css'`. */
  importedFile(name: ts.Identifier): string | null;
  /** What a variable at the top of a file begins as: what a template's name means. */
  variable(path: string, name: string): ts.Expression | null;
  /** All calls of a member of the SDK, however it is reached. */
  calls(name: string, owner?: SdkName): readonly SdkCall[];
  /** The project's files, in order. */
  readonly sources: ReadonlyMap<string, ts.SourceFile>;
}

export function openWeb(project: Project): Web {
  const program = openProgram(project);
  const symbols = createSymbols(program);
  const graph: CallGraph = createCallGraph(program, symbols, () => origins);
  const origins: Origins = createOrigins(program, symbols, (fn, index) => givenTo(graph.sites(fn), index));
  const sdk = createSdkUse(program, origins);
  const reach = createReach(graph);
  const lifetimes = once(() => findLifetimes(program, graph));
  return {
    program,
    symbols,
    graph,
    sdk,
    origins: origins.of,
    originsWithin: origins.within,
    argument: origins.argument,
    importedFile: name => importedFile(name, program, symbols),
    variable: (path, name) => topVariable(program.sources.get(path), name),
    uses: createUses(symbols, graph, origins),
    reaches: reach.reaches,
    callsFrom: reach.callsFrom,
    callersOf: reach.callersOf,
    lifetimes,
    hasTemplate: node =>
      /\.(?:vue|svelte)$/.test(program.pathOf(node) ?? '') || isAngular(enclosingClass(node)),
    isServer: node => isServerFile(program.pathOf(node) ?? '', node.getSourceFile()),
    calls: (name, owner = 'CometChatCalls') =>
      sdk.all().filter(call => call.name === name && call.owner === owner),
    sources: program.sources,
  };
}

function isAngular(owner: ts.ClassLikeDeclaration | null): boolean {
  return owner !== null && (ts.getDecorators(owner) ?? []).length > 0;
}

function importedFile(name: ts.Identifier, program: WebProgram, symbols: Symbols): string | null {
  const [declaration] = symbols.symbolOf(name)?.declarations ?? [];
  for (let node: ts.Node | undefined = declaration; node; node = node.parent)
    if (ts.isImportDeclaration(node) && ts.isStringLiteral(node.moduleSpecifier))
      return program.resolvePath(node.moduleSpecifier.text, program.pathOf(node) ?? '');
  return null;
}

function topVariable(source: ts.SourceFile | undefined, name: string): ts.Expression | null {
  for (const statement of source?.statements ?? []) {
    if (!ts.isVariableStatement(statement)) continue;
    const found = statement.declarationList.declarations.find(each => each.name.getText(source) === name);
    if (found) return found.initializer ?? null;
  }
  return null;
}
