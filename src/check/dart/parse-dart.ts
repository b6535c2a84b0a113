import { readFile } from 'node:fs/promises';
import { Language, Parser } from 'web-tree-sitter';
import { type DartNode, readTree } from './syntax.ts';

/** Where the two parts of the parser are, as files: tree-sitter itself, and its grammar of Dart. */
export interface DartWasm {
  readonly runtime: string;
  readonly grammar: string;
}

export interface ParsedDart {
  readonly root: DartNode;
  /** Offsets of what the grammar did not understand; the rest was read all the same. */
  readonly gaps: readonly number[];
}

export type ParseDart = (text: string) => ParsedDart;

/** Loads the parser; some tens of milliseconds, so only where there is Dart. */
export async function loadDart(wasm: DartWasm): Promise<ParseDart> {
  const [wasmBinary, grammar] = await Promise.all([readFile(wasm.runtime), readFile(wasm.grammar)]);
  await Parser.init({ wasmBinary });
  const parser = new Parser();
  parser.setLanguage(await Language.load(grammar));
  return text => {
    // Trees live in WebAssembly's memory, which nobody collects.
    const tree = parser.parse(text);
    if (!tree) throw new Error('the parser of Dart was stopped');
    try {
      return { root: readTree(tree.rootNode), gaps: findGaps(tree.rootNode) };
    } finally {
      tree.delete();
    }
  };
}

/** `library;` and labels are right Dart that this grammar does not know: they break nothing behind them. */
const HARMLESS = /^(library|\w+:)?$/;

function findGaps(root: import('web-tree-sitter').Node): number[] {
  if (!root.hasError) return [];
  const gaps: number[] = [];
  const visit = (node: import('web-tree-sitter').Node): void => {
    if (!node.hasError && !node.isMissing) return;
    if ((node.isError || node.isMissing) && !HARMLESS.test(node.text.trim())) gaps.push(node.startIndex);
    for (const child of node.children) if (child) visit(child);
  };
  visit(root);
  return gaps;
}
