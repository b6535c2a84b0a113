import type { ts } from '@ts-morph/common';
import type { Project } from '../project/project.ts';
import { type CallGraph, createCallGraph, givenTo } from './call-graph.ts';
import { createOrigins, type Origins } from './origins.ts';
import { openProgram, type WebProgram } from './program.ts';
import type { SdkName } from './sdk-modules.ts';
import { createSdkUse, type SdkCall, type SdkUse } from './sdk-use.ts';
import { createSymbols, type Symbols } from './symbols.ts';

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
  /** All calls of a member of the SDK, however it is reached. */
  calls(name: string, owner?: SdkName): readonly SdkCall[];
  /** The project's files, in order. */
  readonly sources: ReadonlyMap<string, ts.SourceFile>;
}

export function openWeb(project: Project): Web {
  const program = openProgram(project);
  const symbols = createSymbols(program);
  const graph: CallGraph = createCallGraph(program, () => origins);
  const origins: Origins = createOrigins(program, symbols, (fn, index) => givenTo(graph.sites(fn), index));
  const sdk = createSdkUse(program, origins);
  return {
    program,
    symbols,
    graph,
    sdk,
    origins: origins.of,
    originsWithin: origins.within,
    calls: (name, owner = 'CometChatCalls') =>
      sdk.all().filter(call => call.name === name && call.owner === owner),
    sources: program.sources,
  };
}
